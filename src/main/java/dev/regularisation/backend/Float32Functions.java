package dev.regularisation.backend;

import static java.lang.Math.fma;

/**
 * The exponential, tanh, the logistic sigmoid and SiLU in binary32, each <em>defined</em> as a fixed chain of operations, so
 * that it has the same bits everywhere.
 *
 * <p><b>The definition is the code.</b> Every step is one correctly rounded operation of IEEE 754 ({@code + − × ÷} and
 * {@code fma}, to nearest, ties to even), a comparison, or an operation on the bits of a float taken as an int. Nothing
 * here may be regrouped, contracted or replaced by a reciprocal. A backend elsewhere that follows the lines has the same
 * results; in OpenCL C that takes {@code -cl-fp32-correctly-rounded-divide-sqrt}, {@code FP_CONTRACT OFF} and subnormal
 * numbers. Every NaN counts as the same.
 *
 * <p><b>No branches.</b> Choices are selects, so the chains can be followed lane by lane, for which their constants are
 * public. In the formulas below
 * <pre>
 * bits(x), float(i)   the bits of a float as an int, and back
 * reduce(y)           t = fma(y, log₂e, 1.5 · 2²³)             y / ln 2, rounded to an integer by the addition
 *                     k = bits(t) − bits(1.5 · 2²³)            that integer, 0 for y = 0
 *                     n = t − 1.5 · 2²³                        the same as a float
 *                     r = fma(−n, low, fma(−n, high, y))       y − k ln 2, |r| ≤ 0.347; ln 2 = high + low
 * tail(r)             (eʳ − 1 − r) / r², a polynomial of degree 5 in Horner's form, a chain of fma
 * scale(y, k)         y · float((max(⌊k/2⌋, −127) + 127) · 2²³) · float((max(k − ⌊k/2⌋, −127) + 127) · 2²³)
 * </pre>
 * {@code high} is ln 2 rounded, {@code low} the rest rounded; the inner fma of r is exact. {@code scale} multiplies by 2ᵏ
 * from left to right in two steps, because 2ᵏ alone may be no float; only the second one rounds, and only where the result
 * is subnormal or overflows. A factor below 2⁻¹²⁶ is taken as +0; by then the product is less than half of the least float.
 *
 * <p><b>Coefficients.</b> {@code tail} interpolates at the six Chebyshev points of [−½ ln 2, ½ ln 2]; its coefficients were
 * computed in decimal with 50 digits and then rounded each to the nearest float. It is off by at most 7 × 10⁻¹⁰ of eʳ,
 * 0.012 ulp. {@code ExponentialTail}, among the tests, computes them.
 *
 * <p><b>Errors</b> are in units of the last place of the correctly rounded value and were measured over all 2³² floats;
 * {@code AllFloats}, among the tests, repeats it in twelve minutes of one core.
 */
public final class Float32Functions {
    /** log₂e, rounded. */
    public static final float LOG2_E = 0x1.715476p0f;
    /** {@code high}: ln 2, rounded. */
    public static final float LN2_HIGH = 0x1.62e43p-1f;
    /** {@code low}: the rest of ln 2, rounded. */
    public static final float LN2_LOW = -0x1.05c61p-29f;
    /** A float of this size has no fraction: adding it rounds to an integer, and leaves that in the lowest bits. */
    public static final float SHIFTER = 0x1.8p23f;
    /** The bits of {@link #SHIFTER}. */
    public static final int SHIFTER_BITS = 0x4b40_0000;

    /** The bit of the sign. */
    public static final int SIGN = 0x8000_0000;
    /** What the bits hold is an exponent and this. */
    public static final int BIAS = 127;
    /** How many bits lie below those of the exponent. */
    public static final int FRACTION_BITS = 23;
    /** The least exponent of a normal number. */
    public static final int LEAST_EXPONENT = -126;

    /** Where |x| is larger, exp(−|x|) is that of this: scale has become 0, and eʳ is less than 1, so that x eʳ is finite. */
    public static final float FAR = 256;
    /** Where |x| is larger, tanh x is that of this. */
    public static final float TANH_FAR = 10;
    // Where x is larger, eˣ is that of this, ∞.
    private static final float EXP_OVERFLOWS = 89;

    private static final float TAIL_0 = 0.5f;
    private static final float TAIL_1 = 0x1.555556p-3f;
    private static final float TAIL_2 = 0x1.5554eap-5f;
    private static final float TAIL_3 = 0x1.1110ep-7f;
    private static final float TAIL_4 = 0x1.6d4316p-10f;
    private static final float TAIL_5 = 0x1.a124e4p-13f;

    private Float32Functions() {
    }

