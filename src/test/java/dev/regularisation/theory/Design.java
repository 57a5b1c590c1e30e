package dev.regularisation.theory;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** The matrix X̃ = [X 1] of samples with a last column of ones for the intercept, and what regressions do with it. */
final class Design {

    private Design() {
    }

    /** X̃, n × (d + 1), of samples n × d. */
    static RealMatrix of(double[][] samples) {
        double[][] rows = Checks.table(samples, "samples");
        int features = rows[0].length;
        RealMatrix design = new Array2DRowRealMatrix(rows.length, features + 1);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < features; j++) {
                design.setEntry(i, j, rows[i][j]);
            }
            design.setEntry(i, features, 1);
        }
        return design;
    }

    /** The model whose coefficients are the weights followed by the intercept, length d + 1. */
    static LinearModel model(double[] coefficients) {
        int features = coefficients.length - 1;
        return new LinearModel(Arrays.copyOf(coefficients, features), coefficients[features]);
    }

    /** The Hessian 2X̃ᵀX̃/n of the mean squared error, over the weights and the intercept. */
    static RealMatrix hessian(RealMatrix design) {
        return design.transpose().multiply(design).scalarMultiply(2.0 / design.getRowDimension());
    }

    /**
     * The QR decomposition of a matrix of full column rank, so that regression never squares the condition number.
     *
     * <p>A column whose part orthogonal to those before it is below max(n, d) ε of the largest such part is taken as
     * dependent.
     */
    static QRDecomposition fullRank(RealMatrix matrix, String remedy) {
        int rows = matrix.getRowDimension();
        int columns = matrix.getColumnDimension();
        if (rows < columns) {
            throw new IllegalArgumentException("least squares needs at least " + columns + " samples for " + columns
                    + " coefficients, got " + rows + "; " + remedy);
        }
        QRDecomposition decomposition = new QRDecomposition(matrix);
        RealMatrix triangular = decomposition.getR();
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < columns; j++) {
            double pivot = Math.abs(triangular.getEntry(j, j));
            largest = Math.max(largest, pivot);
            smallest = Math.min(smallest, pivot);
        }
        if (!(smallest > rows * 0x1p-52 * largest)) {
            throw new IllegalArgumentException("the columns of the design, a constant included, must be linearly"
                    + " independent; " + remedy);
        }
        return decomposition;
    }
}
