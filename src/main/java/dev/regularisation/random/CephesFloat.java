package dev.regularisation.random;

import static java.lang.Math.fma;

/**
 * Logarithm, sine and cosine in single precision, as PyTorch's vectorised normals evaluate them.
 *
 * <p>The polynomials of the Cephes library (S. Moshier, {@code logf.c} and {@code sinf.c}), with fused multiply-adds
 * where PyTorch's AVX2 kernels have them. The exact order of roundings is the contract: a more accurate function would
 * be wrong.
 */
final class CephesFloat {
    private static final float SQRT_HALF = 0.70710678f;
    // ln 2 in two parts, the first short enough for its product with an exponent to be exact.
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float FOUR_OVER_PI = 1.27323954473516f;
    // -π/4 in three parts.
    private static final float MINUS_QUARTER_PI_HIGH = -0.78515625f;
    private static final float MINUS_QUARTER_PI_MIDDLE = -2.4187564849853515625e-4f;
    private static final float MINUS_QUARTER_PI_LOW = -3.77489497744594108e-8f;

    private CephesFloat() {
    }

    /** ln x for a normal positive x; anything else is outside the polynomial's domain and its result is unspecified. */
    static float log(float x) {
        float m = Float.intBitsToFloat((Float.floatToRawIntBits(x) & 0x007f_ffff) | 0x3f00_0000);
        float e = Math.getExponent(x) + 1;
        if (m < SQRT_HALF) {
            e -= 1;
            m = (m - 1) + m;
        } else {
            m = m - 1;
        }
        float z = m * m;
        float y = 7.0376836292e-2f;
        y = fma(y, m, -1.1514610310e-1f);
        y = fma(y, m, 1.1676998740e-1f);
        y = fma(y, m, -1.2420140846e-1f);
        y = fma(y, m, 1.4249322787e-1f);
        y = fma(y, m, -1.6668057665e-1f);
        y = fma(y, m, 2.0000714765e-1f);
        y = fma(y, m, -2.4999993993e-1f);
        y = fma(y, m, 3.3333331174e-1f);
        y = y * m;
        y = fma(y, z, e * LN2_LOW);
        y = fma(-z, 0.5f, y);
        return fma(e, LN2_HIGH, m + y);
    }

    /** sin x for x in [0, 8192); x in radians. */
    static float sin(float x) {
        int octant = evenOctant(x);
        float r = remainder(x, octant);
        float value = (octant & 2) == 0 ? sinePolynomial(r) : cosinePolynomial(r);
        return (octant & 4) == 0 ? value : -value;
    }

    /** cos x for x in [0, 8192); x in radians. */
    static float cos(float x) {
        int octant = evenOctant(x);
        float r = remainder(x, octant);
        float value = (octant & 2) == 0 ? cosinePolynomial(r) : sinePolynomial(r);
        return (~(octant - 2) & 4) == 0 ? value : -value;
    }

    /** The even multiple of π/4 nearest to x. */
    private static int evenOctant(float x) {
        return ((int) (x * FOUR_OVER_PI) + 1) & ~1;
    }

    /** x − octant π/4, at most about π/4 in size. */
    private static float remainder(float x, int octant) {
        float y = octant;
        float r = fma(y, MINUS_QUARTER_PI_HIGH, x);
        r = fma(y, MINUS_QUARTER_PI_MIDDLE, r);
        return fma(y, MINUS_QUARTER_PI_LOW, r);
    }

    private static float sinePolynomial(float x) {
        float z = x * x;
        float s = fma(-1.9515295891e-4f, z, 8.3321608736e-3f);
        s = fma(s, z, -1.6666654611e-1f);
        s = s * z;
        return fma(s, x, x);
    }

    private static float cosinePolynomial(float x) {
        float z = x * x;
        float c = fma(2.443315711809948e-5f, z, -1.388731625493765e-3f);
        c = fma(c, z, 4.166664568298827e-2f);
        c = c * z;
        c = fma(c, z, -(z * 0.5f));
        return c + 1;
    }
}
