package dev.regularisation.backend;

import static java.lang.Math.fma;

/**
 * The exponential, tanh, the logistic sigmoid and SiLU in binary64, each <em>defined</em> as a fixed chain of operations.
 *
 * <p>The chains, their notation and what a backend elsewhere must keep to are those of {@link Float32Functions}, with longs
 * for ints and other constants:
 * <pre>
 * bits(x), double(i)  the bits of a double as a long, and back
 * reduce(y)           t = fma(y, log₂e, 1.5 · 2⁵²)
 *                     k = bits(t) − bits(1.5 · 2⁵²)
 *                     n = t − 1.5 · 2⁵²
 *                     r = fma(−n, low, fma(−n, high, y))
 * tail(r)             (eʳ − 1 − r) / r², a polynomial of degree 10 in Horner's form, a chain of fma
 * scale(y, k)         y · double((max(⌊k/2⌋, −1023) + 1023) · 2⁵²) · double((max(k − ⌊k/2⌋, −1023) + 1023) · 2⁵²)
 * </pre>
 * {@code tail} interpolates at the eleven Chebyshev points of [−½ ln 2, ½ ln 2]; its coefficients were computed in decimal
 * with 50 digits and then rounded each to the nearest double. It is off by at most 4 × 10⁻¹⁹ of eʳ, 0.003 ulp.
 *
 * <p><b>Errors</b> are in units of the last place of the correctly rounded value and, beside
 * them, the largest found in 600,000 arguments of each, ordinary and hard, by {@code ManyDoubles} among the tests. No
 * sample proves a bound: those stated leave room for what the roundings could add up to. Nor does it prove order; exp,
 * sigmoid and tanh never decreased between neighbours.
 */
public final class Float64Functions {
    /** log₂e, rounded. */
    public static final double LOG2_E = 0x1.71547652b82fep0;
    /** {@code high}: ln 2, rounded. */
    public static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
    /** {@code low}: the rest of ln 2, rounded. */
    public static final double LN2_LOW = 0x1.abc9e3b39803fp-56;
    /** A double of this size has no fraction: adding it rounds to an integer, and leaves that in the lowest bits. */
    public static final double SHIFTER = 0x1.8p52;
    /** The bits of {@link #SHIFTER}. */
    public static final long SHIFTER_BITS = 0x4338_0000_0000_0000L;

    /** The bit of the sign. */
    public static final long SIGN = 0x8000_0000_0000_0000L;
    /** What the bits hold is an exponent and this. */
    public static final long BIAS = 1023;
    /** How many bits lie below those of the exponent. */
    public static final int FRACTION_BITS = 52;
    /** The least exponent of a normal number. */
    public static final long LEAST_EXPONENT = -1022;

    /** Where |x| is larger, exp(−|x|) is that of this: scale has become 0, and eʳ is less than 1, so that x eʳ is finite. */
    public static final double FAR = 1600;
    /** Where |x| is larger, tanh x is that of this. */
    public static final double TANH_FAR = 20;
    // Where x is larger, eˣ is that of this, ∞.
    private static final double EXP_OVERFLOWS = 710;

    private static final double TAIL_0 = 0.5;
    private static final double TAIL_1 = 0x1.5555555555557p-3;
    private static final double TAIL_2 = 0x1.5555555555556p-5;
    private static final double TAIL_3 = 0x1.11111111100dfp-7;
    private static final double TAIL_4 = 0x1.6c16c16c162d6p-10;
    private static final double TAIL_5 = 0x1.a01a01abe62ddp-13;
    private static final double TAIL_6 = 0x1.a01a01a6d7808p-16;
    private static final double TAIL_7 = 0x1.71de02375656cp-19;
    private static final double TAIL_8 = 0x1.27e4db67b4303p-22;
    private static final double TAIL_9 = 0x1.af4ddd84882fep-26;
    private static final double TAIL_10 = 0x1.1f72fc730b4ffp-29;

