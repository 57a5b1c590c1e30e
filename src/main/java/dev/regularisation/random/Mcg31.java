package dev.regularisation.random;

/**
 * MKL's generator MCG31m1, multiplicative congruential: xₖ₊₁ = 1132489760 xₖ mod (2³¹ − 1), uniforms xₖ / (2³¹ − 1).
 *
 * @see <a href="https://doi.org/10.1090/S0025-5718-99-00996-5">L'Ecuyer, Tables of linear congruential generators of
 *     different sizes and good lattice structure (1999)</a>
 */
final class Mcg31 {
    private static final long MODULUS = Integer.MAX_VALUE;
    private static final long MULTIPLIER = 1_132_489_760;

    private Mcg31() {
    }

    /**
     * Overwrites {@code into} with draws that are true with probability p: xₖ / (2³¹ − 1) &lt; p for k = 0, 1, ….
     *
     * @param seed unsigned; x₀ is its remainder, 1 where that is 0
     */
    static void bernoulli(int seed, double p, boolean[] into) {
        long x = Math.max(1, Integer.toUnsignedLong(seed) % MODULUS);
        for (int i = 0; i < into.length; i++) {
            into[i] = (double) x / MODULUS < p;
            x = x * MULTIPLIER % MODULUS;
        }
    }
}
