package dev.regularisation.backend.kit;

/** How closely a backend must follow the reference where the contract leaves rounding open. */
public enum Strictness {
    /** Bit for bit: the {@code cpu} backend is the definition. */
    BITS,
    /**
     * Sums in any order, fused multiply-adds as one rounding or two. What rounds only once, or not at all, must still give
     * the same value; only the sign of a zero is free.
     */
    ROUNDING
}
