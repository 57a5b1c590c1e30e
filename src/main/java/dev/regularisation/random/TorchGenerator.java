package dev.regularisation.random;

/**
 * A stream of random values equal, bit for bit, to PyTorch's CPU generator after {@code torch.manual_seed(seed)}, on the
 * processors that its {@link Streams} stand for.
 *
 * <p>A draw is one 32-bit output of {@link MersenneTwister}; a 64-bit draw is (first draw ≪ 32) | second draw. Each
 * method says how many draws it takes, since everything drawn later depends on it. Arrays returned are new and the
 * caller's own.
 *
 * <p>Not safe for use by several threads.
 */
public final class TorchGenerator {
    private static final long LOW_53_BITS = (1L << 53) - 1;
    /** From this length on, a twentieth of the largest 32-bit draw, PyTorch's randperm follows another algorithm. */
    private static final int PERMUTATION_LIMIT = (int) (0xffff_ffffL / 20);

    private final MersenneTwister engine;
    private final Streams streams;
    private final NormalPair pair = new NormalPair();

    /** A generator as {@code torch.Generator().manual_seed(seed)}: only the low 32 bits of {@code seed} matter. */
    public TorchGenerator(long seed) {
        this(seed, Streams.TORCH);
    }

    /** The same as other builds of PyTorch draw. */
    public TorchGenerator(long seed, Streams streams) {
        this.engine = new MersenneTwister(seed);
        this.streams = streams;
    }

    /** Starts the stream again, as {@code manual_seed(seed)}; a normal kept by {@link #randn} is forgotten. */
    public void seed(long seed) {
        engine.seed(seed);
        pair.clear();
    }

    /** The next 32 bits, to be read as unsigned. One draw. */
    public int nextInt() {
        return engine.nextInt();
    }

    /** A uniform integer in [0, 2⁶³): {@code torch.empty((), dtype=torch.int64).random_()}. Two draws. */
    public long nextInt64() {
        return next64() & Long.MAX_VALUE;
    }

    /** A uniform multiple of 2⁻²⁴ in [0, 1): one element of {@code torch.rand}. One draw. */
    public float uniformFloat() {
        return (engine.nextInt() & 0xff_ffff) * 0x1p-24f;
    }

    /** A uniform multiple of 2⁻⁵³ in [0, 1): one element of {@code torch.rand} in float64. Two draws. */
    public double uniformDouble() {
        return (next64() & LOW_53_BITS) * 0x1p-53;
    }

    /**
     * Uniform values fma(u, b − a, a) with u in [0, 1): {@code torch.empty(n).uniform_(from, to)}.
     *
     * <p>a and b are {@code from} and {@code to} rounded to float32. A value that rounds to b is given as a. One draw a
     * value.
     *
     * @return n values in [a, b), all equal to a if a = b
     * @throws IllegalArgumentException if n is negative, or if not a ≤ b with b − a finite in float32
     */
    public float[] uniform(int n, double from, double to) {
        requireCount("uniform", n);
        float a = (float) from;
        float b = (float) to;
        float range = b - a;
        if (!(range >= 0 && range < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("TorchGenerator.uniform: wanted from <= to, a finite distance apart in"
                    + " float32, got from " + from + " to " + to + "; swap or shrink the bounds");
        }
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            float value = Math.fma(uniformFloat(), range, a);
            values[i] = value == b ? a : value;
        }
        return values;
    }

