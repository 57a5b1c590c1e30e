package dev.regularisation.backend.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API: tiles of C held in registers, lanes across the columns of C.
 *
 * <p>Each lane is one element of C and runs through its sum alone, so the vector width cannot change a bit. Tiles are five
 * rows by four vectors (20 accumulators, for 32 registers) or five rows by two (for 16). Where a tile would run over the
 * edge, its last vectors or its rows are moved back to end there: some elements are computed a second time, to the same
 * bits, which is cheaper than masks and needs no second code path. Matrices narrower than one vector have chains of
 * scalars.
 */
final class VectorGemm implements Gemm {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 5;
    /** AVX-512 and NEON have 32 vector registers, AVX2 has 16. */
    private static final boolean MANY_REGISTERS =
            SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch", "").equals("aarch64");
    private static final float[] ZEROS = new float[LANES];

    private final Gemm narrow = new NarrowGemm();
    private final int wide;
    /** The starts of rows, each as often as a vector has lanes. */
    private float[] rowStarts = new float[0];

    /** The kernel with the tiles that suit this processor. */
    VectorGemm() {
        this(MANY_REGISTERS);
    }

    /** The kernel with tiles for 32 registers or for 16: either gives the same bits on any processor. */
    VectorGemm(boolean manyRegisters) {
        this.wide = (manyRegisters ? 4 : 2) * LANES;
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public void multiply(CpuTensor a, CpuTensor b, CpuTensor start, CpuTensor c) {
        if (c.columns() < LANES) {
            narrow.multiply(a, b, start, c);
        } else if (start == null) {
            panels(a, b, ZEROS, 0, 0, 0, c);
        } else if (start.columnStride() == 0) {
            panels(a, b, repeated(start), 0, LANES, 0, c);
        } else {
            panels(a, b, start.data(), start.offset(), 0, 1, c);
        }
    }

    private float[] repeated(CpuTensor start) {
        int rows = start.rows();
        if (rowStarts.length < rows * LANES) {
            rowStarts = new float[rows * LANES];
        }
        for (int i = 0; i < rows; i++) {
            Arrays.fill(rowStarts, i * LANES, (i + 1) * LANES, start.data()[start.offset() + i * start.rowStride()]);
        }
        return rowStarts;
    }

    /**
     * The sum at row i and column j begins with the vector at {@code startFrom + i · startRow + j · startColumn} of
     * {@code start}.
     */
    private void panels(
            CpuTensor a, CpuTensor b, float[] start, int startFrom, int startRow, int startColumn, CpuTensor c) {
        int n = c.columns();
        int width;
        for (int left = 0; left < n; left += width) {
            int rest = n - left;
            width = rest > 2 * LANES && wide > 2 * LANES && startColumn == 0 ? 4 * LANES : rest > LANES ? 2 * LANES : LANES;
            int from = Math.min(left, n - LANES);
            panel(a, b, from, width, start, startFrom + from * startColumn, startRow, startColumn, c);
        }
    }

    /** All rows of {@code width} columns from {@code left} on, or of as many as there are. */
    private static void panel(
            CpuTensor a, CpuTensor b, int left, int width,
            float[] start, int startFrom, int startRow, int startColumn, CpuTensor c) {
        int m = c.rows();
        // Where the second to fourth vector of a tile begins: moved back where C ends sooner.
        int last = c.columns() - LANES - left;
        int v1 = Math.min(LANES, last);
        int v2 = Math.min(2 * LANES, last);
        int v3 = Math.min(3 * LANES, last);
        int bFrom = b.offset() + left;
        int height = m >= ROWS ? ROWS : 1;
        for (int row = 0; row < m; row += height) {
            int top = Math.min(row, m - height);
            int aFrom = a.offset() + top * a.rowStride();
            int sFrom = startFrom + top * startRow;
            int cFrom = c.offset() + top * c.rowStride() + left;
            if (height == 1) {
                tile1x1(a, aFrom, b, bFrom, start, sFrom, c, cFrom);
                if (width > LANES) {
                    tile1x1(a, aFrom, b, bFrom + v1, start, sFrom + v1 * startColumn, c, cFrom + v1);
                }
                if (width > 2 * LANES) {
                    tile1x1(a, aFrom, b, bFrom + v2, start, sFrom + v2 * startColumn, c, cFrom + v2);
                    tile1x1(a, aFrom, b, bFrom + v3, start, sFrom + v3 * startColumn, c, cFrom + v3);
                }
            } else if (width == LANES) {
                tile5x1(a, aFrom, b, bFrom, start, sFrom, startRow, c, cFrom);
            } else if (width == 2 * LANES) {
                tile5x2(a, aFrom, b, bFrom, v1, start, sFrom, startRow, startColumn, c, cFrom);
            } else {
                tile5x4(a, aFrom, b, bFrom, v1, v2, v3, start, sFrom, startRow, c, cFrom);
            }
        }
    }

    private static void tile1x1(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom, float[] start, int sFrom, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = FloatVector.fromArray(SPECIES, start, sFrom);
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            c0 = FloatVector.fromArray(SPECIES, bs, bi).fma(FloatVector.broadcast(SPECIES, as[ai]), c0);
        }
        c0.intoArray(c.data(), cFrom);
    }

