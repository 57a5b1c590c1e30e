package dev.regularisation.backend.cpu;

import java.util.Arrays;

/**
 * The kernel in plain loops, for a JVM without the Vector API module.
 *
 * <p>The JIT compiler vectorises a loop over columns when its sources and its one target are different arrays. So each
 * strip of B is first copied into rows of its own, and a row of C takes four terms at a time, nested so that the chain
 * keeps its order; four terms pay for one load and one store of the sums.
 */
final class LoopGemm implements Gemm {

    private static final int STRIP = 512;
    private static final int TERMS = 4;
    /** Narrower products stay out of the blocked loop: the compiler unrolls it for the mean trip count it has seen. */
    private static final int NARROW = 64;

    private float[][] rows = new float[0][];
    private final float[] sums = new float[STRIP];

    @Override
    public String name() {
        return "loops";
    }

    @Override
    public void multiply(CpuTensor a, CpuTensor b, CpuTensor start, CpuTensor c) {
        int n = c.columns();
        int k = a.columns();
        reserve(k);
        for (int left = 0; left < n; left += STRIP) {
            int width = Math.min(STRIP, n - left);
            for (int p = 0; p < k; p++) {
                System.arraycopy(b.data(), b.offset() + p * b.rowStride() + left, rows[p], 0, width);
            }
            for (int i = 0; i < c.rows(); i++) {
                begin(start, i, left, width);
                accumulate(width, k, a.data(), a.offset() + i * a.rowStride(), a.columnStride());
                System.arraycopy(sums, 0, c.data(), c.offset() + i * c.rowStride() + left, width);
            }
        }
    }

    private void begin(CpuTensor start, int row, int left, int width) {
        if (start == null) {
            Arrays.fill(sums, 0, width, 0f);
        } else if (start.columnStride() == 0) {
            Arrays.fill(sums, 0, width, start.data()[start.offset() + row * start.rowStride()]);
        } else {
            System.arraycopy(start.data(), start.offset() + left, sums, 0, width);
        }
    }

    private void accumulate(int width, int k, float[] a, int from, int step) {
        int p = 0;
        int at = from;
        int blocked = width < NARROW ? 0 : k - k % TERMS;
        for (; p < blocked; p += TERMS, at += TERMS * step) {
            fourTerms(width, sums, a[at], rows[p], a[at + step], rows[p + 1],
                    a[at + 2 * step], rows[p + 2], a[at + 3 * step], rows[p + 3]);
        }
        for (; p < k; p++, at += step) {
            oneTerm(width, sums, a[at], rows[p]);
        }
    }

    private static void fourTerms(
            int width, float[] sums,
            float a0, float[] b0, float a1, float[] b1, float a2, float[] b2, float a3, float[] b3) {
        for (int j = 0; j < width; j++) {
            sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
        }
    }

    private static void oneTerm(int width, float[] sums, float a, float[] b) {
        for (int j = 0; j < width; j++) {
            sums[j] = Math.fma(a, b[j], sums[j]);
        }
    }

    private void reserve(int k) {
        if (rows.length < k) {
            rows = new float[k][STRIP];
        }
    }
}