    /**
     * Standard normal values: {@code torch.randn(n)}.
     *
     * <p>Fewer than 16: in double, by pairs, of which the second is kept for the next such call until a reseeding; four
     * draws a pair. 16 or more: in float32, by blocks of 16; n draws, and 16 more if n is no multiple of 16, as the
     * last 16 values are then drawn afresh.
     *
     * @throws IllegalArgumentException if n is negative
     */
    public float[] randn(int n) {
        requireCount("randn", n);
        float[] values = new float[n];
        if (n < NormalTransform.BLOCK) {
            for (int i = 0; i < n; i++) {
                values[i] = (float) pair.next(this);
            }
            return values;
        }
        fillUniform(values, 0);
        int ragged = n % NormalTransform.BLOCK;
        for (int block = 0; block < n - ragged; block += NormalTransform.BLOCK) {
            NormalTransform.apply(values, block, streams.functions());
        }
        if (ragged != 0) {
            fillUniform(values, n - NormalTransform.BLOCK);
            NormalTransform.apply(values, n - NormalTransform.BLOCK, streams.functions());
        }
        return values;
    }

    /**
     * A random order of 0 … n − 1: {@code torch.randperm(n)}.
     *
     * <p>From the identity, for i = 0 … n − 2, entries i and i + (draw mod (n − i)) change places. n − 1 draws, none
     * for n = 0.
     *
     * @throws IllegalArgumentException if n is negative, or 214 748 364 or more, where PyTorch follows another
     *     algorithm
     */
    public int[] permutation(int n) {
        requireCount("permutation", n);
        if (n >= PERMUTATION_LIMIT) {
            throw new IllegalArgumentException("TorchGenerator.permutation: wanted fewer than " + PERMUTATION_LIMIT
                    + " entries, got " + n + "; PyTorch orders longer ranges in another way, which is not implemented");
        }
        int[] order = new int[n];
        permutation(order);
        return order;
    }

    /**
     * Overwrites {@code order} with a random order of 0 … n − 1, n being its length, without allocating.
     *
     * @param order fewer than 214 748 364 entries, updated
     * @see #permutation(int)
     */
    void permutation(int[] order) {
        int n = order.length;
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = 0; i < n - 1; i++) {
            int other = i + Integer.remainderUnsigned(engine.nextInt(), n - i);
            int entry = order[i];
            order[i] = order[other];
            order[other] = entry;
        }
    }

    /**
     * n draws that are true with probability p: {@code torch.empty(n).bernoulli_(p)}, true for one.
     *
     * @throws IllegalArgumentException if n is negative or p is not in [0, 1]
     * @see #bernoulli(double, boolean[])
     */
    public boolean[] bernoulli(int n, double p) {
        requireCount("bernoulli", n);
        boolean[] values = new boolean[n];
        bernoulli(p, values);
        return values;
    }

    /**
     * Overwrites {@code into} with draws that are true with probability p, without allocating.
     *
     * <p>Element = (double uniform &lt; p). Two draws an element, whatever p. Of {@link Streams#TORCH_MKL} one draw in all, which
     * seeds MKL's generator.
     *
     * @param into updated
     * @throws IllegalArgumentException if p is not in [0, 1]
     */
    public void bernoulli(double p, boolean[] into) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("TorchGenerator.bernoulli: wanted a probability p in [0, 1], got " + p
                    + "; for dropout hand over the probability of keeping a unit");
        }
        if (streams.bernoulli() == Streams.Bernoulli.MCG31) {
            Mcg31.bernoulli(engine.nextInt(), p, into);
            return;
        }
        // k 2⁻⁵³ < p, for an integer k, says k < ⌈2⁵³ p⌉; 2⁵³ p is exact, and an integer comparison is faster.
        long threshold = (long) Math.ceil(0x1p53 * p);
        for (int i = 0; i < into.length; i++) {
            into[i] = (next64() & LOW_53_BITS) < threshold;
        }
    }

    private long next64() {
        long high = engine.nextInt();
        return (high << 32) | (engine.nextInt() & 0xffff_ffffL);
    }

    private void fillUniform(float[] values, int from) {
        for (int i = from; i < values.length; i++) {
            values[i] = uniformFloat();
        }
    }

    private static void requireCount(String method, int n) {
        if (n < 0) {
            throw new IllegalArgumentException(
                    "TorchGenerator." + method + ": wanted n >= 0 values, got n = " + n + "; ask for none with 0");
        }
    }
}
