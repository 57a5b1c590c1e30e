package dev.regularisation.backend.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products on column-major arrays, all by BLAS: c = op(a) op(b) + β c with β 0 or 1. With β = 0 the old content of c,
 * NaN included, does not matter.
 */
final class Products {

    private static final int TRANSPOSE_A = 1;
    private static final int TRANSPOSE_B = 2;
    private static final int ACCUMULATE = 4;

    private final NamedOperation[] operations = new NamedOperation[8];

    /** c = op(a) op(b). */
    void set(boolean transposeA, INDArray a, boolean transposeB, INDArray b, INDArray c) {
        operation(index(transposeA, transposeB)).run(a, b, c);
    }

    /** c = c + a b. */
    void add(INDArray a, INDArray b, INDArray c) {
        operation(ACCUMULATE).run(a, b, c);
    }

    private static int index(boolean transposeA, boolean transposeB) {
        return (transposeA ? TRANSPOSE_A : 0) | (transposeB ? TRANSPOSE_B : 0);
    }

    private NamedOperation operation(int index) {
        if (operations[index] == null) {
            operations[index] = NamedOperation.product(
                    (index & TRANSPOSE_A) != 0, (index & TRANSPOSE_B) != 0, (index & ACCUMULATE) != 0 ? 1 : 0);
        }
        return operations[index];
    }
}