    /**
     * eˣ, within 0.78 ulp: 0.7762 at −0x1.5ed8ecp6, whose result is subnormal; 0.7664 among the normal ones.
     * <pre>
     * y = x &lt; −256 ? −256 : x;   y = y &gt; 89 ? 89 : y
     * k, r = reduce(y)
     * u = 1 + r
     * v = fma(r · r, tail(r), (1 − u) + r)          u + v is eʳ; (1 − u) + r is what u has lost, exactly
     * exp = scale(u + v, k)
     * </pre>
     * exp(±0) = 1; it never decreases; it is +∞ from 0x1.62e43p6 on, subnormal below −0x1.5d589ep6 and +0 below
     * −0x1.9fe368p6.
     */
    public static float exp(float x) {
        float y = x < -FAR ? -FAR : x;
        y = y > EXP_OVERFLOWS ? EXP_OVERFLOWS : y;
        float t = fma(y, LOG2_E, SHIFTER);
        float r = remainder(y, t - SHIFTER);
        float u = 1 + r;
        float v = fma(r * r, tail(r), (1 - u) + r);
        return scale(u + v, exponent(t));
    }

    /**
     * The logistic sigmoid σ(x) = 1 / (1 + e⁻ˣ), within 0.78 ulp: 0.7762 at −0x1.5ed8ecp6.
     *
     * <p>It is {@link #silu}'s chain with 1 in place of the factor x. Accurate relatively for x ≪ 0 too, where it is eˣ and
     * underflows gradually. 0 ≤ σ(x) ≤ 1; σ(±0) = ½; σ never decreases; it is +0 below
     * −0x1.9fe368p6, subnormal below −0x1.5d589ep6 and 1 from 0x1.154246p4 on.
     */
    public static float sigmoid(float x) {
        return timesSigmoid(1, 1, x);
    }

    /**
     * SiLU, x σ(x), within 0.90 ulp: 0.8970 at −0x1.6f854p6, whose result is subnormal; 0.8060 among the normal ones.
     * The product is rounded once, not σ first.
     * <pre>
     * a = |x| &gt; 256 ? 256 : |x|
     * k, r = reduce(−a)
     * u = 1 + r
     * v = fma(r · r, tail(r), (1 − u) + r)
     * p = u + v,  pLow = v − (p − u)                p + pLow is eʳ; e⁻ᵃ is 2ᵏ times that
     * s = float((max(k, −126) + 127) · 2²³)
     * e = p · s
     * d = 1 + e,  dLow = fma(pLow, s, e − (d − 1))  d + dLow is 1 + e⁻ᵃ
     * σ(a) is 1 / (1 + e⁻ᵃ), σ(−a) is e⁻ᵃ / (1 + e⁻ᵃ):
     * m, mLow, j = x has its sign bit ? p, pLow, k : 1, 0, 0
     * w = 1 / d
     * q = m · w
     * c = (fma(−q, dLow, fma(−q, d, m)) + mLow) · w the error of q, by one step of Newton's iteration
     * silu = scale(fma(x, q, (x has its sign bit ? −a : a) · c), j)
     * </pre>
     * silu(±0) = ±0, silu(∞) = ∞; silu(−∞) is NaN as is −∞ · 0, and finite x below −0x1.b2a426p6
     * give −0.
     */
    public static float silu(float x) {
        float a = Math.abs(x) > FAR ? FAR : Math.abs(x);
        return timesSigmoid(x, withSignOf(x, a), x);
    }

    /** factor · σ(x) of {@link #silu}; {@code near} is a factor for the small correction that is not infinite. */
    private static float timesSigmoid(float factor, float near, float x) {
        float a = Math.abs(x) > FAR ? FAR : Math.abs(x);
        float t = fma(-a, LOG2_E, SHIFTER);
        int k = exponent(t);
        float r = remainder(-a, t - SHIFTER);
        float u = 1 + r;
        float v = fma(r * r, tail(r), (1 - u) + r);
        float p = u + v;
        float pLow = v - (p - u);
        float s = powerOfTwo(Math.max(k, LEAST_EXPONENT));
        float e = p * s;
        float d = 1 + e;
        float dLow = fma(pLow, s, e - (d - 1));
        float m = negative(x, p, 1);
        float mLow = negative(x, pLow, 0);
        float w = 1 / d;
        float q = m * w;
        float c = (fma(-q, dLow, fma(-q, d, m)) + mLow) * w;
        return scale(fma(factor, q, near * c), k & signMask(x));
    }

