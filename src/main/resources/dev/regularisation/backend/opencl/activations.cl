/*
 * Activations and their derivatives: line by line the chains that dev.regularisation.backend.Float32Functions and
 * Float64Functions define, whose documentation explains them. The program has defined a number for each of
 * dev.regularisation.backend.Activation.
 */
#if REAL_BITS == 64
#define LOG2_E 0x1.71547652b82fep0
#define LN2_HIGH 0x1.62e42fefa39efp-1
#define LN2_LOW 0x1.abc9e3b39803fp-56
#define SHIFTER 0x1.8p52
#define SHIFTER_BITS 0x4338000000000000L
#define SIGN ((long) 0x8000000000000000UL)
#define BIAS 1023L
#define FRACTION_BITS 52
#define LEAST_EXPONENT -1022L
#define FAR 1600.0
#define TANH_FAR 20.0

static inline real tail(real r) {
    real p = 0x1.1f72fc730b4ffp-29;
    p = fma(p, r, 0x1.af4ddd84882fep-26);
    p = fma(p, r, 0x1.27e4db67b4303p-22);
    p = fma(p, r, 0x1.71de02375656cp-19);
    p = fma(p, r, 0x1.a01a01a6d7808p-16);
    p = fma(p, r, 0x1.a01a01abe62ddp-13);
    p = fma(p, r, 0x1.6c16c16c162d6p-10);
    p = fma(p, r, 0x1.11111111100dfp-7);
    p = fma(p, r, 0x1.5555555555556p-5);
    p = fma(p, r, 0x1.5555555555557p-3);
    return fma(p, r, 0.5);
}
#else
#define LOG2_E 0x1.715476p0f
#define LN2_HIGH 0x1.62e43p-1f
#define LN2_LOW -0x1.05c61p-29f
#define SHIFTER 0x1.8p23f
#define SHIFTER_BITS 0x4b400000
#define SIGN ((int) 0x80000000U)
#define BIAS 127
#define FRACTION_BITS 23
#define LEAST_EXPONENT -126
#define FAR 256.0f
#define TANH_FAR 10.0f

static inline real tail(real r) {
    real p = 0x1.a124e4p-13f;
    p = fma(p, r, 0x1.6d4316p-10f);
    p = fma(p, r, 0x1.1110ep-7f);
    p = fma(p, r, 0x1.5554eap-5f);
    p = fma(p, r, 0x1.555556p-3f);
    return fma(p, r, 0.5f);
}
#endif

static inline bits exponent_of(real t) {
    return AS_BITS(t) - SHIFTER_BITS;
}

static inline real remainder_of(real y, real n) {
    return fma(-n, LN2_LOW, fma(-n, LN2_HIGH, y));
}

static inline real power_of_two(bits k) {
    return AS_REAL((bits) ((k + BIAS) << FRACTION_BITS));
}

static inline real scale_by(real y, bits k) {
    bits half_k = k >> 1;
    return y * power_of_two(max(half_k, (bits) -BIAS)) * power_of_two(max((bits) (k - half_k), (bits) -BIAS));
}

static inline bits sign_mask(real x) {
    return AS_BITS(x) >> (8 * (int) sizeof(real) - 1);
}

static inline real where_negative(real x, real yes, real no) {
    return sign_mask(x) != 0 ? yes : no;
}

static inline real with_sign_of(real x, real magnitude) {
    return AS_REAL((AS_BITS(magnitude) & ~SIGN) | (AS_BITS(x) & SIGN));
}

static inline real kept_below(real limit, real magnitude) {
    return magnitude > limit ? limit : magnitude;
}

static inline real times_sigmoid(real factor, real near, real x) {
    real a = kept_below(FAR, fabs(x));
    real t = fma(-a, LOG2_E, SHIFTER);
    bits k = exponent_of(t);
    real r = remainder_of(-a, t - SHIFTER);
    real u = 1 + r;
    real v = fma(r * r, tail(r), (1 - u) + r);
    real p = u + v;
    real p_low = v - (p - u);
    real s = power_of_two(max(k, (bits) LEAST_EXPONENT));
    real e = p * s;
    real d = 1 + e;
    real d_low = fma(p_low, s, e - (d - 1));
    real m = where_negative(x, p, 1);
    real m_low = where_negative(x, p_low, 0);
    real w = DIVIDE((real) 1, d);
    real q = m * w;
    real c = (fma(-q, d_low, fma(-q, d, m)) + m_low) * w;
    return scale_by(fma(factor, q, near * c), k & sign_mask(x));
}

static inline real sigmoid(real x) {
    return times_sigmoid(1, 1, x);
}

static inline real silu(real x) {
    return times_sigmoid(x, with_sign_of(x, kept_below(FAR, fabs(x))), x);
}

static inline real silu_derivative(real x) {
    real a = kept_below(FAR, fabs(x));
    real t = fma(-a, LOG2_E, SHIFTER);
    real r = remainder_of(-a, t - SHIFTER);
    real u = 1 + r;
    real v = fma(r * r, tail(r), (1 - u) + r);
    real e = scale_by(u + v, exponent_of(t));
    real w = DIVIDE((real) 1, 1 + e);
    real z = e * w;
    return fma(with_sign_of(x, a) * z, w, where_negative(x, z, w));
}

static inline real hyperbolic_tangent(real x) {
    real a = 2 * kept_below(TANH_FAR, fabs(x));
    real t = fma(-a, LOG2_E, SHIFTER);
    real r = remainder_of(-a, t - SHIFTER);
    real s = power_of_two(exponent_of(t));
    real g = s - 1;
    real g_low = s - (g + 1);
    real b = s * r;
    real h = g + b;
    real v = fma(s, r * r * tail(r), ((g - h) + b) + g_low);
    real z = h + v;
    real z_low = v - (z - h);
    real d = 2 + z;
    real d_low = (z - (d - 2)) + z_low;
    real w = DIVIDE((real) 1, d);
    real q = z * w;
    real c = fma(-q, d_low, fma(-q, d, z)) + z_low;
    return with_sign_of(x, fma(c, w, q));
}

static inline real activation(int f, real x) {
    switch (f) {
        case RELU: return relu(x);
        case LEAKY_RELU: return x > 0 ? x : REAL(0.01) * x;
        case TANH: return hyperbolic_tangent(x);
        case SIGMOID: return sigmoid(x);
        case SILU: return silu(x);
        default: return x;
    }
}

/* dy times the derivative; at is the input where Activation.needsInput, else the output. */
static inline real activation_gradient(int f, real at, real dy) {
    switch (f) {
        case RELU: return at <= 0 ? REAL(0.0) : dy;
        case LEAKY_RELU: return at > 0 ? dy : REAL(0.01) * dy;
        case TANH: return dy * fma(-at, at, REAL(1.0));
        case SIGMOID: return dy * fma(-at, at, at);
        case SILU: return dy * silu_derivative(at);
        default: return dy;
    }
}
