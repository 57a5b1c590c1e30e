package dev.regularisation.theory;

import java.util.Objects;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A quadratic loss with weight decay, J(θ) + (λ/2)‖θ‖², and two independent ways to its minimiser;
 * {@link GradientDescent} is a third.
 *
 * <p>All three satisfy (H + λI)θ = Hw to within a few n ε (h₁ + λ)‖w‖, whatever the conditioning, with ε = 2⁻⁵². They
 * therefore agree with each other to within a few n ε κ‖w‖, where κ = (h₁ + λ)/(hₙ + λ) is the
 * {@linkplain #conditionNumber() condition number}.
 */
public record QuadraticWithL2(QuadraticLoss loss, double lambda) implements Objective {

    public QuadraticWithL2 {
        Objects.requireNonNull(loss, "loss");
        Checks.nonNegative(lambda, "lambda");
    }

    /** The minimiser Q diag(h/(h + λ)) Qᵀ w; at λ = 0 the minimiser of smallest norm. */
    public double[] closedForm() {
        return shrinkage().shrink(loss.minimiser());
    }

    /**
     * The minimiser as the solution of (H + λI)θ = Hw, by Cholesky decomposition and without the eigenbasis.
     *
     * @throws IllegalStateException if H + λI is singular in double precision
     */
    public double[] linearSolve() {
        if (!(conditionNumber() < 0x1p52)) {
            throw new IllegalStateException("H + λI must be invertible, but its condition number is "
                    + conditionNumber() + " at λ = " + lambda + "; use a larger λ or closedForm()");
        }
        RealMatrix hessian = loss.hessian();
        RealMatrix penalised = hessian.add(MatrixUtils.createRealIdentityMatrix(dimensions()).scalarMultiply(lambda));
        RealMatrix symmetric = penalised.add(penalised.transpose()).scalarMultiply(0.5);
        double asymmetry = CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD;
        double smallestPivot = 0;
        return new CholeskyDecomposition(symmetric, asymmetry, smallestPivot)
                .getSolver()
                .solve(MatrixUtils.createRealVector(hessian.operate(loss.minimiser())))
                .toArray();
    }

    /** The condition number (h₁ + λ)/(hₙ + λ) of H + λI; infinite when H is singular and λ = 0. */
    public double conditionNumber() {
        double smallest = loss.eigenbasis().smallest() + lambda;
        return smallest == 0 ? Double.POSITIVE_INFINITY : curvature() / smallest;
    }

    public EigenShrinkage shrinkage() {
        return new EigenShrinkage(loss.eigenbasis(), lambda);
    }

    /** What the penalty costs in data loss: {@link EigenShrinkage#price} at this loss's minimiser. */
    public double price() {
        return shrinkage().price(loss.minimiser());
    }

    @Override
    public int dimensions() {
        return loss.dimensions();
    }

    /** J(θ) + (λ/2)‖θ‖². */
    @Override
    public double value(double[] theta) {
        double squares = 0;
        for (double parameter : theta) {
            squares += parameter * parameter;
        }
        return loss.value(theta) + lambda / 2 * squares;
    }

    /** H(θ − w) + λθ. */
    @Override
    public double[] gradient(double[] theta) {
        double[] gradient = loss.gradient(theta);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += lambda * theta[i];
        }
        return gradient;
    }

    @Override
    public double curvature() {
        return loss.curvature() + lambda;
    }
}
