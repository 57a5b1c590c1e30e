package dev.regularisation.backend;

import java.util.function.DoubleUnaryOperator;

/** The functions of {@link Float32Functions}, with their true values and what their descriptions promise. */
enum Float32Function {
    EXP(Float32Functions::exp, StrictMath::exp, 0.78, 0x75efb9aa47a1fdbeL, true) {
        @Override
        boolean inRange(float x, float y) {
            return y >= 0;
        }
    },
    SIGMOID(Float32Functions::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), 0.78, 0xb71c63c798e7636dL, true) {
        @Override
        boolean inRange(float x, float y) {
            return y >= 0 && y <= 1;
        }
    },
    TANH(Float32Functions::tanh, StrictMath::tanh, 0.78, 0xac3dfb211d1c9ec2L, true) {
        @Override
        boolean inRange(float x, float y) {
            return Math.abs(y) <= Math.min(Math.abs(x), 1)
                    && Float.floatToRawIntBits(Float32Functions.tanh(-x)) == Float.floatToRawIntBits(-y);
        }
    },
    SILU(Float32Functions::silu, x -> x / (1 + StrictMath.exp(-x)), 0.90, 0x0312e96695a563dbL, false) {
        @Override
        boolean inRange(float x, float y) {
            return Math.abs(y) <= Math.abs(x) && y >= -0.27847f || x == Float.NEGATIVE_INFINITY;
        }
    };

    /** A function of binary32. */
    @FunctionalInterface
    interface Operator {
        float apply(float x);
    }

    private final Operator function;
    // StrictMath is within an ulp or two of double, 10⁻⁸ of a float's, so its error does not count.
    private final DoubleUnaryOperator exact;
    private final double ulps;
    private final long digest;
    private final boolean monotone;

    Float32Function(Operator function, DoubleUnaryOperator exact, double ulps, long digest,
            boolean monotone) {
        this.function = function;
        this.exact = exact;
        this.ulps = ulps;
        this.digest = digest;
        this.monotone = monotone;
    }

    float apply(float x) {
        return function.apply(x);
    }

    /** |y − f(x)| in units of the last place of f(x) rounded; +∞ where only one of them is finite. */
    double error(float x, float y) {
        double value = exact.applyAsDouble(x);
        float rounded = (float) value;
        if (!Float.isFinite(rounded) || !Float.isFinite(y)) {
            return Float.compare(rounded, y) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(y - value) / Math.ulp(rounded);
    }

    /** The promised largest error. */
    double ulps() {
        return ulps;
    }

    /** Of the bits of its results at all floats x: Σ bits(f(x)) · (2 bits(x) + 1), modulo 2⁶⁴, with one NaN. */
    long digest() {
        return digest;
    }

    /** Whether it never decreases. */
    boolean monotone() {
        return monotone;
    }

    /** Whether y may be the result at x, which is not NaN: bounds and symmetry. */
    abstract boolean inRange(float x, float y);
}
