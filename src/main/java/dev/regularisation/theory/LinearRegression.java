package dev.regularisation.theory;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The linear model x ↦ wᵀx + b that minimises
 *
 * <pre>  (1/n) Σ (wᵀxᵢ + b − yᵢ)² + (λ/2)‖w‖² + (μ/2) b²</pre>
 *
 * on samples of any number, rank and unit: what least squares and ridge are on a well-posed design, for data
 * that nobody has looked at.
 *
 * <p>Where the design determines no unique minimiser (fewer samples than coefficients, dependent or constant features), it
 * is the one with the least ‖w‖, the limit of a penalty that vanishes: an intercept without penalty is left out of the norm,
 * so that a constant feature has weight 0 and adding a constant to all labels adds it to all predictions. scikit-learn's
 * {@code LinearRegression} has the same convention. Training predictions do not depend on it, others do.
 *
 * <p>Features are centred if the intercept is free, columns are scaled to norm 1, and rows √(nλ/2) P are put underneath; the
 * whole is reduced by QR in blocks of rows, which neither squares the condition number nor copies the samples. A column
 * whose part orthogonal to the others is not above max(n, d) ε, ε = 2⁻⁵², is taken as dependent; as columns have norm 1, units
 * do not matter. Samples are exact here: columns that are dependent but for their rounding to float32 are not dependent.
 *
 * @param hasIntercept    whether there is a b
 * @param lambda          λ ≥ 0
 * @param interceptLambda μ ≥ 0; 0 without an intercept
 */
public record LinearRegression(boolean hasIntercept, double lambda, double interceptLambda) {

    private static final double EPSILON = 0x1p-52;

    private static final int LEAST_BLOCK = 256;

    private static final int REFINEMENTS = 2;

    public LinearRegression {
        Checks.nonNegative(lambda, "lambda");
        Checks.nonNegative(interceptLambda, "lambda of the intercept");
        if (!hasIntercept && interceptLambda != 0) {
            throw new IllegalArgumentException("lambda of the intercept: wanted 0 without an intercept, got " + interceptLambda);
        }
    }

    /** Least squares. */
    public LinearRegression(boolean hasIntercept) {
        this(hasIntercept, 0, 0);
    }

    /**
     * What was found.
     *
     * @param model  the minimiser
     * @param unique whether there is no other; if not, it is the one with the least ‖w‖
     */
    public record Solution(LinearModel model, boolean unique) {
    }

    /** Whether the samples are centred, which makes the intercept the mean residual; else it is one more column. */
    private boolean centred() {
        return hasIntercept && interceptLambda == 0;
    }

    private int columns(int features) {
        return features + (hasIntercept && !centred() ? 1 : 0);
    }

    private int penaltyRows(int features) {
        return lambda == 0 && interceptLambda == 0 ? 0 : columns(features);
    }

    /** How many multiplications {@link #fit} takes, but for a small factor: m k², of the design's sides k ≤ m. */
    public double multiplications(int samples, int features) {
        double rows = (double) samples + penaltyRows(features);
        double least = Math.min(rows, columns(features));
        return Math.max(rows, columns(features)) * least * least;
    }

    /** How many numbers {@link #fit} holds at a time, but for a small factor: the reduced design. */
    public double numbers(int samples, int features) {
        return Math.min((double) samples + penaltyRows(features), columns(features)) * columns(features);
    }

    /**
     * Fits the model.
     *
     * @param x samples X, row-major n × d with d ≥ 1, read only
     * @param y labels, length n ≥ 1, read only
     * @throws IllegalArgumentException if shapes differ or an entry is not finite
     */
    public Solution fit(float[] x, float[] y) {
        Checks.atLeast(1, y.length, "number of samples");
        if (x.length < y.length || x.length % y.length != 0) {
            throw new IllegalArgumentException("samples: wanted one length of at least 1, got " + x.length + " inputs for "
                    + y.length + " labels");
        }
        finite(x, "samples");
        finite(y, "labels");
        return new Problem(this, x, y).solve();
    }

    private static void finite(float[] values, String name) {
        for (float value : values) {
            Checks.finite(value, name);
        }
    }

    /** One set of samples. */
    private static final class Problem {

        private final LinearRegression kind;
        private final float[] x;
        private final float[] y;
        private final int samples;
        private final int features;
        private final int columns;
        private final double[] mean;
        private final double[] scale;
        private double meanLabel;

        private Problem(LinearRegression kind, float[] x, float[] y) {
            this.kind = kind;
            this.x = x;
            this.y = y;
            samples = y.length;
            features = x.length / y.length;
            columns = kind.columns(features);
            mean = new double[features];
            scale = new double[columns];
        }

        private Solution solve() {
            centre();
            scale();
            double[][] reduced = reduce();
            double[] coefficients = triangularSolution(reduced);
            boolean unique = coefficients != null;
            if (!unique) {
                coefficients = minimumNorm(reduced);
            }
            return new Solution(model(coefficients), unique);
        }

        private void centre() {
            if (!kind.centred()) {
                return;
            }
            for (int i = 0; i < samples; i++) {
                meanLabel += y[i];
                for (int j = 0; j < features; j++) {
                    mean[j] += x[i * features + j];
                }
            }
            meanLabel /= samples;
            for (int j = 0; j < features; j++) {
                // Equal numbers leave exactly 0: of 24 bits each, up to 2^29 of them have a sum that is not rounded.
                mean[j] /= samples;
            }
        }

