package dev.regularisation.plot;

import java.util.Arrays;

/** How an axis places values. */
public enum Scale {
    /** In proportion. */
    LINEAR,
    /** By their logarithms; values that are not positive have no place. */
    LOG,
    /** Epochs by their logarithms, and epoch 0, which has none, at one half. */
    EPOCH;

    /** Beyond this, the length of an axis would overflow. */
    private static final double LARGEST = 1e100;
    private static final double PLACE_OF_EPOCH_0 = 0.5;

    /** The place of each value. */
    double[] places(double... values) {
        return Arrays.stream(values).map(this::place).toArray();
    }

    /** The value to hand to the axis, or NaN where it cannot be shown. */
    double place(double value) {
        if (!(Math.abs(value) <= LARGEST)) {
            return Double.NaN;
        }
        return switch (this) {
            case LINEAR -> value;
            case LOG -> value >= 1 / LARGEST ? value : Double.NaN;
            case EPOCH -> value == 0 ? PLACE_OF_EPOCH_0 : value >= PLACE_OF_EPOCH_0 ? value : Double.NaN;
        };
    }
}
