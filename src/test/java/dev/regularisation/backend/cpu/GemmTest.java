package dev.regularisation.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The kernels of the matrix product have the bits of the textbook loop: no tolerance, whatever shape, stride or value. */
class GemmTest {

    @Example
    @Label("gemm.both-kernels-are-tested: the suite runs with the Vector API module, so that no kernel goes untested")
    void vectorModuleIsPresent() {
        assertThat(Kernel.VECTOR.isAvailable()).isTrue();
    }

    @Example
    @Label("kernel.fastest: vectors from 256 bits on, and Arm's 128; the loops where vectors were measured to be slower")
    void kernelIsTheFasterOne() {
        assertThat(Kernel.vectorsWin("amd64", 512)).isTrue();
        assertThat(Kernel.vectorsWin("amd64", 256)).isTrue();
        assertThat(Kernel.vectorsWin("amd64", 128)).isFalse();
        assertThat(Kernel.vectorsWin("aarch64", 128)).isTrue();
        assertThat(Kernel.vectorsWin("aarch64", 64)).isFalse();
        assertThat(Kernel.vectorsWin("s390x", 64)).isFalse();
        assertThat(Kernel.vectorsWin("ppc64le", 128)).isFalse();
        assertThat(Kernel.vectorsWin("riscv64", 256)).isTrue();
        assertThat(Kernel.fastest() == Kernel.VECTOR)
                .isEqualTo(Kernel.vectorsWin(System.getProperty("os.arch"), VectorGemm.bits()));
    }

    @Example
    @Label("gemm.says-which: a kernel is the one that was asked for, and the backend's description names it")
    void kernelsHaveNames() {
        assertThat(new CpuBackend(Kernel.LOOPS).description()).isEqualTo("cpu (float32, bit-exact, loops)");
        assertThat(new CpuBackend(Kernel.VECTOR).description())
                .matches("cpu \\(float32, bit-exact, vector-(64|128|256|512)\\)");
    }

    @Property(tries = 1500)
    @Label("gemm.equals-the-loop: every kernel has the bits of the triple loop and writes nothing but C")
    void equalsTripleLoop(@ForAll("products") Product product) {
        for (Gemm kernel : kernels()) {
            checkAgainstLoop(kernel, product);
        }
    }

    @Property(tries = 200)
    @Label("gemm.keeps-nothing: a product does not depend on the products before it on the same kernel")
    void keepsNothing(@ForAll("products") Product first, @ForAll("products") Product second) {
        for (Gemm kernel : kernels()) {
            checkAgainstLoop(kernel, first);
            checkAgainstLoop(kernel, second);
        }
    }

    /** The tiles of the other kind of processor too: no machine runs both by itself. */
    private static List<Gemm> kernels() {
        return List.of(new LoopGemm(), new VectorGemm(true), new VectorGemm(false), new NarrowGemm());
    }

    private static void checkAgainstLoop(Gemm kernel, Product product) {
        Product actual = product.copy();
        Product expected = product.copy();
        kernel.multiply(actual.a, actual.b, actual.start, actual.c);
        expected.multiplyByTheTextbook();

        String what = kernel.name() + " on " + product;
        assertThat(bits(actual.c.data())).as("C and its surroundings, " + what).isEqualTo(bits(expected.c.data()));
        assertThat(bits(actual.a.data())).as("A, " + what).isEqualTo(bits(product.a.data()));
        assertThat(bits(actual.b.data())).as("B, " + what).isEqualTo(bits(product.b.data()));
        if (product.start != null) {
            assertThat(bits(actual.start.data())).as("S, " + what).isEqualTo(bits(product.start.data()));
        }
    }

