package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PivotedQrTest {

    @Test
    @DisplayName("TᵀT is AᵀA, TᵀQᵀy is Aᵀy, and T has as many rows as A has rank; a basic solution solves T w = Qᵀy")
    void factorisation() {
        Random random = new Random(1);
        for (int[] size : new int[][] {{7, 4, 4}, {4, 7, 4}, {7, 5, 3}, {5, 7, 2}}) {
            int rank = size[2];
            RealMatrix a = uniform(size[0], rank, random).multiply(uniform(rank, size[1], random));
            RealMatrix y = uniform(size[0], 1, random);
            RealMatrix rows = new Array2DRowRealMatrix(size[0], size[1] + 1);
            rows.setSubMatrix(a.getData(), 0, 0);
            rows.setSubMatrix(y.getData(), 0, size[1]);

            PivotedQr pivoted = PivotedQr.of(rows.getData(), size[1], 1e-12);

            assertThat(pivoted.rank()).isEqualTo(rank);
            RealMatrix t = new Array2DRowRealMatrix(rank, size[1]);
            for (int i = 0; i < rank; i++) {
                for (int j = 0; j < size[1]; j++) {
                    t.setEntry(i, j, pivoted.entry(i, j));
                }
            }
            RealMatrix right = new Array2DRowRealMatrix(pivoted.rightHandSide());
            double[] basic = pivoted.basicSolution(pivoted.rightHandSide());
            requireClose(t.transpose().multiply(t), a.transpose().multiply(a));
            requireClose(t.transpose().multiply(right), a.transpose().multiply(y));
            requireClose(t.multiply(new Array2DRowRealMatrix(basic)), right);
            assertThat(Arrays.stream(basic).filter(w -> w != 0)).hasSize(rank);
        }
    }

    private static RealMatrix uniform(int rows, int columns, Random random) {
        RealMatrix matrix = new Array2DRowRealMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            matrix.setRow(i, random.doubles(columns).map(u -> 2 * u - 1).toArray());
        }
        return matrix;
    }

    private static void requireClose(RealMatrix actual, RealMatrix expected) {
        assertThat(actual.subtract(expected).getFrobeniusNorm()).isLessThan(1e-12);
    }
}