        private void scale() {
            for (int i = 0; i < samples; i++) {
                for (int j = 0; j < columns; j++) {
                    scale[j] += centredEntry(i, j) * centredEntry(i, j);
                }
            }
            for (int j = 0; j < columns; j++) {
                double norm = Math.hypot(Math.sqrt(scale[j]), penaltyRoot(j));
                scale[j] = norm == 0 ? 1 : norm;
            }
        }

        private double centredEntry(int i, int j) {
            return j < features ? x[i * features + j] - mean[j] : 1;
        }

        private double penaltyRoot(int j) {
            return Math.sqrt(samples / 2.0) * Math.sqrt(j < features ? kind.lambda : kind.interceptLambda);
        }

        /** At most columns + 1 rows of (design, label) with the same minimiser; upper triangular if at least columns. */
        private double[][] reduce() {
            int all = samples + kind.penaltyRows(features);
            int block = Math.max(LEAST_BLOCK, 4 * columns);
            double[][] kept = new double[0][];
            for (int from = 0; from < all; from += block) {
                int size = Math.min(block, all - from);
                double[][] stacked = Arrays.copyOf(kept, kept.length + size);
                for (int r = 0; r < size; r++) {
                    stacked[kept.length + r] = row(from + r);
                }
                kept = stacked.length < columns ? stacked : triangle(stacked);
            }
            return kept;
        }

        private double[] row(int r) {
            double[] row = new double[columns + 1];
            if (r < samples) {
                for (int j = 0; j < columns; j++) {
                    row[j] = centredEntry(r, j) / scale[j];
                }
                row[columns] = y[r] - meanLabel;
            } else {
                row[r - samples] = penaltyRoot(r - samples) / scale[r - samples];
            }
            return row;
        }

        private double[][] triangle(double[][] rows) {
            double[][] r = new QRDecomposition(new Array2DRowRealMatrix(rows, false)).getR().getData();
            return Arrays.copyOf(r, Math.min(rows.length, columns + 1));
        }

        /** The coefficients if the columns are independent, or null. */
        private double[] triangularSolution(double[][] reduced) {
            if (reduced.length < columns) {
                return null;
            }
            for (int j = 0; j < columns; j++) {
                if (!(Math.abs(reduced[j][j]) > tolerance())) {
                    return null;
                }
            }
            double[] coefficients = new double[columns];
            for (int j = columns - 1; j >= 0; j--) {
                double sum = reduced[j][columns];
                for (int k = j + 1; k < columns; k++) {
                    sum -= reduced[j][k] * coefficients[k];
                }
                coefficients[j] = sum / reduced[j][j];
            }
            for (int j = 0; j < columns; j++) {
                coefficients[j] /= scale[j];
            }
            return coefficients;
        }

        private double tolerance() {
            return Math.max(samples, columns) * EPSILON;
        }

        /**
         * With pivoting the design is Q [T; 0] and T has as many rows as the rank. T D w = Qᵀy, with the scales in D, has many
         * solutions; the least is w = Mᵀ(M Mᵀ)⁻¹Qᵀy with M = T D, and M Mᵀ = RᵀR from the QR decomposition of Mᵀ, which is
         * about as accurate as Q itself. Paige, "An error analysis of a method for solving matrix equations", Mathematics of
         * Computation, 1973.
         */
        private double[] minimumNorm(double[][] reduced) {
            PivotedQr pivoted = PivotedQr.of(reduced, columns, tolerance());
            int rank = pivoted.rank();
            if (rank == 0) {
                return new double[columns];
            }
            RealMatrix transposed = new Array2DRowRealMatrix(columns, rank);
            for (int j = 0; j < columns; j++) {
                for (int i = 0; i < rank; i++) {
                    transposed.setEntry(j, i, pivoted.entry(i, j) * scale[j]);
                }
            }
            RealMatrix upper = new QRDecomposition(transposed).getR().getSubMatrix(0, rank - 1, 0, rank - 1);
            RealVector solution = new ArrayRealVector(pivoted.rightHandSide());
            MatrixUtils.solveLowerTriangularSystem(upper.transpose(), solution);
            MatrixUtils.solveUpperTriangularSystem(upper, solution);
            return refined(transposed.operate(solution), transposed, pivoted).toArray();
        }

        /** Scales that differ by more than 1/ε leave an error in M w = Qᵀy, which pivot columns alone, in their scales, take up. */
        private RealVector refined(RealVector coefficients, RealMatrix transposed, PivotedQr pivoted) {
            RealVector target = new ArrayRealVector(pivoted.rightHandSide());
            for (int step = 0; step < REFINEMENTS; step++) {
                double[] scaled = pivoted.basicSolution(target.subtract(transposed.preMultiply(coefficients)).toArray());
                for (int j = 0; j < columns; j++) {
                    coefficients.addToEntry(j, scaled[j] / scale[j]);
                }
            }
            return coefficients;
        }

        private LinearModel model(double[] coefficients) {
            double[] weights = Arrays.copyOf(coefficients, features);
            if (!kind.centred()) {
                return new LinearModel(weights, kind.hasIntercept ? coefficients[features] : 0);
            }
            double intercept = meanLabel;
            for (int j = 0; j < features; j++) {
                intercept -= weights[j] * mean[j];
            }
            return new LinearModel(weights, intercept);
        }
    }
}
