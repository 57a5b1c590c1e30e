package dev.regularisation.random;

/**
 * Logarithm, sine and cosine in single precision, correctly rounded wherever normals ask for them.
 *
 * <p>{@link StrictMath}'s double is within a unit in its last place of the truth. Rounded to float it is therefore right unless
 * it is about as near the middle between two floats. None is, of all there are: the logarithms of k 2⁻²⁴, k = 1 … 2²⁴, the sines
 * and cosines of 2π k 2⁻²⁴, k = 0 … 2²⁴ − 1, rounded to float. A test goes
 * through one in 61 of them, with {@code -Dnormals.every=1} through all.
 */
final class RoundedFloat {
    private RoundedFloat() {
    }

    /** ln x. */
    static float log(float x) {
        return (float) StrictMath.log(x);
    }

    /** sin x; x in radians. */
    static float sin(float x) {
        return (float) StrictMath.sin(x);
    }

    /** cos x; x in radians. */
    static float cos(float x) {
        return (float) StrictMath.cos(x);
    }
}