    private Float64Functions() {
    }

    /**
     * eˣ, within 0.9 ulp: {@link Float32Functions#exp}'s chain, y being x kept between −1600 and 710. 0.8075 at
     * −0x1.6265307d6db78p9.
     *
     * <p>exp(±0) = 1; it is +∞ from 0x1.62e42fefa39fp9 on, subnormal below −0x1.6232bdd7abcd2p9 and +0 below
     * −0x1.74910d52d3051p9.
     */
    public static double exp(double x) {
        double y = x < -FAR ? -FAR : x;
        y = y > EXP_OVERFLOWS ? EXP_OVERFLOWS : y;
        double t = fma(y, LOG2_E, SHIFTER);
        double r = remainder(y, t - SHIFTER);
        double u = 1 + r;
        double v = fma(r * r, tail(r), (1 - u) + r);
        return scale(u + v, exponent(t));
    }

    /**
     * The logistic sigmoid σ(x) = 1 / (1 + e⁻ˣ), within 0.9 ulp: {@link #silu}'s chain with 1 in place of the factor x.
     *
     * <p>0 ≤ σ(x) ≤ 1; σ(±0) = ½; σ(−∞) = +0; it is 1 from 0x1.2b708872320e2p5 on.
     */
    public static double sigmoid(double x) {
        return timesSigmoid(1, 1, x);
    }

    /**
     * SiLU, x σ(x), within 0.9 ulp: {@link Float32Functions#silu}'s chain, with 1600 for 256. 0.8418 at −0x1.657d4ff629e82p9.
     *
     * <p>silu(±0) = ±0, silu(∞) = ∞; silu(−∞) is NaN as is −∞ · 0, and large negative finite x give −0.
     */
    public static double silu(double x) {
        double a = Math.abs(x) > FAR ? FAR : Math.abs(x);
        return timesSigmoid(x, withSignOf(x, a), x);
    }

    /** factor · σ(x) of {@link #silu}; {@code near} is a factor for the small correction that is not infinite. */
    private static double timesSigmoid(double factor, double near, double x) {
        double a = Math.abs(x) > FAR ? FAR : Math.abs(x);
        double t = fma(-a, LOG2_E, SHIFTER);
        long k = exponent(t);
        double r = remainder(-a, t - SHIFTER);
        double u = 1 + r;
        double v = fma(r * r, tail(r), (1 - u) + r);
        double p = u + v;
        double pLow = v - (p - u);
        double s = powerOfTwo(Math.max(k, LEAST_EXPONENT));
        double e = p * s;
        double d = 1 + e;
        double dLow = fma(pLow, s, e - (d - 1));
        double m = negative(x, p, 1);
        double mLow = negative(x, pLow, 0);
        double w = 1 / d;
        double q = m * w;
        double c = (fma(-q, dLow, fma(-q, d, m)) + mLow) * w;
        return scale(fma(factor, q, near * c), k & signMask(x));
    }

    /**
     * tanh x, within 1.1 ulp: {@link Float32Functions#tanh}'s chain, with 20 for 10. 1.0311 at 0x1.62ef7193cd48bp-3, where
     * the rounding of r counts most.
     *
     * <p>tanh(−x) = −tanh(x) bit for bit, zeros too; |tanh(x)| ≤ 1 and ≤ |x|; it is ±1 from |x| = 0x1.30fc1931f09cap4 on.
     */
    public static double tanh(double x) {
        double a = 2 * (Math.abs(x) > TANH_FAR ? TANH_FAR : Math.abs(x));
        double t = fma(-a, LOG2_E, SHIFTER);
        double r = remainder(-a, t - SHIFTER);
        double s = powerOfTwo(exponent(t));
        double g = s - 1;
        double gLow = s - (g + 1);
        double b = s * r;
        double h = g + b;
        double v = fma(s, r * r * tail(r), ((g - h) + b) + gLow);
        double z = h + v;
        double zLow = v - (z - h);
        double d = 2 + z;
        double dLow = (z - (d - 2)) + zLow;
        double w = 1 / d;
        double q = z * w;
        double c = fma(-q, dLow, fma(-q, d, z)) + zLow;
        return withSignOf(x, fma(c, w, q));
    }

