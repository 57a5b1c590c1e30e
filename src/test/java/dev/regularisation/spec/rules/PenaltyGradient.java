package dev.regularisation.spec.rules;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.penalty.Penalty;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a penalty adds to a gradient of zero, in single precision, beside central differences of its value in double precision.
 *
 * @param theta     the parameters
 * @param gradient  what is added at each
 * @param quotients the penalty's rise per unit of each
 * @param ofSum     what rounding does to a quotient: the value's sum of n + 2 rounded operations, twice, over two steps
 */
public record PenaltyGradient(double[] theta, double[] gradient, double[] quotients, double ofSum) {

    /** Central differences of a quadratic have no truncation error at any step; a power of two adds no rounding. */
    private static final double STEP = 0.125;

    /** Asks a penalty. */
    public static PenaltyGradient of(Penalty penalty, double... theta) {
        double[] quotients = new double[theta.length];
        double[] moved = theta.clone();
        for (int i = 0; i < theta.length; i++) {
            moved[i] = theta[i] + STEP;
            double above = penalty.value(moved);
            moved[i] = theta[i] - STEP;
            quotients[i] = (above - penalty.value(moved)) / (2 * STEP);
            moved[i] = theta[i];
        }
        double[] raised = Arrays.stream(theta).map(t -> Math.abs(t) + STEP).toArray();
        return new PenaltyGradient(theta, added(penalty, theta), quotients,
                (theta.length + 2) * 0x1p-52 * penalty.value(raised) / (2 * STEP));
    }

    /** What a penalty adds to a gradient of zero. */
    public static double[] added(Penalty penalty, double... theta) {
        Backend backend = new CpuBackend();
        Tensor gradient = backend.zeros(theta.length, 1);
        penalty.addGradient(backend, backend.tensor(theta.length, 1, theta), gradient);
        return backend.read(gradient);
    }

    /** The same with every entry of the gradient multiplied. */
    public PenaltyGradient times(IntToDoubleFunction factor) {
        double[] other = IntStream.range(0, theta.length).mapToDouble(i -> factor.applyAsDouble(i) * gradient[i]).toArray();
        return new PenaltyGradient(theta, other, quotients, ofSum);
    }

    /** The largest difference in tolerances: λ and their product rounded to single precision, and the quotient's own. */
    public double worst() {
        return IntStream.range(0, theta.length).mapToDouble(i -> {
            double difference = Math.abs(gradient[i] - quotients[i]);
            return difference == 0 ? 0 : difference / (3 * 0x1p-24 * Math.abs(quotients[i]) + ofSum);
        }).reduce(0, Math::max);
    }

    /** The largest difference. */
    public double largestDifference() {
        return IntStream.range(0, theta.length).mapToDouble(i -> Math.abs(gradient[i] - quotients[i])).reduce(0, Math::max);
    }
}
