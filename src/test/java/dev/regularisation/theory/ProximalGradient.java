package dev.regularisation.theory;

/**
 * Proximal gradient descent (ISTA) for a quadratic loss with an L1 penalty,
 *
 * <pre>  θ ← S(θ − η∇J(θ), ηλ)  with the soft threshold S and 0 &lt; η ≤ 1/h₁,</pre>
 *
 * under which the objective never rises, and parameters reach exactly zero where the subgradient method only rattles
 * around it.
 *
 * <p>Source: Beck and Teboulle, <i>A fast iterative shrinkage-thresholding algorithm for linear inverse problems</i>
 * (SIAM Journal on Imaging Sciences, 2009), section 3 and lemma 2.3.
 */
public record ProximalGradient(double learningRate) {

    /** Where the method stopped: the point, the steps it took, and its {@link QuadraticWithL1#kktResidual}. */
    public record Solution(double[] theta, int steps, double kktResidual) {

        public Solution {
            theta = Checks.finite(theta, "theta");
        }

        @Override
        public double[] theta() {
            return theta.clone();
        }
    }

    public ProximalGradient {
        Checks.positive(learningRate, "learning rate");
    }

    /** The largest rate allowed, 1/h₁. */
    public static ProximalGradient on(QuadraticWithL1 objective) {
        return new ProximalGradient(1 / Checks.positive(objective.loss().curvature(), "curvature of the loss"));
    }

    /** One step from θ (length n, read only) to a new array. */
    public double[] step(QuadraticWithL1 objective, double[] theta) {
        if (!(learningRate <= 1 / objective.loss().curvature())) {
            throw new IllegalArgumentException("the learning rate must be at most 1/h₁ = "
                    + 1 / objective.loss().curvature() + " or the objective may rise, got " + learningRate);
        }
        double[] moved = objective.loss().gradient(theta);
        for (int i = 0; i < moved.length; i++) {
            moved[i] = theta[i] - learningRate * moved[i];
        }
        return SoftThreshold.apply(moved, learningRate * objective.lambda());
    }

    /**
     * Steps until the residual of the optimality conditions is at most the tolerance.
     *
     * <p>Rounding stops the residual from falling below a few n ε h₁‖θ − w‖, so a smaller tolerance is never met.
     *
     * @throws IllegalArgumentException if the learning rate is above 1/h₁
     * @throws IllegalStateException    if the tolerance is not met within the steps allowed
     */
    public Solution minimise(QuadraticWithL1 objective, double[] start, double tolerance, int maximumSteps) {
        double[] theta = Checks.finite(start, objective.loss().dimensions(), "start");
        double residual = objective.kktResidual(theta);
        for (int step = 0; step <= maximumSteps; step++) {
            if (residual <= tolerance) {
                return new Solution(theta, step, residual);
            }
            theta = step(objective, theta);
            residual = objective.kktResidual(theta);
        }
        throw new IllegalStateException("proximal gradient wants a KKT residual of " + tolerance + ", has " + residual
                + " after " + maximumSteps + " steps; allow more steps, or a larger tolerance if rounding limits it");
    }
}
