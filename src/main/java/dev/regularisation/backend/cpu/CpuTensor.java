package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Tensor;

/**
 * A matrix inside a float array, shared with its views: element (i, j) stands at
 * {@code offset + i · rowStride + j · columnStride}.
 *
 * <p>A tensor of the backend is dense, either row by row or, as {@link CpuBackend#batch} lays samples out, column by
 * column. A transpose is a swap of strides, and a stride of 0 repeats a row or a column.
 */
final class CpuTensor implements Tensor {

    private final float[] data;
    private final int offset;
    private final int rows;
    private final int columns;
    private final int rowStride;
    private final int columnStride;
    /** Both made once and kept, so that a product allocates nothing. */
    private CpuTensor transposed;
    private CpuTensor repeated;

    CpuTensor(float[] data, int offset, int rows, int columns, int rowStride, int columnStride) {
        this.data = data;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.rowStride = rowStride;
        this.columnStride = columnStride;
    }

    /** A dense matrix, a row after the other. */
    static CpuTensor byRow(float[] data, int offset, int rows, int columns) {
        return new CpuTensor(data, offset, rows, columns, columns, 1);
    }

    /** A dense matrix, a column after the other. */
    static CpuTensor byColumn(float[] data, int offset, int rows, int columns) {
        return new CpuTensor(data, offset, rows, columns, 1, rows);
    }

    /** This matrix transposed, on the same array. */
    CpuTensor transposed() {
        if (transposed == null) {
            transposed = new CpuTensor(data, offset, columns, rows, columnStride, rowStride);
            transposed.transposed = this;
        }
        return transposed;
    }

    /** This column vector {@code n × 1} with a column stride of 0: as many columns as are asked for are all this one. */
    CpuTensor repeated() {
        if (repeated == null) {
            repeated = new CpuTensor(data, offset, rows, columns, rowStride, 0);
        }
        return repeated;
    }

    float[] data() {
        return data;
    }

    int offset() {
        return offset;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    int rowStride() {
        return rowStride;
    }

    int columnStride() {
        return columnStride;
    }

    /** Where element (row, column) stands. */
    int index(int row, int column) {
        return offset + row * rowStride + column * columnStride;
    }

    /** Whether each row is consecutive. */
    boolean hasUnitColumns() {
        return columnStride == 1 || columns <= 1;
    }

    /** Whether each column is consecutive. */
    boolean hasUnitRows() {
        return rowStride == 1 || rows <= 1;
    }

    /** Whether element k of one stands where element k of the other does, both being dense. */
    boolean isLaidOutAs(CpuTensor other) {
        return hasUnitColumns() && other.hasUnitColumns() || hasUnitRows() && other.hasUnitRows();
    }

    /** A copy in {@code buffer}, at least as long as this, with consecutive rows. */
    CpuTensor copyByRow(float[] buffer) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            fourRows(data, index(row, 0), rowStride, columnStride, buffer, row * columns, columns);
        }
        for (; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                buffer[row * columns + column] = data[index(row, column)];
            }
        }
        return byRow(buffer, 0, rows, columns);
    }

    /** Four rows at a time, so that of columns that are consecutive a cache line is visited a quarter as often. */
    private static void fourRows(float[] from, int at, int rowStride, int step, float[] to, int row, int width) {
        for (int j = 0; j < width; j++) {
            int source = at + j * step;
            int target = row + j;
            to[target] = from[source];
            to[target + width] = from[source + rowStride];
            to[target + 2 * width] = from[source + 2 * rowStride];
            to[target + 3 * width] = from[source + 3 * rowStride];
        }
    }
}
