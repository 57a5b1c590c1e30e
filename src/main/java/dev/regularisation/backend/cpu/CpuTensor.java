package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Tensor;

/**
 * A row-major matrix inside a float array; views share the array.
 *
 * @param data   the array, shared
 * @param offset index of element (0, 0)
 */
record CpuTensor(float[] data, int offset, int rows, int columns) implements Tensor {

    /** Index of the first element after the last one. */
    int end() {
        return offset + size();
    }
}
