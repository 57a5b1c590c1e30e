package dev.regularisation.plot;

import java.util.Arrays;

/**
 * Quartiles of what is not NaN, by linear interpolation (Hyndman and Fan's type 7); NaN where there is nothing. Commons Math's
 * percentiles make NaN of an infinity beside a quartile, and runs that diverge have some.
 */
record Quartiles(double lower, double median, double upper) {

    static Quartiles of(double[] values) {
        double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    private static double at(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double rest = place - below;
        // Not an interpolation where none is needed: it would make NaN of an infinity.
        return rest == 0 ? sorted[below] : (1 - rest) * sorted[below] + rest * sorted[below + 1];
    }
}
