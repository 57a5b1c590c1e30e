package dev.regularisation.theory;

import java.util.Arrays;

/**
 * The rank of a design A, k × q, and what is left of A w = y once Householder reflections, at each step of the column with
 * the largest part orthogonal to those before it, have made it A P = Q [T; 0]: T w = Qᵀy, with T of full row rank r.
 *
 * <p>Commons Math has this as {@code RRQRDecomposition}, but tells the order of the columns by a matrix of q × q alone, which
 * wide samples have no room for: 50,000 features would take 20 GB.
 *
 * <p>Businger and Golub, "Linear least squares solutions by Householder transformations", Numerische Mathematik, 1965.
 */
final class PivotedQr {

    /** The columns of A, and y as the last: reflected in place. */
    private final double[][] column;
    private final int[] order;
    private int rank;

    private PivotedQr(double[][] column) {
        this.column = column;
        this.order = new int[column.length - 1];
        Arrays.setAll(order, j -> j);
    }

    /**
     * Decomposes.
     *
     * @param rows      k rows of A, q long, each followed by an entry of y; read only
     * @param tolerance a column is dependent if the norm of its orthogonal part is not above this
     */
    static PivotedQr of(double[][] rows, int columns, double tolerance) {
        double[][] column = new double[columns + 1][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= columns; j++) {
                column[j][i] = rows[i][j];
            }
        }
        PivotedQr result = new PivotedQr(column);
        result.decompose(tolerance);
        return result;
    }

    private void decompose(double tolerance) {
        int steps = Math.min(order.length, column[0].length);
        for (int step = 0; step < steps; step++) {
            double norm = pivot(step);
            if (!(norm > tolerance)) {
                return;
            }
            reflect(step, norm);
            rank++;
        }
    }

    /** Brings the column with the largest part from row {@code step} on to the front; the norm of that part. */
    private double pivot(int step) {
        int best = step;
        double most = -1;
        for (int j = step; j < order.length; j++) {
            double squares = 0;
            double[] v = column[order[j]];
            for (int i = step; i < v.length; i++) {
                squares += v[i] * v[i];
            }
            if (squares > most) {
                most = squares;
                best = j;
            }
        }
        int front = order[best];
        order[best] = order[step];
        order[step] = front;
        return Math.sqrt(most);
    }

    private void reflect(int step, double norm) {
        double[] pivot = column[order[step]];
        double diagonal = pivot[step] > 0 ? -norm : norm;
        pivot[step] -= diagonal;
        double half = -diagonal * pivot[step];
        for (int j = step + 1; j < column.length; j++) {
            double[] v = column[j < order.length ? order[j] : j];
            double dot = 0;
            for (int i = step; i < v.length; i++) {
                dot += pivot[i] * v[i];
            }
            double factor = dot / half;
            for (int i = step; i < v.length; i++) {
                v[i] -= factor * pivot[i];
            }
        }
        Arrays.fill(pivot, step, pivot.length, 0);
        pivot[step] = diagonal;
    }

    int rank() {
        return rank;
    }

    /** Entry of T, r × q, with the columns in the order of A. */
    double entry(int i, int j) {
        return column[j][i];
    }

    /** The first r entries of Qᵀy. */
    double[] rightHandSide() {
        return Arrays.copyOf(column[order.length], rank);
    }

    /** A w with T w = {@code target}, length r, that is 0 but for pivot columns; {@code target} is overwritten. */
    double[] basicSolution(double[] target) {
        double[] w = new double[order.length];
        for (int i = rank - 1; i >= 0; i--) {
            double value = target[i] / column[order[i]][i];
            w[order[i]] = value;
            for (int k = 0; k < i; k++) {
                target[k] -= value * column[order[i]][k];
            }
        }
        return w;
    }
}
