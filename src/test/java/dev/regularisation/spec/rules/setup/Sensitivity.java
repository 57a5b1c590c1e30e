package dev.regularisation.spec.rules.setup;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.float64.CpuBackend;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.support.ForwardingBackend;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Derivatives by backpropagation beside what the objective does when a parameter is a little higher and a little lower.
 *
 * @param computed    by backpropagation
 * @param differences over a step
 * @param kinks       where a kink lies within the step, so that there is no derivative to compare
 */
record Sensitivity(double[] computed, double[] differences, boolean[] kinks) {

    /**
     * Of the largest derivative. Away from kinks the objective is quadratic in each single parameter, so that central
     * differences err by rounding alone, some 1e-16 of the objective over the step: 1e-10. Measured: 1.4e-9 at worst of 40,000
     * networks.
     */
    static final double TOLERANCE = 1e-7;
    private static final double STEP = 1e-5;

    /** Of a run, by a backend that may be wrong; differences are the reference's. */
    static Sensitivity of(DifferentiableRun run, Backend backend) {
        DifferentiableRun.Differences reference = run.centralDifferences(new CpuBackend(), STEP);
        return new Sensitivity(run.gradient(backend), reference.slopes(), reference.kinks());
    }

    /** A backend whose rectifier lets all pass backwards. */
    static Backend openRectifier() {
        return new ForwardingBackend(new CpuBackend()) {
            @Override
            public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
                double[] ones = new double[dy.size()];
                Arrays.fill(ones, 1);
                multiply(dy, tensor(dy.rows(), dy.columns(), ones), dx);
            }
        };
    }

    /** A backend that gives a bias no gradient. */
    static Backend withoutBias() {
        return new ForwardingBackend(new CpuBackend()) {
            @Override
            public void rowSums(Tensor a, Tensor sums) {
                scale(0, sums);
            }
        };
    }

    private double scale() {
        return Math.max(1e-3, Arrays.stream(differences).map(Math::abs).reduce(0, Math::max));
    }

    /** The largest error of a derivative as a part of the largest one, kinks left out. */
    double worst() {
        return IntStream.range(0, computed.length).filter(i -> !kinks[i])
                .mapToDouble(i -> Math.abs(computed[i] - differences[i]) / scale()).reduce(0, Math::max);
    }

    /** The share of parameters with a kink within a step. */
    double shareOfKinks() {
        return (double) IntStream.range(0, kinks.length).filter(i -> kinks[i]).count() / kinks.length;
    }

    Picture picture() {
        return new SeriesPicture("Backpropagation predicts how the loss responds",
                "50-25-25-1 network, 64 samples, dropout and "
                + "all penalties, float64", Axis.linear("Change of the loss per change of the parameter"),
                Axis.linear("Derivative by backpropagation"),
                List.of(Series.of("Parameters", Palette.BLUE, differences, computed)),
                List.of(), List.of(ReferenceLine.identity("Equal")), true).picture();
    }
}
