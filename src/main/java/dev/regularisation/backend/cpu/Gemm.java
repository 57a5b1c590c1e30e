package dev.regularisation.backend.cpu;

/**
 * {@code C = S + A B} in float32, every element a chain of fused multiply-adds in ascending order of the summed index.
 * Implementations differ in speed only: all give the bits of the naive triple loop.
 */
interface Gemm {

    /** The name that results record, such as {@code vector-512}. */
    String name();

    /**
     * Computes {@code c[i, j] = s[i, j] + Σₚ a[i, p] b[p, j]}, the sum beginning at s.
     *
     * @param a     {@code m × k}, any strides, not modified
     * @param b     {@code k × n}, each row consecutive, not modified; with k = 0, C is S
     * @param start S, one row of n or one column of m repeated: its column stride is 1 and its row stride 0, or the other
     *              way round; or null for +0; not modified
     * @param c     {@code m × n}, each row consecutive, overwritten; overlaps no source
     */
    void multiply(CpuTensor a, CpuTensor b, CpuTensor start, CpuTensor c);
}