    /** The derivative of tanh where its value is y: {@code fma(−y, y, 1)}, 1 − y² rounded once. */
    public static double tanhDerivative(double y) {
        return fma(-y, y, 1);
    }

    /** The derivative of the sigmoid where its value is y: {@code fma(−y, y, y)}, y (1 − y) rounded once. */
    public static double sigmoidDerivative(double y) {
        return fma(-y, y, y);
    }

    /**
     * The derivative of SiLU at x, σ(x) + x σ(x) σ(−x), within 2⁻⁵¹ absolutely: {@link Float32Functions#siluDerivative}'s
     * chain. It is 1 at ∞ and +0 at −∞.
     */
    public static double siluDerivative(double x) {
        double a = Math.abs(x) > FAR ? FAR : Math.abs(x);
        double t = fma(-a, LOG2_E, SHIFTER);
        double r = remainder(-a, t - SHIFTER);
        double u = 1 + r;
        double v = fma(r * r, tail(r), (1 - u) + r);
        double e = scale(u + v, exponent(t));
        double w = 1 / (1 + e);
        double z = e * w;
        return fma(withSignOf(x, a) * z, w, negative(x, z, w));
    }

    /** The coefficients of 1, r, r², ... in {@code tail}, in a new array. */
    public static double[] tail() {
        return new double[] {TAIL_0, TAIL_1, TAIL_2, TAIL_3, TAIL_4, TAIL_5, TAIL_6, TAIL_7, TAIL_8, TAIL_9, TAIL_10};
    }

    /** (eʳ − 1 − r) / r² for |r| ≤ 0.347. */
    static double tail(double r) {
        double p = TAIL_10;
        p = fma(p, r, TAIL_9);
        p = fma(p, r, TAIL_8);
        p = fma(p, r, TAIL_7);
        p = fma(p, r, TAIL_6);
        p = fma(p, r, TAIL_5);
        p = fma(p, r, TAIL_4);
        p = fma(p, r, TAIL_3);
        p = fma(p, r, TAIL_2);
        p = fma(p, r, TAIL_1);
        return fma(p, r, TAIL_0);
    }

    private static long exponent(double t) {
        return Double.doubleToRawLongBits(t) - SHIFTER_BITS;
    }

    private static double remainder(double y, double n) {
        return fma(-n, LN2_LOW, fma(-n, LN2_HIGH, y));
    }

    private static double scale(double y, long k) {
        long half = k >> 1;
        return y * powerOfTwo(Math.max(half, -BIAS)) * powerOfTwo(Math.max(k - half, -BIAS));
    }

    /** 2ᵏ for −1023 &lt; k &lt; 1024; +0 for k = −1023. */
    private static double powerOfTwo(long k) {
        return Double.longBitsToDouble((k + BIAS) << FRACTION_BITS);
    }

    /** All ones where x has its sign bit, else 0. */
    private static long signMask(double x) {
        return Double.doubleToRawLongBits(x) >> 63;
    }

    /** {@code yes} where x has its sign bit, else {@code no}: by bits, as signs of data are hard to predict. */
    private static double negative(double x, double yes, double no) {
        long mask = signMask(x);
        return Double.longBitsToDouble(
                (Double.doubleToRawLongBits(yes) & mask) | (Double.doubleToRawLongBits(no) & ~mask));
    }

    /** ±|magnitude|, the sign being that of x. */
    private static double withSignOf(double x, double magnitude) {
        return Double.longBitsToDouble(
                (Double.doubleToRawLongBits(magnitude) & ~SIGN) | (Double.doubleToRawLongBits(x) & SIGN));
    }
}
