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
        assertThat(Kernel.fastest()).isEqualTo(Kernel.VECTOR);
    }

    @Example
    @Label("gemm.says-which: a kernel is the one that was asked for, and the backend's description names it")
    void kernelsHaveNames() {
        assertThat(Kernel.LOOPS.create().name()).isEqualTo("loops");
        assertThat(Kernel.VECTOR.create().name()).matches("vector-(64|128|256|512)");
        for (Kernel kernel : Kernel.values()) {
            assertThat(new CpuBackend(kernel).description()).contains(kernel.create().name());
        }
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
        return List.of(Kernel.LOOPS.create(), new VectorGemm(true), new VectorGemm(false));
    }

    private static void checkAgainstLoop(Gemm kernel, Product product) {
        Product actual = product.copy();
        Product expected = product.copy();
        kernel.multiply(actual.m, actual.n, actual.k, actual.a, actual.b, actual.start, actual.startOffset, actual.c);
        expected.multiplyByTheTextbook();

        String what = kernel.name() + " on " + product;
        assertThat(bits(actual.c.data())).as("C and its surroundings, " + what).isEqualTo(bits(expected.c.data()));
        assertThat(bits(actual.a.data())).as("A, " + what).isEqualTo(bits(product.a.data()));
        assertThat(bits(actual.b.data())).as("B, " + what).isEqualTo(bits(product.b.data()));
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
        return Combinators.combine(rows, columns, terms, Arbitraries.of(true, false), Arbitraries.of(true, false),
                Arbitraries.of(Values.values()), margins, Arbitraries.longs())
                .as(Product::random);
    }

    /** Which numbers stand in the matrices. */
    private enum Values {
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

    private record Product(int m, int n, int k, Operand a, Operand b, float[] start, int startOffset, Operand c) {

        static Product random(
                int m, int n, int k, boolean transposed, boolean withStart, Values values, int margin, long seed) {
            Random random = new Random(seed);
            Operand a = transposed
                    ? matrix(k, m, margin, values, random).transposed()
                    : matrix(m, k, margin, values, random);
            float[] start = withStart ? values.array(m + 2 * margin, random) : null;
            return new Product(m, n, k, a, matrix(k, n, margin, values, random), start, margin,
                    matrix(m, n, margin, Values.ORDINARY, random));
        }

        /** Rows further apart than they are long, with something before the first and after the last. */
        private static Operand matrix(int rows, int columns, int margin, Values values, Random random) {
            int stride = columns + margin;
            return new Operand(values.array(rows * stride + 2 * margin, random), margin, stride, 1);
        }

        Product copy() {
            return new Product(m, n, k, copy(a), copy(b), start == null ? null : start.clone(), startOffset, copy(c));
        }

        private static Operand copy(Operand operand) {
            return new Operand(operand.data().clone(), operand.offset(), operand.rowStride(), operand.columnStride());
        }

        void multiplyByTheTextbook() {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    float sum = start == null ? 0f : start[startOffset + i];
                    for (int p = 0; p < k; p++) {
                        sum = Math.fma(at(a, i, p), at(b, p, j), sum);
                    }
                    c.data()[c.offset() + i * c.rowStride() + j * c.columnStride()] = sum;
                }
            }
        }

        private static float at(Operand operand, int i, int j) {
            return operand.data()[operand.offset() + i * operand.rowStride() + j * operand.columnStride()];
        }

        @Override
        public String toString() {
            return "[" + m + " x " + k + "] by [" + k + " x " + n + "], A strides " + a.rowStride() + " and "
                    + a.columnStride() + ", offset " + c.offset() + (start == null ? ", from 0" : ", from a start");
        }
    }
}
