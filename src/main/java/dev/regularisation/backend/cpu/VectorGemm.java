package dev.regularisation.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API: tiles of C held in registers, lanes across the columns of C.
 *
 * <p>Each lane is one element of C and runs through its sum alone, so the vector width cannot change a bit. Tiles are five
 * rows by four vectors (20 accumulators, for 32 registers) or five rows by two (for 16). A tile that would run over the
 * edge is moved back to end there: it computes some elements a second time, to the same bits, which is cheaper than masks
 * and needs no second code path. Matrices narrower than one vector go to the loops.
 */
final class VectorGemm implements Gemm {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 5;
    /** AVX-512 and NEON have 32 vector registers, AVX2 has 16. */
    private static final boolean MANY_REGISTERS =
            SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch", "").equals("aarch64");

    private final Gemm narrow = new LoopGemm();
    private final boolean manyRegisters;
    private final int wide;

    /** The kernel with the tiles that suit this processor. */
    VectorGemm() {
        this(MANY_REGISTERS);
    }

    /** The kernel with tiles for 32 registers or for 16: either gives the same bits on any processor. */
    VectorGemm(boolean manyRegisters) {
        this.manyRegisters = manyRegisters;
        this.wide = (manyRegisters ? 4 : 2) * LANES;
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public void multiply(int m, int n, int k, Operand a, Operand b, float[] start, int startOffset, Operand c) {
        if (n < LANES) {
            narrow.multiply(m, n, k, a, b, start, startOffset, c);
            return;
        }
        int column = 0;
        while (column < n) {
            int width = n - column > wide - LANES && n >= wide ? wide : LANES;
            int left = Math.min(column, n - width);
            panel(m, k, width, left, a, b, start, startOffset, c);
            column = left + width;
        }
    }

    /** All rows of the columns {@code left .. left + width}. */
    private void panel(
            int m, int k, int width, int left, Operand a, Operand b, float[] start, int startOffset, Operand c) {
        int bFrom = b.offset() + left;
        int row = 0;
        while (row < m) {
            int height = m >= ROWS ? ROWS : 1;
            int top = Math.min(row, m - height);
            int aFrom = a.offset() + top * a.rowStride();
            int cFrom = c.offset() + top * c.rowStride() + left;
            int from = startOffset + top;
            if (height == 1) {
                if (width == LANES) {
                    tile1x1(k, a, aFrom, b, bFrom, start, from, c, cFrom);
                } else {
                    for (int lane = 0; lane < width; lane += 2 * LANES) {
                        tile1x2(k, a, aFrom, b, bFrom + lane, start, from, c, cFrom + lane);
                    }
                }
            } else if (width == LANES) {
                tile5x1(k, a, aFrom, b, bFrom, start, from, c, cFrom);
            } else if (manyRegisters) {
                tile5x4(k, a, aFrom, b, bFrom, start, from, c, cFrom);
            } else {
                tile5x2(k, a, aFrom, b, bFrom, start, from, c, cFrom);
            }
            row = top + height;
        }
    }

    private static FloatVector start(float[] start, int index) {
        return start == null ? FloatVector.zero(SPECIES) : FloatVector.broadcast(SPECIES, start[index]);
    }

    private static void tile1x1(
            int k, Operand a, int aFrom, Operand b, int bFrom, float[] start, int from, Operand c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = start(start, from);
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            c0 = FloatVector.fromArray(SPECIES, bs, bi).fma(FloatVector.broadcast(SPECIES, as[ai]), c0);
        }
        c0.intoArray(c.data(), cFrom);
    }

    private static void tile1x2(
            int k, Operand a, int aFrom, Operand b, int bFrom, float[] start, int from, Operand c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = start(start, from);
        FloatVector c1 = c0;
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector a0 = FloatVector.broadcast(SPECIES, as[ai]);
            c0 = FloatVector.fromArray(SPECIES, bs, bi).fma(a0, c0);
            c1 = FloatVector.fromArray(SPECIES, bs, bi + LANES).fma(a0, c1);
        }
        c0.intoArray(c.data(), cFrom);
        c1.intoArray(c.data(), cFrom + LANES);
    }

    private static void tile5x1(
            int k, Operand a, int aFrom, Operand b, int bFrom, float[] start, int from, Operand c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c0 = start(start, from);
        FloatVector c1 = start(start, from + 1);
        FloatVector c2 = start(start, from + 2);
        FloatVector c3 = start(start, from + 3);
        FloatVector c4 = start(start, from + 4);
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
            int k, Operand a, int aFrom, Operand b, int bFrom, float[] start, int from, Operand c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c00 = start(start, from);
        FloatVector c10 = start(start, from + 1);
        FloatVector c20 = start(start, from + 2);
        FloatVector c30 = start(start, from + 3);
        FloatVector c40 = start(start, from + 4);
        FloatVector c01 = c00;
        FloatVector c11 = c10;
        FloatVector c21 = c20;
        FloatVector c31 = c30;
        FloatVector c41 = c40;
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bs, bi);
            FloatVector b1 = FloatVector.fromArray(SPECIES, bs, bi + LANES);
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
        store2(c00, c01, cs, cFrom);
        store2(c10, c11, cs, cFrom + cRow);
        store2(c20, c21, cs, cFrom + 2 * cRow);
        store2(c30, c31, cs, cFrom + 3 * cRow);
        store2(c40, c41, cs, cFrom + 4 * cRow);
    }

    private static void tile5x4(
            int k, Operand a, int aFrom, Operand b, int bFrom, float[] start, int from, Operand c, int cFrom) {
        float[] as = a.data();
        float[] bs = b.data();
        int aRow = a.rowStride();
        int aStep = a.columnStride();
        int bStep = b.rowStride();
        FloatVector c00 = start(start, from);
        FloatVector c10 = start(start, from + 1);
        FloatVector c20 = start(start, from + 2);
        FloatVector c30 = start(start, from + 3);
        FloatVector c40 = start(start, from + 4);
        FloatVector c01 = c00;
        FloatVector c02 = c00;
        FloatVector c03 = c00;
        FloatVector c11 = c10;
        FloatVector c12 = c10;
        FloatVector c13 = c10;
        FloatVector c21 = c20;
        FloatVector c22 = c20;
        FloatVector c23 = c20;
        FloatVector c31 = c30;
        FloatVector c32 = c30;
        FloatVector c33 = c30;
        FloatVector c41 = c40;
        FloatVector c42 = c40;
        FloatVector c43 = c40;
        for (int p = 0, ai = aFrom, bi = bFrom; p < k; p++, ai += aStep, bi += bStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bs, bi);
            FloatVector b1 = FloatVector.fromArray(SPECIES, bs, bi + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, bs, bi + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, bs, bi + 3 * LANES);
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
        store4(c00, c01, c02, c03, cs, cFrom);
        store4(c10, c11, c12, c13, cs, cFrom + cRow);
        store4(c20, c21, c22, c23, cs, cFrom + 2 * cRow);
        store4(c30, c31, c32, c33, cs, cFrom + 3 * cRow);
        store4(c40, c41, c42, c43, cs, cFrom + 4 * cRow);
    }

    private static void store2(FloatVector v0, FloatVector v1, float[] cs, int at) {
        v0.intoArray(cs, at);
        v1.intoArray(cs, at + LANES);
    }

    private static void store4(
            FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] cs, int at) {
        store2(v0, v1, cs, at);
        store2(v2, v3, cs, at + 2 * LANES);
    }
}
