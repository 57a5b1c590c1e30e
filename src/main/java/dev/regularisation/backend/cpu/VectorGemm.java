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
    private final boolean manyRegisters;
    private final int wide;
    /** The starts of rows, each as often as a vector has lanes. */
    private float[] rowStarts = new float[0];

    /** The kernel with the tiles that suit this processor. */
    VectorGemm() {
        this(MANY_REGISTERS);
    }

    /** The kernel with tiles for 32 registers or for 16: either gives the same bits on any processor. */
    VectorGemm(boolean manyRegisters) {
        this.manyRegisters = manyRegisters;
        this.wide = (manyRegisters ? 4 : 2) * LANES;
    }

    /** Width of this JVM's vectors. */
    static int bits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public String name() {
        return "vector-" + bits();
    }

    @Override
    public void multiply(CpuTensor a, CpuTensor b, CpuTensor start, CpuTensor c) {
        int n = c.columns();
        if (n < LANES) {
            narrow.multiply(a, b, start, c);
            return;
        }
        boolean byRow = start == null || start.columnStride() == 0;
        int left = 0;
        if (byRow) {
            float[] starts = start == null ? ZEROS : start.data();
            int from = start == null ? 0 : start.offset();
            int step = start == null ? 0 : start.rowStride();
            for (; left < n && n >= wide; left += wide) {
                widePanel(a, b, Math.min(left, n - wide), starts, from, step, c);
            }
        }
        if (left > 0) {
            return;
        }
        if (start == null) {
            narrowPanels(a, b, ZEROS, 0, 0, 0, c);
        } else if (byRow) {
            narrowPanels(a, b, repeated(start), 0, LANES, 0, c);
        } else {
            narrowPanels(a, b, start.data(), start.offset(), 0, 1, c);
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

    /** All rows of the columns {@code left .. left + wide}; sums of row i begin at {@code start[from + i · step]}. */
    private void widePanel(CpuTensor a, CpuTensor b, int left, float[] start, int from, int step, CpuTensor c) {
        int m = c.rows();
        int bFrom = b.offset() + left;
        int height = m >= ROWS ? ROWS : 1;
        for (int row = 0; row < m; row += height) {
            int top = Math.min(row, m - height);
            int aFrom = a.offset() + top * a.rowStride();
            int sFrom = from + top * step;
            int cFrom = c.offset() + top * c.rowStride() + left;
            if (!manyRegisters) {
                if (height == ROWS) {
                    tile5x2(a, aFrom, b, bFrom, start, sFrom, step, c, cFrom);
                } else {
                    tile1x2(a, aFrom, b, bFrom, start, sFrom, c, cFrom);
                }
            } else if (height == ROWS) {
                tile5x4(a, aFrom, b, bFrom, start, sFrom, step, c, cFrom);
            } else {
                tile1x4(a, aFrom, b, bFrom, start, sFrom, c, cFrom);
            }
        }
    }

    /**
     * All columns in panels of at most two vectors, the second moved back to the edge of C. The sum at row i and column j
     * begins with the vector at {@code startFrom + i · startRow + j · startColumn} of {@code start}.
     */
    private static void narrowPanels(
            CpuTensor a, CpuTensor b, float[] start, int startFrom, int startRow, int startColumn, CpuTensor c) {
        int n = c.columns();
        for (int next = 0; next < n; next += 2 * LANES) {
            int left = Math.min(next, Math.max(0, n - (n - next > LANES ? 2 * LANES : LANES)));
            narrowPanel(a, b, left, Math.min(LANES, n - left - LANES),
                    start, startFrom + left * startColumn, startRow, startColumn, c);
        }
    }

    /** All rows of a vector at {@code left} and, unless {@code second} is 0, of one {@code second} columns further on. */
    private static void narrowPanel(
            CpuTensor a, CpuTensor b, int left, int second,
            float[] start, int startFrom, int startRow, int startColumn, CpuTensor c) {
        int m = c.rows();
        int bFrom = b.offset() + left;
        int height = m >= ROWS ? ROWS : 1;
        for (int row = 0; row < m; row += height) {
            int top = Math.min(row, m - height);
            int aFrom = a.offset() + top * a.rowStride();
            int sFrom = startFrom + top * startRow;
            int cFrom = c.offset() + top * c.rowStride() + left;
            if (height == 1) {
                tile1x1(a, aFrom, b, bFrom, start, sFrom, c, cFrom);
                if (second > 0) {
                    tile1x1(a, aFrom, b, bFrom + second, start, sFrom + second * startColumn, c, cFrom + second);
                }
            } else if (second == 0) {
                tile5x1(a, aFrom, b, bFrom, start, sFrom, startRow, c, cFrom);
            } else {
                tile5x2(a, aFrom, b, bFrom, second, start, sFrom, startRow, second * startColumn, c, cFrom);
            }
        }
    }

    private static FloatVector broadcast(float[] values, int at) {
        return FloatVector.broadcast(SPECIES, values[at]);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(SPECIES, values, at);
    }

    private static void tile1x1(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom, float[] start, int sFrom, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = load(start, sFrom);
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            c0 = load(bs, bi).fma(broadcast(as, ai), c0);
        }
        c0.intoArray(c.data(), cFrom);
    }

    private static void tile1x2(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom, float[] start, int sFrom, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = broadcast(start, sFrom);
        FloatVector c1 = c0;
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector w = broadcast(as, ai);
            c0 = load(bs, bi).fma(w, c0);
            c1 = load(bs, bi + LANES).fma(w, c1);
        }
        c0.intoArray(c.data(), cFrom);
        c1.intoArray(c.data(), cFrom + LANES);
    }

    private static void tile1x4(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom, float[] start, int sFrom, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = broadcast(start, sFrom);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector w = broadcast(as, ai);
            c0 = load(bs, bi).fma(w, c0);
            c1 = load(bs, bi + LANES).fma(w, c1);
            c2 = load(bs, bi + 2 * LANES).fma(w, c2);
            c3 = load(bs, bi + 3 * LANES).fma(w, c3);
        }
        store4(c0, c1, c2, c3, c.data(), cFrom);
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
        FloatVector c0 = load(start, sFrom);
        FloatVector c1 = load(start, sFrom + sRow);
        FloatVector c2 = load(start, sFrom + 2 * sRow);
        FloatVector c3 = load(start, sFrom + 3 * sRow);
        FloatVector c4 = load(start, sFrom + 4 * sRow);
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = load(bs, bi);
            c0 = b0.fma(broadcast(as, ai), c0);
            c1 = b0.fma(broadcast(as, ai + aRow), c1);
            c2 = b0.fma(broadcast(as, ai + 2 * aRow), c2);
            c3 = b0.fma(broadcast(as, ai + 3 * aRow), c3);
            c4 = b0.fma(broadcast(as, ai + 4 * aRow), c4);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        c0.intoArray(cs, cFrom);
        c1.intoArray(cs, cFrom + cRow);
        c2.intoArray(cs, cFrom + 2 * cRow);
        c3.intoArray(cs, cFrom + 3 * cRow);
        c4.intoArray(cs, cFrom + 4 * cRow);
    }

    /** The second vector {@code second} columns further on, and both with starts of their own. */
    private static void tile5x2(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom, int second,
            float[] start, int sFrom, int sRow, int sSecond, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        int s1 = sFrom + sSecond;
        FloatVector c00 = load(start, sFrom);
        FloatVector c10 = load(start, sFrom + sRow);
        FloatVector c20 = load(start, sFrom + 2 * sRow);
        FloatVector c30 = load(start, sFrom + 3 * sRow);
        FloatVector c40 = load(start, sFrom + 4 * sRow);
        FloatVector c01 = load(start, s1);
        FloatVector c11 = load(start, s1 + sRow);
        FloatVector c21 = load(start, s1 + 2 * sRow);
        FloatVector c31 = load(start, s1 + 3 * sRow);
        FloatVector c41 = load(start, s1 + 4 * sRow);
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = load(bs, bi);
            FloatVector b1 = load(bs, bi + second);
            FloatVector w = broadcast(as, ai);
            c00 = b0.fma(w, c00);
            c01 = b1.fma(w, c01);
            w = broadcast(as, ai + aRow);
            c10 = b0.fma(w, c10);
            c11 = b1.fma(w, c11);
            w = broadcast(as, ai + 2 * aRow);
            c20 = b0.fma(w, c20);
            c21 = b1.fma(w, c21);
            w = broadcast(as, ai + 3 * aRow);
            c30 = b0.fma(w, c30);
            c31 = b1.fma(w, c31);
            w = broadcast(as, ai + 4 * aRow);
            c40 = b0.fma(w, c40);
            c41 = b1.fma(w, c41);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        store2(c00, c01, cs, cFrom, second);
        store2(c10, c11, cs, cFrom + cRow, second);
        store2(c20, c21, cs, cFrom + 2 * cRow, second);
        store2(c30, c31, cs, cFrom + 3 * cRow, second);
        store2(c40, c41, cs, cFrom + 4 * cRow, second);
    }

    /** Neighbouring vectors whose sums begin with the one start of their row: fewer operations for the compiler to inline. */
    private static void tile5x2(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom,
            float[] start, int sFrom, int sRow, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c00 = broadcast(start, sFrom);
        FloatVector c10 = broadcast(start, sFrom + sRow);
        FloatVector c20 = broadcast(start, sFrom + 2 * sRow);
        FloatVector c30 = broadcast(start, sFrom + 3 * sRow);
        FloatVector c40 = broadcast(start, sFrom + 4 * sRow);
        FloatVector c01 = c00;
        FloatVector c11 = c10;
        FloatVector c21 = c20;
        FloatVector c31 = c30;
        FloatVector c41 = c40;
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = load(bs, bi);
            FloatVector b1 = load(bs, bi + LANES);
            FloatVector w = broadcast(as, ai);
            c00 = b0.fma(w, c00);
            c01 = b1.fma(w, c01);
            w = broadcast(as, ai + aRow);
            c10 = b0.fma(w, c10);
            c11 = b1.fma(w, c11);
            w = broadcast(as, ai + 2 * aRow);
            c20 = b0.fma(w, c20);
            c21 = b1.fma(w, c21);
            w = broadcast(as, ai + 3 * aRow);
            c30 = b0.fma(w, c30);
            c31 = b1.fma(w, c31);
            w = broadcast(as, ai + 4 * aRow);
            c40 = b0.fma(w, c40);
            c41 = b1.fma(w, c41);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        store2(c00, c01, cs, cFrom, LANES);
        store2(c10, c11, cs, cFrom + cRow, LANES);
        store2(c20, c21, cs, cFrom + 2 * cRow, LANES);
        store2(c30, c31, cs, cFrom + 3 * cRow, LANES);
        store2(c40, c41, cs, cFrom + 4 * cRow, LANES);
    }

    private static void tile5x4(
            CpuTensor a, int aFrom, CpuTensor b, int bFrom,
            float[] start, int sFrom, int sRow, CpuTensor c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int k = a.columns();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c00 = broadcast(start, sFrom);
        FloatVector c10 = broadcast(start, sFrom + sRow);
        FloatVector c20 = broadcast(start, sFrom + 2 * sRow);
        FloatVector c30 = broadcast(start, sFrom + 3 * sRow);
        FloatVector c40 = broadcast(start, sFrom + 4 * sRow);
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
            FloatVector b0 = load(bs, bi);
            FloatVector b1 = load(bs, bi + LANES);
            FloatVector b2 = load(bs, bi + 2 * LANES);
            FloatVector b3 = load(bs, bi + 3 * LANES);
            FloatVector w = broadcast(as, ai);
            c00 = b0.fma(w, c00);
            c01 = b1.fma(w, c01);
            c02 = b2.fma(w, c02);
            c03 = b3.fma(w, c03);
            w = broadcast(as, ai + aRow);
            c10 = b0.fma(w, c10);
            c11 = b1.fma(w, c11);
            c12 = b2.fma(w, c12);
            c13 = b3.fma(w, c13);
            w = broadcast(as, ai + 2 * aRow);
            c20 = b0.fma(w, c20);
            c21 = b1.fma(w, c21);
            c22 = b2.fma(w, c22);
            c23 = b3.fma(w, c23);
            w = broadcast(as, ai + 3 * aRow);
            c30 = b0.fma(w, c30);
            c31 = b1.fma(w, c31);
            c32 = b2.fma(w, c32);
            c33 = b3.fma(w, c33);
            w = broadcast(as, ai + 4 * aRow);
            c40 = b0.fma(w, c40);
            c41 = b1.fma(w, c41);
            c42 = b2.fma(w, c42);
            c43 = b3.fma(w, c43);
        }
        float[] cs = c.data();
        int cRow = c.rowStride();
        store4(c00, c01, c02, c03, cs, cFrom);
        store4(c10, c11, c12, c13, cs, cFrom + cRow);
        store4(c20, c21, c22, c23, cs, cFrom + 2 * cRow);
        store4(c30, c31, c32, c33, cs, cFrom + 3 * cRow);
        store4(c40, c41, c42, c43, cs, cFrom + 4 * cRow);
    }

    private static void store2(FloatVector c0, FloatVector c1, float[] cs, int at, int second) {
        c0.intoArray(cs, at);
        c1.intoArray(cs, at + second);
    }

    private static void store4(
            FloatVector c0, FloatVector c1, FloatVector c2, FloatVector c3, float[] cs, int at) {
        store2(c0, c1, cs, at, LANES);
        store2(c2, c3, cs, at + 2 * LANES, LANES);
    }
}
