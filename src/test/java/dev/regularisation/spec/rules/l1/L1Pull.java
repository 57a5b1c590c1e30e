package dev.regularisation.spec.rules.l1;

import dev.regularisation.penalty.Penalty;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.rules.PenaltyGradient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a penalty adds to a gradient of zero, which should be λ sign(θ).
 *
 * @param lambda the strength
 * @param theta  parameters
 * @param force  what is added at each
 * @param slopes of the penalty's value there, by central differences over half of the parameter, so that no kink is crossed
 */
record L1Pull(double lambda, double[] theta, double[] force, double[] slopes) {

    static L1Pull of(Penalty penalty, double lambda, double... theta) {
        return new L1Pull(lambda, theta, PenaltyGradient.added(penalty, theta), Arrays.stream(theta).map(t -> {
            double step = t == 0 ? 1 : Math.abs(t) / 2;
            return (penalty.value(new double[] {t + step}) - penalty.value(new double[] {t - step})) / (2 * step);
        }).toArray());
    }

    L1Pull with(double[] otherForce, double[] otherSlopes) {
        return new L1Pull(lambda, theta, otherForce, otherSlopes);
    }

    /** At how many parameters it is not λ sign(θ) in single precision, bit for bit. */
    long wrong() {
        return IntStream.range(0, theta.length).filter(i -> force[i] != (float) lambda * Math.signum(theta[i])).count();
    }

    /** In units of what λ loses by rounding to single precision; a straight line's slope has four roundings in double. */
    double worst() {
        return IntStream.range(0, theta.length).mapToDouble(i -> Math.abs(force[i] - slopes[i]) / (0x1.001p-24 * lambda))
                .reduce(0, Math::max);
    }

    static Picture picture(double[] theta, double[] ofL1, double[] ofL2) {
        return SeriesPicture.ofCurves("The force of a penalty on a parameter",
                "L1 with strength 0.021, L2 with strength 0.085; asked of the training code at 401 parameters",
                Axis.linear("Parameter θ"), Axis.linear("Added to its gradient"), List.of(
                        Series.of("L1: λ sign(θ)", Palette.GREEN, theta, ofL1),
                        Series.of("L2: λ θ", Palette.BLUE, theta, ofL2)), List.of()).picture();
    }
}
