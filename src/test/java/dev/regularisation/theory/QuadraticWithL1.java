package dev.regularisation.theory;

import java.util.Objects;

/**
 * A quadratic loss with an L1 penalty, J(θ) + λ‖θ‖₁, its optimality conditions, and its minimiser where the Hessian is
 * diagonal; {@link ProximalGradient} finds it for every Hessian.
 *
 * <p>Source of the diagonal form: Goodfellow, Bengio and Courville, <i>Deep Learning</i> (2016), section 7.1.2.
 */
public record QuadraticWithL1(QuadraticLoss loss, double lambda) {

    public QuadraticWithL1 {
        Objects.requireNonNull(loss, "loss");
        Checks.nonNegative(lambda, "lambda");
    }

    /** J(θ) + λ Σ|θᵢ|. */
    public double value(double[] theta) {
        double magnitudes = 0;
        for (double parameter : theta) {
            magnitudes += Math.abs(parameter);
        }
        return loss.value(theta) + lambda * magnitudes;
    }

    /**
     * The minimiser for H = diag(h): sign(w) max(|w| − λ/h, 0), coordinate by coordinate.
     *
     * <p>Where h = 0 the loss gives a coordinate no reason to be non-zero: it is 0, at λ = 0 too, as in
     * {@link EigenShrinkage}.
     *
     * @throws IllegalStateException if H is not diagonal
     */
    public double[] closedForm() {
        double[][] hessian = loss.hessian().getData();
        double[] theta = loss.minimiser();
        for (int i = 0; i < theta.length; i++) {
            for (int j = 0; j < theta.length; j++) {
                if (i != j && hessian[i][j] != 0) {
                    throw new IllegalStateException("the closed form needs a diagonal Hessian, got " + hessian[i][j]
                            + " at [" + i + ", " + j + "]; use ProximalGradient");
                }
            }
            theta[i] = hessian[i][i] > 0 ? SoftThreshold.apply(theta[i], lambda / hessian[i][i]) : 0;
        }
        return theta;
    }

    /**
     * How far θ is from satisfying the Karush–Kuhn–Tucker conditions, which are sufficient as the objective is convex:
     *
     * <pre>  maxᵢ  |gᵢ + λ sign θᵢ|  where θᵢ ≠ 0,   max(|gᵢ| − λ, 0)  where θᵢ = 0,   with g = H(θ − w).</pre>
     */
    public double kktResidual(double[] theta) {
        double[] gradient = loss.gradient(theta);
        double worst = 0;
        for (int i = 0; i < theta.length; i++) {
            double violation = theta[i] != 0
                    ? Math.abs(gradient[i] + lambda * Math.signum(theta[i]))
                    : Math.max(Math.abs(gradient[i]) - lambda, 0);
            worst = Math.max(worst, violation);
        }
        return worst;
    }
}
