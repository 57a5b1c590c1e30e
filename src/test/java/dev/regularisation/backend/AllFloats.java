package dev.regularisation.backend;

import java.util.stream.IntStream;

/**
 * Tries {@link Float32Functions} on all 2³² floats: errors, ranges, symmetry, order, and a digest of the bits that a backend
 * elsewhere can compare. It takes twelve minutes of one core, divided among all, and is no part of the build:
 * <pre>
 * mvn -q test-compile exec:exec@program -Dexec.mainClass=dev.regularisation.backend.AllFloats
 * </pre>
 * It fails where a description promises more than it finds, and where a bit is not what it is everywhere.
 */
public final class AllFloats {
    private static final int FRACTION_BITS = 23;
    /** Floats of one sign and one exponent. */
    private static final int BLOCK = 1 << FRACTION_BITS;
    private static final int BLOCKS = 1 << Integer.SIZE - FRACTION_BITS;

    private final Float32Function function;
    private final WorstError worst = new WorstError();
    private long misrounded;
    private long outOfRange;
    private long decreases;
    private long digest;

    private AllFloats(Float32Function function) {
        this.function = function;
    }

    public static void main(String[] args) {
        boolean kept = true;
        for (Float32Function function : Float32Function.values()) {
            AllFloats all = IntStream.range(0, BLOCKS).parallel().mapToObj(block -> new AllFloats(function).block(block))
                    .reduce(new AllFloats(function), AllFloats::add);
            System.out.println(all);
            kept &= all.kept();
        }
        if (!kept) {
            throw new AssertionError("a function is not what its description says");
        }
    }

    private AllFloats block(int block) {
        int first = block * BLOCK;
        // The float before the first one in this order, of the bits: -0 has none before it, nor has +0.
        float before = first << 1 == 0 ? Float.NaN : function.apply(Float.intBitsToFloat(first - 1));
        for (int i = 0; i < BLOCK; i++) {
            float x = Float.intBitsToFloat(first + i);
            float y = function.apply(x);
            digest += Float.floatToIntBits(y) * (2L * Integer.toUnsignedLong(first + i) + 1);
            if (Float.isNaN(x)) {
                worst.add(Float.isNaN(y) ? 0 : Double.NaN, x);
            } else {
                add(x, y, first < 0 ? before - y : y - before);
            }
            before = y;
        }
        return this;
    }

    private void add(float x, float y, float step) {
        double error = function.error(x, y);
        worst.add(error, x);
        misrounded += error <= 0.5 ? 0 : 1;
        outOfRange += function.inRange(x, y) ? 0 : 1;
        decreases += step < 0 ? 1 : 0;
    }

    private AllFloats add(AllFloats other) {
        AllFloats both = new AllFloats(function);
        for (AllFloats part : new AllFloats[] {this, other}) {
            both.worst.add(part.worst);
            both.misrounded += part.misrounded;
            both.outOfRange += part.outOfRange;
            both.decreases += part.decreases;
            both.digest += part.digest;
        }
        return both;
    }

    private boolean kept() {
        return digest == function.digest() && worst.ulps() <= function.ulps() && outOfRange == 0
                && !(function.monotone() && decreases > 0);
    }

    @Override
    public String toString() {
        return "%s: %s; %,d misrounded, %,d out of range, %,d steps down%s; digest %016x".formatted(function, worst, misrounded,
                outOfRange, decreases, function.monotone() ? "" : ", as there must be", digest);
    }
}
