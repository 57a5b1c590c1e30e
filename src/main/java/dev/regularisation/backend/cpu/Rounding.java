package dev.regularisation.backend.cpu;

/** Rounding of what comes in double. */
final class Rounding {

    private Rounding() {
    }

    /** The float32 number nearest to {@code value}, of two equally near the one with an even significand. */
    @SuppressWarnings("cast") // The same in float64 leaves nothing to round.
    static float of(double value) {
        return (float) value;
    }
}
