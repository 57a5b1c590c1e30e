package dev.regularisation.backend.cpu;

/**
 * The kernel for matrices of few columns, such as the predictions of samples that stand one after the other: eight rows
 * of a column at a time, each a chain of its own, which hides the latency of a fused multiply-add.
 */
final class NarrowGemm implements Gemm {

    private static final int ROWS = 8;

    @Override
    public String name() {
        return "narrow";
    }

    @Override
    public void multiply(CpuTensor a, CpuTensor b, CpuTensor start, CpuTensor c) {
        int m = c.rows();
        for (int j = 0; j < c.columns(); j++) {
            int i = 0;
            for (; i + ROWS <= m; i += ROWS) {
                eight(a, i, b, j, start, c);
            }
            for (; i < m; i++) {
                one(a, i, b, j, start, c);
            }
        }
    }

    private static float start(CpuTensor start, int i, int j) {
        return start == null ? 0f : start.data()[start.offset() + i * start.rowStride() + j * start.columnStride()];
    }

    private static void one(CpuTensor a, int i, CpuTensor b, int j, CpuTensor start, CpuTensor c) {
        float[] as = a.data();
        float[] bs = b.data();
        int ai = a.offset() + i * a.rowStride();
        int bi = b.offset() + j;
        float sum = start(start, i, j);
        for (int p = 0; p < a.columns(); p++, ai += a.columnStride(), bi += b.rowStride()) {
            sum = Math.fma(as[ai], bs[bi], sum);
        }
        c.data()[c.offset() + i * c.rowStride() + j] = sum;
    }

    private static void eight(CpuTensor a, int i, CpuTensor b, int j, CpuTensor start, CpuTensor c) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        int ai = a.offset() + i * aRow;
        int bi = b.offset() + j;
        float sum0 = start(start, i, j);
        float sum1 = start(start, i + 1, j);
        float sum2 = start(start, i + 2, j);
        float sum3 = start(start, i + 3, j);
        float sum4 = start(start, i + 4, j);
        float sum5 = start(start, i + 5, j);
        float sum6 = start(start, i + 6, j);
        float sum7 = start(start, i + 7, j);
        for (int p = 0; p < k; p++, ai += aStep, bi += bStep) {
            float factor = bs[bi];
            sum0 = Math.fma(as[ai], factor, sum0);
            sum1 = Math.fma(as[ai + aRow], factor, sum1);
            sum2 = Math.fma(as[ai + 2 * aRow], factor, sum2);
            sum3 = Math.fma(as[ai + 3 * aRow], factor, sum3);
            sum4 = Math.fma(as[ai + 4 * aRow], factor, sum4);
            sum5 = Math.fma(as[ai + 5 * aRow], factor, sum5);
            sum6 = Math.fma(as[ai + 6 * aRow], factor, sum6);
            sum7 = Math.fma(as[ai + 7 * aRow], factor, sum7);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        int ci = c.offset() + i * cRow + j;
        cs[ci] = sum0;
        cs[ci + cRow] = sum1;
        cs[ci + 2 * cRow] = sum2;
        cs[ci + 3 * cRow] = sum3;
        cs[ci + 4 * cRow] = sum4;
        cs[ci + 5 * cRow] = sum5;
        cs[ci + 6 * cRow] = sum6;
        cs[ci + 7 * cRow] = sum7;
    }
}
