package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Compares the vectors of {@code cpu} with the definitions of {@link Activation}, bit by bit, each function and each
 * derivative on all 2³² floats. That takes half an hour of one core, divided among all, and is no part of the build:
 * <pre>
 * mvn -q -Pbench test-compile exec:exec -Dbench.main=dev.regularisation.backend.cpu.AllFloatsInLanes
 * </pre>
 */
public final class AllFloatsInLanes {
    private static final int BLOCK = 1 << 16;
    private static final int BLOCKS = 1 << Integer.SIZE - 16;

    private AllFloatsInLanes() {
    }

    public static void main(String[] args) {
        IntStream.range(0, BLOCKS).parallel().forEach(block -> check(new CpuBackend(Kernel.VECTOR),
                IntStream.range(0, BLOCK).mapToDouble(i -> Float.intBitsToFloat(block * BLOCK + i)).toArray()));
        System.out.println("all floats: the same bits as the definitions");
    }

    /**
     * Compares every function, and every derivative with the same numbers in descending order as gradients.
     *
     * @throws AssertionError at the first difference; every NaN counts as the same
     */
    static void check(Backend backend, double... values) {
        int n = values.length;
        double[] gradients = IntStream.range(0, n).mapToDouble(i -> values[n - 1 - i]).toArray();
        Tensor x = backend.tensor(1, n, values);
        Tensor dy = backend.tensor(1, n, gradients);
        Tensor result = backend.zeros(1, n);
        boolean wide = backend.precision() == Precision.FLOAT64;
        double[] expected = new double[n];
        for (Activation f : Activation.values()) {
            backend.activate(f, x, result);
            Arrays.setAll(expected, i -> wide ? f.value(values[i]) : f.value((float) values[i]));
            requireSame(f + " of", values, backend.read(result), expected);

            backend.activateBackward(f, x, dy, result);
            Arrays.setAll(expected, i -> wide
                    ? f.gradient(values[i], gradients[i]) : f.gradient((float) values[i], (float) gradients[i]));
            requireSame(f + ", derivative at", values, backend.read(result), expected);
        }
    }

    private static void requireSame(String what, double[] x, double[] found, double[] expected) {
        for (int i = 0; i < x.length; i++) {
            if (Double.doubleToLongBits(found[i]) != Double.doubleToLongBits(expected[i])) {
                throw new AssertionError("%s %a: wanted the bits of the definition, %a, got %a"
                        .formatted(what, x[i], expected[i], found[i]));
            }
        }
    }
}
