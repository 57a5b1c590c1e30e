package dev.regularisation.sensitivity;

/**
 * A value as a program recorded it.
 *
 * @param value       as read; NaN and infinity are values, too, of a run that diverged
 * @param uncertainty half a unit of the last digit that was printed, 0 for a value in full precision; not negative
 */
public record Reading(double value, double uncertainty) {

    /** The smallest loss that is told from none: below it, float32 has fewer digits. */
    private static final double SMALLEST = Float.MIN_NORMAL;

    public Reading {
        if (!(uncertainty >= 0)) {
            throw new IllegalArgumentException("reading: wanted an uncertainty of 0 or more, got " + uncertainty);
        }
    }

    /** A value in full precision. */
    public static Reading exact(double value) {
        return new Reading(value, 0);
    }

    /**
     * How far two values are apart, as a difference of natural logarithms:
     *
     * <pre>  d = |ln a − ln b|,   small distances being relative differences,</pre>
     *
     * <p>and no farther than the printed digits prove. Of values that fall over 14 orders of magnitude in one run the difference
     * alone says nothing. Values below 1.2e-38, the least that float32 holds with all its digits, count as that; a value that is
     * negative, infinite or NaN is infinitely far from every other but its equal.
     */
    public double distance(Reading other) {
        if (Double.compare(value, other.value) == 0 || value == other.value) {
            return 0;
        }
        if (!isLoss(value) || !isLoss(other.value)) {
            return Double.POSITIVE_INFINITY;
        }
        double low = Math.min(value, other.value);
        double high = Math.max(value, other.value);
        double apart = high - low - uncertainty - other.uncertainty;
        if (apart <= 0) {
            return 0;
        }
        // The nearest that the two can be, given what was printed.
        double share = apart / (high - low);
        return share * StrictMath.log1p((Math.max(high, SMALLEST) - Math.max(low, SMALLEST)) / Math.max(low, SMALLEST));
    }

    private static boolean isLoss(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }
}
