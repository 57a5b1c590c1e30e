package dev.regularisation.backend.nd4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native arrays of one backend. Scratch arrays are kept for each length that was asked for, which in training are few;
 * everything is released together.
 */
final class NativeArrays implements AutoCloseable {

    private final DataType type;
    private final List<INDArray> owned = new ArrayList<>();
    private final Map<Integer, INDArray> scratch = new HashMap<>();
    private final Map<Integer, INDArray> secondScratch = new HashMap<>();
    private final Map<Integer, INDArray> wideScratch = new HashMap<>();
    private final Map<Integer, INDArray> ones = new HashMap<>();
    private boolean closed;

    NativeArrays(DataType type) {
        this.type = type;
    }

    boolean isClosed() {
        return closed;
    }

    /** A new vector of zeros, whatever workspace the caller's thread may be in. */
    INDArray zeros(int length) {
        return filled(type, 0, length);
    }

    /** A vector of unspecified content; the next call with this length returns the same one. */
    INDArray scratch(long length) {
        return scratch.computeIfAbsent((int) length, n -> filled(type, 0, n));
    }

    /** Another one. */
    INDArray secondScratch(long length) {
        return secondScratch.computeIfAbsent((int) length, n -> filled(type, 0, n));
    }

    /** One in float64. */
    INDArray wideScratch(long length) {
        return wideScratch.computeIfAbsent((int) length, n -> filled(DataType.DOUBLE, 0, n));
    }

    /** A column of ones, {@code length × 1}, not to be modified. */
    INDArray ones(long length) {
        return ones.computeIfAbsent((int) length, n -> filled(type, 1, n, 1));
    }

    /** A new array of rank 0 for the scalar operand of operations. */
    INDArray scalar() {
        return filled(type, 0);
    }

    private INDArray filled(DataType elements, double value, long... shape) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray array = Nd4j.createUninitialized(elements, shape, 'f');
            array.assign(value);
            owned.add(array);
            return array;
        }
    }

    @Override
    public void close() {
        closed = true;
        owned.forEach(INDArray::close);
        owned.clear();
        scratch.clear();
        secondScratch.clear();
        wideScratch.clear();
        ones.clear();
    }
}