    /** One number for all NaNs: which payload a fused multiply-add hands on is the processor's choice. */
    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    /** Sizes around multiples of every vector length from 4 to 16 lanes and of the tiles made of them. */
    @Provide
    Arbitrary<Product> products() {
        Arbitrary<Integer> rows = Arbitraries.integers().between(0, 70);
        Arbitrary<Integer> terms = Arbitraries.integers().between(0, 70);
        Arbitrary<Integer> columns = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 150)),
                Tuple.of(3, Arbitraries.of(1, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 127, 128, 129)),
                Tuple.of(1, Arbitraries.of(511, 512, 513, 1030)));
        Arbitrary<Integer> margins = Arbitraries.integers().between(0, 5);
        return Combinators.combine(rows, columns, terms, Arbitraries.of(true, false), Arbitraries.of(Start.values()),
                Arbitraries.of(Operands.values()), margins, Arbitraries.longs())
                .as(Product::random);
    }

    /** Which numbers stand in the matrices. */
    private enum Operands {
        ORDINARY, ANY_EXPONENT, SPECIAL;

        private static final float[] SPECIALS = {0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL,
            0x1p-140f, Float.MAX_VALUE, -Float.MAX_VALUE, 0x1p127f, 3e-39f, 1e19f, -1e-23f};
        private static final float[] NOT_FINITE =
            {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.intBitsToFloat(0xffc12345)};

        float next(Random random) {
            return switch (this) {
                case ORDINARY -> (float) random.nextGaussian();
                case ANY_EXPONENT -> Math.scalb((float) random.nextGaussian(), random.nextInt(270) - 140);
                // A NaN swallows everything after it in its sum, so there are few.
                case SPECIAL -> random.nextInt(60) == 0
                        ? NOT_FINITE[random.nextInt(NOT_FINITE.length)]
                        : SPECIALS[random.nextInt(SPECIALS.length)];
            };
        }

        float[] array(int length, Random random) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = next(random);
            }
            return values;
        }
    }

    /** Where the sums begin. */
    private enum Start {
        ZERO, COLUMN_REPEATED, ROW_REPEATED;

        CpuTensor random(int m, int n, int margin, Operands values, Random random) {
            return switch (this) {
                case ZERO -> null;
                case COLUMN_REPEATED -> CpuTensor.byRow(values.array(m + 2 * margin, random), margin, m, 1).repeated();
                case ROW_REPEATED ->
                    CpuTensor.byRow(values.array(n + 2 * margin, random), margin, n, 1).repeated().transposed();
            };
        }
    }

    private record Product(CpuTensor a, CpuTensor b, CpuTensor start, CpuTensor c) {

        static Product random(
                int m, int n, int k, boolean transposed, Start start, Operands values, int margin, long seed) {
            Random random = new Random(seed);
            CpuTensor a = transposed
                    ? matrix(k, m, margin, values, random).transposed()
                    : matrix(m, k, margin, values, random);
            return new Product(a, matrix(k, n, margin, values, random), start.random(m, n, margin, values, random),
                    matrix(m, n, margin, Operands.ORDINARY, random));
        }

        /** Rows further apart than they are long, with something before the first and after the last. */
        private static CpuTensor matrix(int rows, int columns, int margin, Operands values, Random random) {
            int stride = columns + margin;
            return new CpuTensor(values.array(rows * stride + 2 * margin, random), margin, rows, columns, stride, 1);
        }

        Product copy() {
            return new Product(copy(a), copy(b), start == null ? null : copy(start), copy(c));
        }

        private static CpuTensor copy(CpuTensor matrix) {
            return new CpuTensor(matrix.data().clone(), matrix.offset(), matrix.rows(), matrix.columns(),
                    matrix.rowStride(), matrix.columnStride());
        }

        void multiplyByTheTextbook() {
            for (int i = 0; i < c.rows(); i++) {
                for (int j = 0; j < c.columns(); j++) {
                    float sum = start == null ? 0f : at(start, i, j);
                    for (int p = 0; p < a.columns(); p++) {
                        sum = Math.fma(at(a, i, p), at(b, p, j), sum);
                    }
                    c.data()[c.index(i, j)] = sum;
                }
            }
        }

        private static float at(CpuTensor matrix, int i, int j) {
            return matrix.data()[matrix.index(i, j)];
        }

        @Override
        public String toString() {
            return a.shape() + " by " + b.shape() + ", A strides " + a.rowStride() + " and " + a.columnStride() + ", offset "
                    + c.offset() + (start == null ? ", from 0" : ", from a start of strides " + start.rowStride() + " and "
                    + start.columnStride());
        }
    }
}
