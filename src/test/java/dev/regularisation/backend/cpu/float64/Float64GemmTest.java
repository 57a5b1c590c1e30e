package dev.regularisation.backend.cpu.float64;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the contract does not reach: the tiles of the other kind of processor, and rows longer than a strip of the loops. */
class Float64GemmTest {

    private static final int[] SIZES = {1, 4, 5, 6, 8, 17, 32, 33, 65, 513};
    private static final int TERMS = 7;

    @Test
    @DisplayName("every kernel has the bits of the triple loop in double, from 0, from a column and from a row")
    void equalsTripleLoop() {
        Random random = new Random(1);
        for (Gemm kernel : List.of(new LoopGemm(), new VectorGemm(true), new VectorGemm(false), new NarrowGemm())) {
            for (int m : SIZES) {
                for (int n : SIZES) {
                    CpuTensor a = matrix(m, TERMS, random);
                    CpuTensor b = matrix(TERMS, n, random);
                    check(kernel, a, b, null);
                    check(kernel, a, b, matrix(m, 1, random).repeated());
                    check(kernel, a, b, matrix(n, 1, random).repeated().transposed());
                }
            }
        }
    }

    private static void check(Gemm kernel, CpuTensor a, CpuTensor b, CpuTensor start) {
        int m = a.rows();
        int n = b.columns();
        double[] expected = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = start == null ? 0 : start.data()[start.index(i, j)];
                for (int p = 0; p < TERMS; p++) {
                    sum = Math.fma(a.data()[a.index(i, p)], b.data()[b.index(p, j)], sum);
                }
                expected[i * n + j] = sum;
            }
        }
        CpuTensor c = CpuTensor.byRow(new double[m * n], 0, m, n);

        kernel.multiply(a, b, start, c);

        assertThat(c.data()).as("%s, %d x %d, from %s", kernel.name(), m, n, start).isEqualTo(expected);
    }

    private static CpuTensor matrix(int rows, int columns, Random random) {
        return CpuTensor.byRow(random.doubles((long) rows * columns, -1, 1).toArray(), 0, rows, columns);
    }
}
