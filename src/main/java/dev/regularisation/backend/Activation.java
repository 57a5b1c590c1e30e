package dev.regularisation.backend;

import java.util.Locale;

/**
 * A function that is applied to each element of a layer, with its derivative, each <em>defined</em> by a fixed chain of
 * correctly rounded operations in binary32 and in binary64: the contract of {@link Backend#activate} and
 * {@link Backend#activateBackward}.
 *
 * <p>Names and conventions are PyTorch's. NaN stays NaN. To add one is to add it here: a backend without an operation of its
 * own for it calls these methods.
 */
public enum Activation {

    /** max(x, +0), the rectifier: −0 becomes +0. The derivative is 0 where the output is ≤ 0. */
    RELU("ReLU") {
        @Override
        public float value(float x) {
            return Math.max(x, 0f);
        }

        @Override
        public double value(double x) {
            return Math.max(x, 0.0);
        }

        @Override
        public float gradient(float at, float dy) {
            return at <= 0 ? 0 : dy;
        }

        @Override
        public double gradient(double at, double dy) {
            return at <= 0 ? 0 : dy;
        }
    },

    /** x where x > 0, else 0.01 x. */
    LEAKY_RELU("leaky ReLU") {
        @Override
        public float value(float x) {
            return x > 0 ? x : 0.01f * x;
        }

        @Override
        public double value(double x) {
            return x > 0 ? x : 0.01 * x;
        }

        @Override
        public float gradient(float at, float dy) {
            return at > 0 ? dy : 0.01f * dy;
        }

        @Override
        public double gradient(double at, double dy) {
            return at > 0 ? dy : 0.01 * dy;
        }
    },

    /** {@link Float32Functions#tanh}. */
    TANH("tanh") {
        @Override
        public float value(float x) {
            return Float32Functions.tanh(x);
        }

        @Override
        public double value(double x) {
            return Float64Functions.tanh(x);
        }

        @Override
        public float gradient(float at, float dy) {
            return dy * Float32Functions.tanhDerivative(at);
        }

        @Override
        public double gradient(double at, double dy) {
            return dy * Float64Functions.tanhDerivative(at);
        }
    },

    /** The logistic function 1 / (1 + e⁻ˣ), {@link Float32Functions#sigmoid}. */
    SIGMOID("sigmoid") {
        @Override
        public float value(float x) {
            return Float32Functions.sigmoid(x);
        }

        @Override
        public double value(double x) {
            return Float64Functions.sigmoid(x);
        }

        @Override
        public float gradient(float at, float dy) {
            return dy * Float32Functions.sigmoidDerivative(at);
        }

        @Override
        public double gradient(double at, double dy) {
            return dy * Float64Functions.sigmoidDerivative(at);
        }
    },

    /** x σ(x), {@link Float32Functions#silu}. */
    SILU("SiLU") {
        @Override
        public boolean needsInput() {
            return true;
        }

        @Override
        public float value(float x) {
            return Float32Functions.silu(x);
        }

        @Override
        public double value(double x) {
            return Float64Functions.silu(x);
        }

        @Override
        public float gradient(float at, float dy) {
            return dy * Float32Functions.siluDerivative(at);
        }

        @Override
        public double gradient(double at, double dy) {
            return dy * Float64Functions.siluDerivative(at);
        }
    },

    /** x: layers without a function between them are a linear model. */
    IDENTITY("no activation") {
        @Override
        public float value(float x) {
            return x;
        }

        @Override
        public double value(double x) {
            return x;
        }

        @Override
        public float gradient(float at, float dy) {
            return dy;
        }

        @Override
        public double gradient(double at, double dy) {
            return dy;
        }
    };

    private final String title;

    Activation(String title) {
        this.title = title;
    }

    /** Its name in options and files, such as {@code leaky-relu}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name in prose. */
    public String title() {
        return title;
    }

    /** Whether the derivative needs the input; the others are functions of the output, so that no input is kept. */
    public boolean needsInput() {
        return false;
    }

    /** f(x) in binary32. */
    public abstract float value(float x);

    /** f(x) in binary64. */
    public abstract double value(double x);

    /**
     * dy · f' in binary32: the derivative rounded, then the product. Where f' is 0 or 1 by choice there is no product, so that
     * an infinite dy is no NaN.
     *
     * @param at the input x if {@link #needsInput}, else the output f(x)
     * @param dy the gradient at the output
     */
    public abstract float gradient(float at, float dy);

    /** The same in binary64. */
    public abstract double gradient(double at, double dy);
}