    /**
     * tanh x = (1 − e⁻²ˣ) / (1 + e⁻²ˣ), within 0.78 ulp: 0.7794 at |x| = 0x1.010476p-3.
     * <pre>
     * a = 2 · (|x| &gt; 10 ? 10 : |x|)
     * k, r = reduce(−a)
     * s = float((k + 127) · 2²³)
     * g = s − 1,  gLow = s − (g + 1)                2ᵏ − 1
     * b = s · r
     * h = g + b
     * v = fma(s, r · r · tail(r), ((g − h) + b) + gLow)
     * z = h + v,  zLow = v − (z − h)                z + zLow is e⁻ᵃ − 1
     * d = 2 + z,  dLow = (z − (d − 2)) + zLow       d + dLow is e⁻ᵃ + 1
     * w = 1 / d
     * q = z · w
     * c = fma(−q, dLow, fma(−q, d, z)) + zLow
     * tanh = fma(c, w, q) with the sign of x
     * </pre>
     * Where k = 0 no step loses relative accuracy: z is r and its tail. tanh(−x) = −tanh(x) bit for bit, zeros too;
     * |tanh(x)| ≤ 1 and ≤ |x|; it never decreases; it is ±1 from |x| = 0x1.205968p3 on.
     */
    public static float tanh(float x) {
        float a = 2 * (Math.abs(x) > TANH_FAR ? TANH_FAR : Math.abs(x));
        float t = fma(-a, LOG2_E, SHIFTER);
        float r = remainder(-a, t - SHIFTER);
        float s = powerOfTwo(exponent(t));
        float g = s - 1;
        float gLow = s - (g + 1);
        float b = s * r;
        float h = g + b;
        float v = fma(s, r * r * tail(r), ((g - h) + b) + gLow);
        float z = h + v;
        float zLow = v - (z - h);
        float d = 2 + z;
        float dLow = (z - (d - 2)) + zLow;
        float w = 1 / d;
        float q = z * w;
        float c = fma(-q, dLow, fma(-q, d, z)) + zLow;
        return withSignOf(x, fma(c, w, q));
    }

    /** The derivative of tanh where its value is y: {@code fma(−y, y, 1)}, 1 − y² rounded once. */
    public static float tanhDerivative(float y) {
        return fma(-y, y, 1);
    }

    /** The derivative of the sigmoid where its value is y: {@code fma(−y, y, y)}, y (1 − y) rounded once. */
    public static float sigmoidDerivative(float y) {
        return fma(-y, y, y);
    }

    /**
     * The derivative of SiLU at x, σ(x) + x σ(x) σ(−x), within 2⁻²² absolutely: it has a zero near x = −1.278.
     * <pre>
     * a, k, r, u, v                                 as in {@link #silu}
     * e = scale(u + v, k)
     * w = 1 / (1 + e)
     * z = e · w                                     σ(−a); w is σ(a)
     * derivative = fma((x has its sign bit ? −a : a) · z, w, x has its sign bit ? z : w)
     * </pre>
     * It is 1 at ∞ and +0 at −∞.
     */
    public static float siluDerivative(float x) {
        float a = Math.abs(x) > FAR ? FAR : Math.abs(x);
        float t = fma(-a, LOG2_E, SHIFTER);
        float r = remainder(-a, t - SHIFTER);
        float u = 1 + r;
        float v = fma(r * r, tail(r), (1 - u) + r);
        float e = scale(u + v, exponent(t));
        float w = 1 / (1 + e);
        float z = e * w;
        return fma(withSignOf(x, a) * z, w, negative(x, z, w));
    }

    /** The coefficients of 1, r, r², ... in {@code tail}, in a new array. */
    public static float[] tail() {
        return new float[] {TAIL_0, TAIL_1, TAIL_2, TAIL_3, TAIL_4, TAIL_5};
    }

    /** (eʳ − 1 − r) / r² for |r| ≤ 0.347. */
    static float tail(float r) {
        float p = TAIL_5;
        p = fma(p, r, TAIL_4);
        p = fma(p, r, TAIL_3);
        p = fma(p, r, TAIL_2);
        p = fma(p, r, TAIL_1);
        return fma(p, r, TAIL_0);
    }

    private static int exponent(float t) {
        return Float.floatToRawIntBits(t) - SHIFTER_BITS;
    }

    private static float remainder(float y, float n) {
        return fma(-n, LN2_LOW, fma(-n, LN2_HIGH, y));
    }

    private static float scale(float y, int k) {
        int half = k >> 1;
        return y * powerOfTwo(Math.max(half, -BIAS)) * powerOfTwo(Math.max(k - half, -BIAS));
    }

    /** 2ᵏ for −127 &lt; k &lt; 128; +0 for k = −127. */
    private static float powerOfTwo(int k) {
        return Float.intBitsToFloat((k + BIAS) << FRACTION_BITS);
    }

    /** All ones where x has its sign bit, else 0. */
    private static int signMask(float x) {
        return Float.floatToRawIntBits(x) >> 31;
    }

    /** {@code yes} where x has its sign bit, else {@code no}: by bits, as signs of data are hard to predict. */
    private static float negative(float x, float yes, float no) {
        int mask = signMask(x);
        return Float.intBitsToFloat((Float.floatToRawIntBits(yes) & mask) | (Float.floatToRawIntBits(no) & ~mask));
    }

    /** ±|magnitude|, the sign being that of x. */
    private static float withSignOf(float x, float magnitude) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(magnitude) & ~SIGN) | (Float.floatToRawIntBits(x) & SIGN));
    }
}
