package dev.regularisation.backend.cpu;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Activations on vectors have the bits of their definitions. {@link AllFloatsInLanes} leaves no float out. */
class VectorFunctionsTest {
    /** A prime, so that every exponent and every kind of fraction comes up: a million floats. */
    private static final int STRIDE = 4001;
    /** No multiple of any number of lanes. */
    private static final int BLOCK = 4099;
    /** Where the chains change: bounds, ends of the normal numbers and of the results, halves of ln 2. */
    private static final double[] ENDS = {0, Float.MIN_NORMAL, Double.MIN_NORMAL, 0x1.62e43p-2, 1, 10, 20, 0x1.154246p4,
        0x1.205968p3, 0x1.5d589ep6, 0x1.9fe368p6, 0x1.b2a426p6, 256, 0x1.6232bdd7abcd2p9, 0x1.74910d52d3051p9, 1600,
        Float.MAX_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN};

    @Test
    @DisplayName("float32: every 4,001st float and the neighbours of every bound")
    void float32() {
        CpuBackend backend = new CpuBackend(Kernel.VECTOR);

        assertThatCode(() -> {
            for (long first = 0; first < 1L << Integer.SIZE; first += (long) BLOCK * STRIDE) {
                int from = (int) first;
                AllFloatsInLanes.check(backend,
                        IntStream.range(0, BLOCK).mapToDouble(i -> Float.intBitsToFloat(from + i * STRIDE)).toArray());
            }
            AllFloatsInLanes.check(backend, signed(DoubleStream.of(ENDS).flatMap(end -> IntStream.rangeClosed(-9, 9)
                    .mapToDouble(i -> Float.intBitsToFloat(Float.floatToIntBits((float) end) + i)))));
        }).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("float64: half a million doubles, of any bits and of ordinary size, and the neighbours of every bound")
    void float64() {
        var backend = new dev.regularisation.backend.cpu.float64.CpuBackend(Kernel.VECTOR);
        SplittableRandom random = new SplittableRandom(1);

        assertThatCode(() -> {
            for (int i = 0; i < 40; i++) {
                AllFloatsInLanes.check(backend,
                        random.longs(BLOCK).mapToDouble(Double::longBitsToDouble).toArray());
                AllFloatsInLanes.check(backend, signed(IntStream.range(0, BLOCK)
                        .mapToDouble(j -> Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 11)))));
            }
            AllFloatsInLanes.check(backend, signed(DoubleStream.of(ENDS).flatMap(end -> IntStream.rangeClosed(-9, 9)
                    .mapToDouble(i -> Double.longBitsToDouble(Double.doubleToLongBits(end) + i)))));
        }).doesNotThrowAnyException();
    }

    private static double[] signed(DoubleStream values) {
        return values.flatMap(x -> DoubleStream.of(x, -x)).toArray();
    }
}
