package dev.regularisation.backend;

/**
 * A backend's handle to a matrix of {@code rows × columns} numbers, read and written in row-major order.
 *
 * <p>Activations are {@code features × samples}, weights {@code outputs × inputs}, biases {@code outputs × 1}. A handle
 * belongs to the backend that made it.
 */
public interface Tensor {

    /** Number of rows, at least 0. */
    int rows();

    /** Number of columns, at least 0. */
    int columns();

    /** {@code rows × columns}. */
    default int size() {
        return rows() * columns();
    }

    /** The shape as messages print it, {@code [rows x columns]}. */
    default String shape() {
        return "[" + rows() + " x " + columns() + "]";
    }
}
