package dev.regularisation.backend;

/**
 * A loss that is a mean of a function ℓ(p − y) of each prediction's error: the contract of {@link Backend#sumOfLosses} and
 * {@link Backend#lossGradient}.
 */
public interface PointwiseLoss {

    /** ℓ(e), in double; for a NaN, NaN. */
    double value(double error);

    /** A constant c taken out of the derivative: ℓ'(e) = c · {@link #slope}(e). */
    double slopeFactor();

    /** Whether {@link #slope} is e itself, as of squares: then nobody need ask for each error. */
    default boolean hasIdentitySlope() {
        return false;
    }

    /** ℓ'(e) / c in binary32, correctly rounded; for a NaN, NaN. */
    float slope(float error);

    /** The same in binary64. */
    double slope(double error);
}
