package dev.regularisation.theory;

/**
 * How a parameter that the data do not touch moves under stochastic gradient descent with learning rate η and a penalty
 * alone.
 *
 * <p>L2 pulls in proportion, θ ← θ − ηλθ, so θₜ = (1 − ηλ)ᵗ θ₀: exponential, and never zero. L1 pulls with one force,
 * θ ← θ − ηλ sign θ with sign 0 = 0: linear, and over after ⌈|θ₀|/(ηλ)⌉ steps, from when on it stays within ηλ of zero.
 *
 * @param learningRate η &gt; 0
 * @param lambda       λ &gt; 0 with ηλ &lt; 1, or L2 would overshoot zero
 */
public record Decay(double learningRate, double lambda) {

    public Decay {
        Checks.positive(learningRate, "learning rate");
        Checks.positive(lambda, "lambda");
        if (!(learningRate * lambda > 0 && learningRate * lambda < 1)) {
            throw new IllegalArgumentException("learning rate times lambda must lie between 0 and 1 or L2 overshoots"
                    + " zero, got " + learningRate + " * " + lambda + "; use another learning rate");
        }
    }

    /** The size ηλ of an L1 step, and the share of itself that a parameter loses in an L2 step. */
    public double step() {
        return learningRate * lambda;
    }

    /** (1 − ηλ)ᵗ θ₀. */
    public double l2(double start, int steps) {
        return StrictMath.pow(1 - step(), Checks.atLeast(0, steps, "steps")) * Checks.finite(start, "start");
    }

    /** The number of L2 steps, ln 2 / −ln(1 − ηλ), in which a parameter halves whatever its size. */
    public double l2HalfLife() {
        return StrictMath.log(2) / -StrictMath.log1p(-step());
    }

    /**
     * θ₀, θ₁, … under L2, one step at a time, {@code steps + 1} values.
     *
     * <p>Not even rounding takes it to zero while ηλ &lt; ½: the smallest double loses nothing to a step that rounds to
     * zero.
     */
    public double[] l2Path(double start, int steps) {
        double[] path = path(start, steps);
        for (int t = 0; t < steps; t++) {
            path[t + 1] = path[t] - learningRate * (lambda * path[t]);
        }
        return path;
    }

    /** θ₀, θ₁, … under the L1 subgradient, one step at a time, {@code steps + 1} values. */
    public double[] l1Path(double start, int steps) {
        double[] path = path(start, steps);
        for (int t = 0; t < steps; t++) {
            path[t + 1] = path[t] - step() * Math.signum(path[t]);
        }
        return path;
    }

    /**
     * The number of L1 steps ⌈|θ₀|/(ηλ)⌉ after which |θ| ≤ ηλ for good.
     *
     * <p>Exact in real arithmetic; k steps in double precision add at most k ε|θ₀|/2 to the bound, ε = 2⁻⁵².
     */
    public long l1StepsToArrive(double start) {
        return (long) Math.ceil(Math.abs(Checks.finite(start, "start")) / step());
    }

    private static double[] path(double start, int steps) {
        double[] path = new double[Checks.atLeast(0, steps, "steps") + 1];
        path[0] = Checks.finite(start, "start");
        return path;
    }
}
