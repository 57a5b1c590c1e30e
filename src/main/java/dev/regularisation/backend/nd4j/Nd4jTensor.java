package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Tensor;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Consecutive elements of a native buffer as a row-major matrix; views share the buffer. */
final class Nd4jTensor implements Tensor {

    private final Nd4jBackend owner;
    private final DataBuffer buffer;
    private final int offset;
    private final int rows;
    private final int columns;
    private final INDArray matrix;
    private final INDArray vector;

    /** {@code buffer} may be null where the matrix is empty: ND4J has no buffers of length 0. */
    Nd4jTensor(Nd4jBackend owner, DataBuffer buffer, int offset, int rows, int columns) {
        this.owner = owner;
        this.buffer = buffer;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        if (isEmpty()) {
            matrix = null;
            vector = null;
        } else {
            matrix = Nd4j.create(buffer, new long[] {columns, rows}, new long[] {1, columns}, offset, 'f');
            vector = Nd4j.create(buffer, new long[] {size()}, new long[] {1}, offset, 'c');
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    Nd4jBackend owner() {
        return owner;
    }

    /** The transpose of this tensor as ND4J sees it: {@code columns × rows}, column-major; null when empty. */
    INDArray matrix() {
        return matrix;
    }

    /** All elements, in row-major order of this tensor; null when empty. */
    INDArray vector() {
        return vector;
    }

    /** A window on the same memory. */
    Nd4jTensor window(int from, int windowRows, int windowColumns) {
        return new Nd4jTensor(owner, buffer, offset + from, windowRows, windowColumns);
    }
}
