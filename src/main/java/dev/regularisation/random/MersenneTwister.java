package dev.regularisation.random;

/**
 * The engine MT19937, seeded as {@code init_genrand} does from the low 32 bits of a seed.
 *
 * <p>State x₀ … x₆₂₃ of 32-bit words, with x₀ = seed and xᵢ = 1812433253 (xᵢ₋₁ ⊕ (xᵢ₋₁ ≫ 30)) + i; after that
 * xₖ₊₆₂₄ = xₖ₊₃₉₇ ⊕ A(upper bit of xₖ | lower 31 bits of xₖ₊₁), and each output is a tempered word.
 *
 * <p>Not safe for use by several threads.
 *
 * @see <a href="https://doi.org/10.1145/272991.272995">Matsumoto and Nishimura, Mersenne Twister (1998), and the
 *     initialisation of their revision of 2002</a>
 */
public final class MersenneTwister {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    /** The state's words, tempered all at once: that loop vectorises, which halves the cost of a draw. */
    private final int[] outputs = new int[SIZE];
    private int next;

    /** An engine seeded with the low 32 bits of {@code seed}. */
    public MersenneTwister(long seed) {
        seed(seed);
    }

    /** Starts the stream again from the low 32 bits of {@code seed}; the upper 32 bits are ignored, as PyTorch does. */
    public void seed(long seed) {
        int word = (int) seed;
        state[0] = word;
        for (int i = 1; i < SIZE; i++) {
            word = 1812433253 * (word ^ (word >>> 30)) + i;
            state[i] = word;
        }
        next = SIZE;
    }

    /** The next 32 bits of the stream; to be read as unsigned where their size matters. */
    public int nextInt() {
        if (next == SIZE) {
            regenerate();
        }
        return outputs[next++];
    }

    private void regenerate() {
        int[] x = state;
        // Split where an index would wrap, so that no step takes a remainder.
        for (int k = 0; k < SIZE - SHIFT; k++) {
            x[k] = x[k + SHIFT] ^ twist(x[k], x[k + 1]);
        }
        for (int k = SIZE - SHIFT; k < SIZE - 1; k++) {
            x[k] = x[k + SHIFT - SIZE] ^ twist(x[k], x[k + 1]);
        }
        x[SIZE - 1] = x[SHIFT - 1] ^ twist(x[SIZE - 1], x[0]);
        for (int k = 0; k < SIZE; k++) {
            outputs[k] = temper(x[k]);
        }
        next = 0;
    }

    private static int twist(int upper, int lower) {
        int word = (upper & 0x8000_0000) | (lower & 0x7fff_ffff);
        // -(lower & 1) is a mask of all ones for an odd word: a branch here would be mispredicted half the time.
        return (word >>> 1) ^ (-(lower & 1) & 0x9908_b0df);
    }

    private static int temper(int word) {
        int y = word;
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        return y ^ (y >>> 18);
    }
}
