package dev.regularisation.spec.rules.l1;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.penalty.L1;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import java.util.Arrays;
import java.util.List;

/**
 * Two parameters that are of use together, such as a unit's weights before and behind it: the loss is ½(uv − 1)², and with
 * L1 λ(|u| + |v|) on top. On u = v = a the loss pulls outwards with a(1 − a²) and L1 inwards with λ, so that there are two
 * sizes a at which they balance: below the lesser one L1 is the stronger.
 *
 * @param lambda the strength
 */
record TwoFactors(double lambda) {

    static final double RATE = 0.05;
    private static final int STEPS = 1500;
    /** Where a(1 − a²) is greatest. */
    private static final double STEEPEST = 1 / Math.sqrt(3);

    /** Below this size L1 takes both to zero. */
    double threshold() {
        return root(0, STEEPEST);
    }

    /** The size at which they are of use. */
    double useful() {
        return root(1, STEEPEST);
    }

    /** By bisection between a size where L1 is the stronger and one where the loss is. */
    private double root(double held, double free) {
        double from = held;
        double to = free;
        for (int i = 0; i < 100; i++) {
            double a = (from + to) / 2;
            if (a * (1 - a * a) < lambda) {
                from = a;
            } else {
                to = a;
            }
        }
        return (from + to) / 2;
    }

    /** Loss and penalty at size a. */
    double objective(double a) {
        return (a * a - 1) * (a * a - 1) / 2 + 2 * lambda * a;
    }

    /** Sizes of u at every step of the training code's gradient descent with L1 of a strength, from u = v = a. */
    static double[] path(double strength, double a) {
        Backend backend = new CpuBackend();
        Tensor theta = backend.tensor(2, 1, new double[] {a, a});
        Tensor gradient = backend.zeros(2, 1);
        Optimiser optimiser = new OptimiserPlan(UpdateRule.SGD, RATE, 0).create(backend, 2);
        double[] path = new double[STEPS + 1];
        path[0] = a;
        for (int step = 1; step <= STEPS; step++) {
            double[] at = backend.read(theta);
            double residual = at[0] * at[1] - 1;
            backend.write(new double[] {at[1] * residual, at[0] * residual}, gradient);
            if (strength > 0) {
                new L1(strength).addGradient(backend, theta, gradient);
            }
            optimiser.step(theta, gradient);
            path[step] = Math.abs(backend.read(theta)[0]);
        }
        return path;
    }

    /** The greatest of the last sizes of a path. */
    static double end(double... path) {
        return Arrays.stream(path, path.length - Math.min(100, path.length), path.length).max().orElse(Double.NaN);
    }

    Picture picture(double[] below, double[] beyond, double[] free) {
        return SeriesPicture.ofCurves("Two parameters that are of use together, and L1",
                "loss ½(uv − 1)², L1 of strength 0.1, gradient descent with rate 0.05", Axis.linear("Step"),
                Axis.linear("Size of u and v").covering(0, 1), List.of(
                        Series.byEpoch("L1, from below the threshold", Palette.GREEN, below),
                        Series.byEpoch("L1, from beyond it", Palette.BLUE, beyond),
                        Series.byEpoch("no penalty, from below", Palette.GREY, free).drawn(LineStyle.DASHED)),
                List.of(ReferenceLine.horizontal("Threshold", threshold()))).picture();
    }
}
