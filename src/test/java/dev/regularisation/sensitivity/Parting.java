package dev.regularisation.sensitivity;

import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far apart two runs are after each epoch, in the maximum norm of their parameters:
 *
 * <pre>  δ_t = max_i |θ_i(t) − θ'_i(t)|,   t = 0, 1, …, epochs.</pre>
 *
 * <p>Where a run amplifies rounding, δ_t grows, on the whole as e^{γt}, until it is that of two networks trained from
 * different weights: γ is the largest Lyapunov exponent of training, per epoch, as a finite run can tell it. Source:
 * Wolf, Swift, Swinney and Vastano, <i>Determining Lyapunov exponents from a time series</i> (Physica D, 1985).
 */
public final class Parting {

    private final double[] distances;

    private Parting(double[] distances) {
        this.distances = distances;
    }

    /**
     * The distances δ_0, δ_1, ….
     *
     * @param distances at least one, none negative; copied
     */
    public static Parting of(double... distances) {
        if (distances.length == 0 || !Arrays.stream(distances).allMatch(d -> d >= 0)) {
            throw new IllegalArgumentException("parting: wanted at least one distance, none negative or NaN, got "
                    + Arrays.toString(distances));
        }
        return new Parting(distances.clone());
    }

    /**
     * The distances between two runs of one plan.
     *
     * @throws IllegalArgumentException when they have not as many epochs and parameters
     */
    public static Parting between(History one, History other) {
        if (one.epochs() != other.epochs() || one.parameterCount() != other.parameterCount()) {
            throw new IllegalArgumentException("parting: wanted two runs of one plan, got " + one.epochs()
                    + " epochs of " + one.parameterCount() + " parameters and " + other.epochs() + " of " + other.parameterCount());
        }
        double[] distances = new double[one.epochs() + 1];
        for (int epoch = 0; epoch < distances.length; epoch++) {
            for (int i = 0; i < one.parameterCount(); i++) {
                double difference = Math.abs(one.parameter(epoch, i) - other.parameter(epoch, i));
                distances[epoch] = Math.max(distances[epoch], difference);
            }
        }
        return of(distances);
    }

    /** Number of the last epoch. */
    public int epochs() {
        return distances.length - 1;
    }

    /** δ after an epoch. */
    public double distance(int epoch) {
        return distances[epoch];
    }

    /** All distances, a copy. */
    public double[] distances() {
        return distances.clone();
    }

    /** The first epoch at which the distance is at least {@code threshold}; {@code epochs() + 1} if there is none. */
    public int firstReaching(double threshold) {
        int epoch = 0;
        while (epoch < distances.length && distances[epoch] < threshold) {
            epoch++;
        }
        return epoch;
    }

    /**
     * Fits the growth over the epochs {@code from … to}; epochs at which the runs are equal, δ = 0, have no logarithm and
     * are left out.
     *
     * @throws IllegalArgumentException when the epochs are not in the run or fewer than three remain
     */
    public Growth growth(int from, int to) {
        if (!(0 <= from && from < to && to <= epochs())) {
            throw new IllegalArgumentException(
                    "growth: wanted epochs 0 <= from < to <= " + epochs() + ", got " + from + " and " + to);
        }
        int[] epochs = IntStream.rangeClosed(from, to).filter(epoch -> distances[epoch] > 0).toArray();
        Growth fit = Growth.of(epochs, IntStream.of(epochs).mapToDouble(epoch -> distances[epoch]).toArray());
        return new Growth(from, to, fit.rate(), fit.determination());
    }
}
