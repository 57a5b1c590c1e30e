package dev.regularisation.theory;

/**
 * Soft thresholding, sign(w) max(|w| − t, 0): the minimiser over θ of ½(θ − w)² + t|θ|.
 *
 * <p>A parameter survives L1 only if it is worth more than the threshold; those that do are all moved by the same
 * amount, whatever their size. Source: Donoho and Johnstone, <i>Ideal spatial adaptation by wavelet shrinkage</i>
 * (Biometrika, 1994).
 */
public final class SoftThreshold {

    private SoftThreshold() {
    }

    /** sign(w) max(|w| − t, 0); exactly +0 when |w| ≤ t. */
    public static double apply(double value, double threshold) {
        Checks.finite(value, "value");
        if (!(threshold >= 0)) {
            throw new IllegalArgumentException("the threshold must not be negative, got " + threshold);
        }
        double magnitude = Math.abs(value) - threshold;
        return magnitude > 0 ? Math.copySign(magnitude, value) : 0;
    }

    /** The same for each entry, a new array. */
    public static double[] apply(double[] values, double threshold) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = apply(values[i], threshold);
        }
        return result;
    }
}
