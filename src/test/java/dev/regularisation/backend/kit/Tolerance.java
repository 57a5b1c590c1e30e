package dev.regularisation.backend.kit;

import dev.regularisation.backend.Precision;

/**
 * How far a result may lie from the reference, and why.
 *
 * @param name       such as {@code sums(50)}
 * @param why        where the bound comes from
 * @param relative   bound as a multiple of the magnitude of what was added up
 * @param underflow  bound where all that underflows
 * @param signedZero whether −0 and +0 differ
 */
public record Tolerance(String name, String why, double relative, double underflow, boolean signedZero) {

    /** The same bits; any NaN equals any other. */
    public static Tolerance exact() {
        return new Tolerance("exact", "the contract fixes every rounding", 0, 0, true);
    }

    /** The same value: one rounding or none, so nothing to choose but the sign of a zero. */
    public static Tolerance sameValue() {
        return new Tolerance("same value", "at most one rounding for each step, which IEEE 754 fixes", 0, 0, false);
    }

    /**
     * |Δ| ≤ 2 γₙ Σ |aᵢ bᵢ|, γₙ = n u / (1 − n u): each of two summations, whatever its order and whether it fuses, is within
     * γₙ Σ |aᵢ bᵢ| of the exact sum (Higham, "Accuracy and stability of numerical algorithms", section 3.1); a product that
     * underflows is off by at most half the least subnormal number in either.
     */
    public static Tolerance sums(int terms, Precision precision) {
        double n = terms * precision.unitRoundoff();
        return new Tolerance("sums", "2 n u / (1 - n u) of the sum of magnitudes, n terms in any order",
                2 * n / (1 - n), terms * leastSubnormal(precision), false);
    }

    /** |Δ| ≤ k u · magnitude: k roundings in which the two may differ. */
    public static Tolerance roundings(int k, Precision precision, String why) {
        return new Tolerance("roundings", k + " u of the magnitude: " + why,
                k * precision.unitRoundoff(), k * leastSubnormal(precision), false);
    }

    /** |Δ| ≤ bound · magnitude, a measured bound. */
    public static Tolerance relative(double bound, String why) {
        return new Tolerance("relative", bound + " of the magnitude: " + why, bound, 0, false);
    }

    private static double leastSubnormal(Precision precision) {
        return precision == Precision.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
    }

    /**
     * The error as a part of this tolerance: 0 for equal values, at most 1 when allowed, NaN or more when not.
     *
     * @param magnitude sum of the absolute values that were added up
     */
    public double used(double got, double want, double magnitude) {
        if (signedZero ? Double.compare(got, want) == 0 : got == want || Double.isNaN(got) && Double.isNaN(want)) {
            return 0;
        }
        double bound = relative * magnitude + underflow;
        double error = Math.abs(got - want);
        return bound > 0 && error < Double.POSITIVE_INFINITY ? error / bound : Double.POSITIVE_INFINITY;
    }
}
