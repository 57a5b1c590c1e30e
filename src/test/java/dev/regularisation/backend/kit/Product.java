package dev.regularisation.backend.kit;

/** A product to try a rule on: {@code m × k} times {@code k × n}, each factor laid out as it is or transposed. */
public record Product(int m, int k, int n, boolean transposeA, boolean transposeB, Values values, long seed) {
}
