package dev.regularisation.backend.cpu;

/**
 * A matrix inside an array: element (i, j) stands at {@code offset + i · rowStride + j · columnStride}. A transpose is a
 * swap of the strides.
 */
record Operand(float[] data, int offset, int rowStride, int columnStride) {

    static Operand of(CpuTensor tensor) {
        return new Operand(tensor.data(), tensor.offset(), tensor.columns(), 1);
    }

    Operand transposed() {
        return new Operand(data, offset, columnStride, rowStride);
    }
}
