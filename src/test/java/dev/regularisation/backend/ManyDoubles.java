package dev.regularisation.backend;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Tries {@link Float64Functions} on millions of arguments against forty decimal digits. It is not part of the build:
 * <pre>
 * mvn -q test-compile exec:exec@program -Dexec.mainClass=dev.regularisation.backend.ManyDoubles
 * </pre>
 * It fails where a description promises more than it finds.
 */
public final class ManyDoubles {
    private static final int BLOCK = 10_000;
    private static final int BLOCKS = 100;

    private ManyDoubles() {
    }

    public static void main(String[] args) {
        boolean kept = true;
        for (Float64Function function : Float64Function.values()) {
            WorstError worst = IntStream.range(0, BLOCKS).parallel()
                    .mapToObj(seed -> worst(function, seed, BLOCK)).reduce(new WorstError(), ManyDoubles::worse);
            System.out.printf("%s: %s%n", function, worst);
            kept &= worst.ulps() <= function.ulps();
        }
        if (!kept) {
            throw new AssertionError("a function is not what its description says");
        }
    }

    /** The worst of {@code count} arguments. */
    static WorstError worst(Float64Function function, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        WorstError worst = new WorstError();
        for (int i = 0; i < count; i++) {
            double x = Float64Function.argument(random);
            worst.add(function.error(x, function.apply(x)), x);
        }
        return worst;
    }

    private static WorstError worse(WorstError a, WorstError b) {
        WorstError both = new WorstError();
        both.add(a);
        both.add(b);
        return both;
    }
}
