package dev.regularisation.backend.cpu;

/**
 * {@code C = start + A B} in float32, every element a chain of fused multiply-adds in ascending order of the summed
 * index. Implementations differ in speed only: all give the bits of the naive triple loop.
 */
interface Gemm {

    /** The name that results record, such as {@code vector-512}. */
    String name();

    /**
     * Computes {@code c[i, j] = start[i] + Σₚ a[i, p] b[p, j]}.
     *
     * @param m     rows of C
     * @param n     columns of C
     * @param k     terms of each sum; with 0 terms C is the start
     * @param a     {@code m × k}, any strides, not modified
     * @param b     {@code k × n}, column stride 1, not modified
     * @param start a value for each row where the chain begins, read at {@code startOffset + i}, or null for +0
     * @param c     {@code m × n}, column stride 1, overwritten; overlaps neither A nor B
     */
    void multiply(int m, int n, int k, Operand a, Operand b, float[] start, int startOffset, Operand c);
}
