package dev.regularisation.theory;

import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A loss near its minimum: J(θ) = ½(θ − w)ᵀH(θ − w) + c with a symmetric positive semidefinite Hessian H.
 *
 * <p>Where H is singular w is one minimiser of many.
 */
public final class QuadraticLoss implements Objective {

    private final RealMatrix hessian;
    private final Eigenbasis eigenbasis;
    private final double[] minimiser;
    private final double minimum;

    /**
     * The loss with the given second-order expansion.
     *
     * @param hessian   H, n × n, symmetric positive semidefinite; read only
     * @param minimiser w, length n; read only
     * @param minimum   c, the loss at w
     * @throws IllegalArgumentException if the shapes differ, an entry is not finite, or H is not as required
     */
    public QuadraticLoss(RealMatrix hessian, double[] minimiser, double minimum) {
        this.eigenbasis = Eigenbasis.of(hessian);
        this.hessian = hessian.copy();
        this.minimiser = Checks.finite(minimiser, eigenbasis.dimensions(), "minimiser");
        this.minimum = Checks.finite(minimum, "minimum");
    }

    /** The loss ½ Σ hᵢ (θᵢ − wᵢ)², whose directions do not interact. */
    public static QuadraticLoss diagonal(double[] curvatures, double[] minimiser) {
        return new QuadraticLoss(MatrixUtils.createRealDiagonalMatrix(curvatures), minimiser, 0);
    }

    @Override
    public int dimensions() {
        return minimiser.length;
    }

    public RealMatrix hessian() {
        return hessian.copy();
    }

    public Eigenbasis eigenbasis() {
        return eigenbasis;
    }

    /** A copy of w. */
    public double[] minimiser() {
        return minimiser.clone();
    }

    /** The value c at the minimiser. */
    public double minimum() {
        return minimum;
    }

    @Override
    public double value(double[] theta) {
        return excess(theta) + minimum;
    }

    /** How far above its minimum the loss stands, ½(θ − w)ᵀH(θ − w), free of the cancellation in J(θ) − c. */
    public double excess(double[] theta) {
        double[] gradient = gradient(theta);
        double sum = 0;
        for (int i = 0; i < theta.length; i++) {
            sum += (theta[i] - minimiser[i]) * gradient[i];
        }
        return sum / 2;
    }

    /** The gradient H(θ − w). */
    @Override
    public double[] gradient(double[] theta) {
        double[] offset = Checks.finite(theta, dimensions(), "theta");
        for (int i = 0; i < offset.length; i++) {
            offset[i] -= minimiser[i];
        }
        return hessian.operate(offset);
    }

    @Override
    public double curvature() {
        return eigenbasis.largest();
    }
}
