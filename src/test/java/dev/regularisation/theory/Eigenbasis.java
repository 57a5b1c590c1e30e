package dev.regularisation.theory;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The eigenvalues and orthonormal eigenvectors of a symmetric positive semidefinite matrix: H = Q diag(h) Qᵀ, h
 * descending.
 *
 * <p>The decomposition is backward stable: its eigenvalues are off by a few n ε h₁, where ε = 2⁻⁵², n is the dimension
 * and h₁ the largest eigenvalue. An eigenvalue within {@link #NOISE} n ε h₁ of zero is therefore rounding noise and is
 * set to exactly 0, so that a direction without curvature is recognised as such; a more negative one is refused.
 */
public final class Eigenbasis {

    /** 4.6 n ε h₁ was the largest error seen in 10,000 matrices of 1 to 12 dimensions, 1.4 in 600 of 5 to 51. */
    static final double NOISE = 16;

    private static final double EPSILON = 0x1p-52;

    private final double[] eigenvalues;
    private final RealMatrix vectors;

    private Eigenbasis(double[] eigenvalues, RealMatrix vectors) {
        this.eigenvalues = eigenvalues;
        this.vectors = vectors;
    }

    /**
     * Decomposes a symmetric positive semidefinite matrix.
     *
     * @param matrix n × n, read only; what rounding has left of asymmetry is averaged out
     * @throws IllegalArgumentException if it is not square, finite, symmetric and positive semidefinite to within
     * rounding
     */
    public static Eigenbasis of(RealMatrix matrix) {
        RealMatrix symmetric = symmetric(matrix);
        EigenDecomposition decomposition = new EigenDecomposition(symmetric);
        double[] values = decomposition.getRealEigenvalues();
        double norm = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        double noise = NOISE * values.length * EPSILON * norm;
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= -noise)) {
                throw new IllegalArgumentException("the matrix must be positive semidefinite, but has eigenvalue "
                        + values[i] + "; only at a minimum is a loss's Hessian so");
            }
            values[i] = values[i] <= noise ? 0 : values[i];
        }
        return new Eigenbasis(values, decomposition.getV());
    }

    private static RealMatrix symmetric(RealMatrix matrix) {
        int n = matrix.getRowDimension();
        if (!matrix.isSquare()) {
            throw new IllegalArgumentException(
                    "the matrix must be square, got [" + n + " x " + matrix.getColumnDimension() + "]");
        }
        Checks.table(matrix.getData(), "matrix");
        RealMatrix transposed = matrix.transpose();
        double asymmetry = matrix.subtract(transposed).getFrobeniusNorm();
        if (!(asymmetry <= NOISE * n * EPSILON * matrix.getFrobeniusNorm())) {
            throw new IllegalArgumentException("the matrix must be symmetric, but differs from its transpose by "
                    + asymmetry + " (Frobenius); use (H + Hᵀ)/2 if that is meant");
        }
        return matrix.add(transposed).scalarMultiply(0.5);
    }

    public int dimensions() {
        return eigenvalues.length;
    }

    /** The eigenvalues h₁ ≥ h₂ ≥ … ≥ 0, length n, a copy. */
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** The orthonormal eigenvectors Q as columns, n × n, in the order of {@link #eigenvalues()}, a copy. */
    public RealMatrix eigenvectors() {
        return vectors.copy();
    }

    public double largest() {
        return eigenvalues[0];
    }

    public double smallest() {
        return eigenvalues[eigenvalues.length - 1];
    }

    /** The coordinates Qᵀv of a vector along the eigenvectors. */
    public double[] coordinates(double[] vector) {
        return vectors.preMultiply(Checks.finite(vector, dimensions(), "vector"));
    }

    /** The vector Qa with the given coordinates along the eigenvectors. */
    public double[] vector(double[] coordinates) {
        return vectors.operate(Checks.finite(coordinates, dimensions(), "coordinates"));
    }

    /** Stretches a vector along each eigenvector: Q diag(factors) Qᵀ v. */
    public double[] scale(double[] vector, double[] factors) {
        double[] along = coordinates(vector);
        return vector(MatrixUtils.createRealVector(along).ebeMultiply(MatrixUtils.createRealVector(factors)).toArray());
    }
}