    private static void tile5x1(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom,
            float[] start, int sFrom, int sRow, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = FloatVector.fromArray(SPECIES, start, sFrom);
        FloatVector c1 = FloatVector.fromArray(SPECIES, start, sFrom + sRow);
        FloatVector c2 = FloatVector.fromArray(SPECIES, start, sFrom + 2 * sRow);
        FloatVector c3 = FloatVector.fromArray(SPECIES, start, sFrom + 3 * sRow);
        FloatVector c4 = FloatVector.fromArray(SPECIES, start, sFrom + 4 * sRow);
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bs, bi);
            c0 = b0.fma(FloatVector.broadcast(SPECIES, as[ai]), c0);
            c1 = b0.fma(FloatVector.broadcast(SPECIES, as[ai + aRow]), c1);
            c2 = b0.fma(FloatVector.broadcast(SPECIES, as[ai + 2 * aRow]), c2);
            c3 = b0.fma(FloatVector.broadcast(SPECIES, as[ai + 3 * aRow]), c3);
            c4 = b0.fma(FloatVector.broadcast(SPECIES, as[ai + 4 * aRow]), c4);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        c0.intoArray(cs, cFrom);
        c1.intoArray(cs, cFrom + cRow);
        c2.intoArray(cs, cFrom + 2 * cRow);
        c3.intoArray(cs, cFrom + 3 * cRow);
        c4.intoArray(cs, cFrom + 4 * cRow);
    }

    private static void tile5x2(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom, int v1,
            float[] start, int sFrom, int sRow, int sColumn, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        int s1 = sFrom + v1 * sColumn;
        FloatVector c00 = FloatVector.fromArray(SPECIES, start, sFrom);
        FloatVector c10 = FloatVector.fromArray(SPECIES, start, sFrom + sRow);
        FloatVector c20 = FloatVector.fromArray(SPECIES, start, sFrom + 2 * sRow);
        FloatVector c30 = FloatVector.fromArray(SPECIES, start, sFrom + 3 * sRow);
        FloatVector c40 = FloatVector.fromArray(SPECIES, start, sFrom + 4 * sRow);
        FloatVector c01 = FloatVector.fromArray(SPECIES, start, s1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, start, s1 + sRow);
        FloatVector c21 = FloatVector.fromArray(SPECIES, start, s1 + 2 * sRow);
        FloatVector c31 = FloatVector.fromArray(SPECIES, start, s1 + 3 * sRow);
        FloatVector c41 = FloatVector.fromArray(SPECIES, start, s1 + 4 * sRow);
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bs, bi);
            FloatVector b1 = FloatVector.fromArray(SPECIES, bs, bi + v1);
            FloatVector w = FloatVector.broadcast(SPECIES, as[ai]);
            c00 = b0.fma(w, c00);
            c01 = b1.fma(w, c01);
            w = FloatVector.broadcast(SPECIES, as[ai + aRow]);
            c10 = b0.fma(w, c10);
            c11 = b1.fma(w, c11);
            w = FloatVector.broadcast(SPECIES, as[ai + 2 * aRow]);
            c20 = b0.fma(w, c20);
            c21 = b1.fma(w, c21);
            w = FloatVector.broadcast(SPECIES, as[ai + 3 * aRow]);
            c30 = b0.fma(w, c30);
            c31 = b1.fma(w, c31);
            w = FloatVector.broadcast(SPECIES, as[ai + 4 * aRow]);
            c40 = b0.fma(w, c40);
            c41 = b1.fma(w, c41);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        store2(c00, c01, cs, cFrom, v1);
        store2(c10, c11, cs, cFrom + cRow, v1);
        store2(c20, c21, cs, cFrom + 2 * cRow, v1);
        store2(c30, c31, cs, cFrom + 3 * cRow, v1);
        store2(c40, c41, cs, cFrom + 4 * cRow, v1);
    }

    private static void tile5x4(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom, int v1, int v2, int v3,
            float[] start, int sFrom, int sRow, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c00 = FloatVector.fromArray(SPECIES, start, sFrom);
        FloatVector c10 = FloatVector.fromArray(SPECIES, start, sFrom + sRow);
        FloatVector c20 = FloatVector.fromArray(SPECIES, start, sFrom + 2 * sRow);
        FloatVector c30 = FloatVector.fromArray(SPECIES, start, sFrom + 3 * sRow);
        FloatVector c40 = FloatVector.fromArray(SPECIES, start, sFrom + 4 * sRow);
        FloatVector c01 = c00;
        FloatVector c11 = c10;
        FloatVector c21 = c20;
        FloatVector c31 = c30;
        FloatVector c41 = c40;
        FloatVector c02 = c00;
        FloatVector c12 = c10;
        FloatVector c22 = c20;
        FloatVector c32 = c30;
        FloatVector c42 = c40;
        FloatVector c03 = c00;
        FloatVector c13 = c10;
        FloatVector c23 = c20;
        FloatVector c33 = c30;
        FloatVector c43 = c40;
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bs, bi);
            FloatVector b1 = FloatVector.fromArray(SPECIES, bs, bi + v1);
            FloatVector b2 = FloatVector.fromArray(SPECIES, bs, bi + v2);
            FloatVector b3 = FloatVector.fromArray(SPECIES, bs, bi + v3);
            FloatVector w = FloatVector.broadcast(SPECIES, as[ai]);
            c00 = b0.fma(w, c00);
            c01 = b1.fma(w, c01);
            c02 = b2.fma(w, c02);
            c03 = b3.fma(w, c03);
            w = FloatVector.broadcast(SPECIES, as[ai + aRow]);
            c10 = b0.fma(w, c10);
            c11 = b1.fma(w, c11);
            c12 = b2.fma(w, c12);
            c13 = b3.fma(w, c13);
            w = FloatVector.broadcast(SPECIES, as[ai + 2 * aRow]);
            c20 = b0.fma(w, c20);
            c21 = b1.fma(w, c21);
            c22 = b2.fma(w, c22);
            c23 = b3.fma(w, c23);
            w = FloatVector.broadcast(SPECIES, as[ai + 3 * aRow]);
            c30 = b0.fma(w, c30);
            c31 = b1.fma(w, c31);
            c32 = b2.fma(w, c32);
            c33 = b3.fma(w, c33);
            w = FloatVector.broadcast(SPECIES, as[ai + 4 * aRow]);
            c40 = b0.fma(w, c40);
            c41 = b1.fma(w, c41);
            c42 = b2.fma(w, c42);
            c43 = b3.fma(w, c43);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        store4(c00, c01, c02, c03, cs, cFrom, v1, v2, v3);
        store4(c10, c11, c12, c13, cs, cFrom + cRow, v1, v2, v3);
        store4(c20, c21, c22, c23, cs, cFrom + 2 * cRow, v1, v2, v3);
        store4(c30, c31, c32, c33, cs, cFrom + 3 * cRow, v1, v2, v3);
        store4(c40, c41, c42, c43, cs, cFrom + 4 * cRow, v1, v2, v3);
    }

    private static void store2(FloatVector c0, FloatVector c1, float[] cs, int at, int v1) {
        c0.intoArray(cs, at);
        c1.intoArray(cs, at + v1);
    }

    private static void store4(
            FloatVector c0, FloatVector c1, FloatVector c2, FloatVector c3, float[] cs, int at, int v1, int v2, int v3) {
        store2(c0, c1, cs, at, v1);
        c2.intoArray(cs, at + v2);
        c3.intoArray(cs, at + v3);
    }
}
