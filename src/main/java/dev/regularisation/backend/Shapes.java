package dev.regularisation.backend;

import dev.regularisation.setting.Limits;

/** The shape rules of {@link Backend}, one for all backends: each names the operation, what came and what was expected. */
public final class Shapes {

    private Shapes() {
    }

    /** Both at least 0, and as many elements as one array holds. */
    public static void requireDimensions(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "tensor: wanted at least 0 rows and columns, got [" + rows + " x " + columns + "]");
        }
        if ((long) rows * columns > Limits.LARGEST_ARRAY) {
            throw new IllegalArgumentException("tensor: wanted at most " + Limits.LARGEST_ARRAY + " elements, got ["
                    + rows + " x " + columns + "]; ask for fewer units or smaller batches");
        }
    }

    /** {@code rows × columns} elements from {@code offset} lie inside the column vector {@code parent}. */
    public static void requireWindow(Tensor parent, int offset, int rows, int columns) {
        requireDimensions(rows, columns);
        if (parent.columns() != 1 || offset < 0 || (long) offset + (long) rows * columns > parent.size()) {
            throw new IllegalArgumentException("view: wanted a window inside a column vector, got [" + rows + " x " + columns
                    + "] at offset " + offset + " of " + parent.shape());
        }
    }

    /** {@code length} equals the number of elements of {@code tensor}. */
    public static void requireLength(String operation, int length, Tensor tensor) {
        if (length != tensor.size()) {
            throw new IllegalArgumentException(operation + ": wanted an array of " + tensor.size() + " elements, as the tensor "
                    + tensor.shape() + " has, got " + length);
        }
    }

    /** {@code tensor} is {@code rows × columns}. */
    public static void requireShape(String what, Tensor tensor, int rows, int columns) {
        if (tensor.rows() != rows || tensor.columns() != columns) {
            throw new IllegalArgumentException(
                    what + ": wanted [" + rows + " x " + columns + "], got " + tensor.shape());
        }
    }

    /** All tensors have the shape of the first. */
    public static void requireSame(String operation, Tensor first, Tensor... others) {
        for (Tensor other : others) {
            if (other.rows() != first.rows() || other.columns() != first.columns()) {
                throw new IllegalArgumentException(operation + ": wanted tensors of one shape, got " + first.shape()
                        + " and " + other.shape());
            }
        }
    }

    /** Shapes and indices of {@link Backend#gatherColumns}. */
    public static void requireGather(Tensor source, int[] columns, int from, Tensor target) {
        if (target.rows() != source.rows() || from < 0 || from + target.columns() > columns.length) {
            throw new IllegalArgumentException("gatherColumns: wanted as many rows as the source has and an index for each "
                    + "column, got source " + source.shape() + ", target " + target.shape() + " from index " + from + " of "
                    + columns.length);
        }
        for (int j = from; j < from + target.columns(); j++) {
            if (columns[j] < 0 || columns[j] >= source.columns()) {
                throw new IllegalArgumentException("gatherColumns: wanted an index from 0 to "
                        + (source.columns() - 1) + ", a column of the source, got " + columns[j]);
            }
        }
    }

    /** Shapes of {@link Backend#affine}. */
    public static void requireAffine(Tensor w, Tensor b, Tensor x, Tensor z) {
        if (x.rows() != w.columns()) {
            throw new IllegalArgumentException("affine: wanted an input of [" + w.columns() + " x samples] for weights "
                    + w.shape() + ", got " + x.shape());
        }
        if (b != null) {
            requireShape("affine: bias", b, w.rows(), 1);
        }
        requireShape("affine: output", z, w.rows(), x.columns());
    }

    /** Shapes of {@link Backend#gemm}. */
    public static void requireGemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        int m = transposeA ? a.columns() : a.rows();
        int k = transposeA ? a.rows() : a.columns();
        int n = transposeB ? b.rows() : b.columns();
        int terms = transposeB ? b.columns() : b.rows();
        if (k != terms) {
            throw new IllegalArgumentException("gemm: wanted as many columns on the left as rows on the right, got "
                    + (transposeA ? "the transpose of " : "") + a.shape() + " and " + (transposeB ? "the transpose of " : "")
                    + b.shape() + ": " + k + " and " + terms);
        }
        requireShape("gemm: C", c, m, n);
    }

    /** Shapes of {@link Backend#affineActivate}. */
    public static void requireAffineActivate(Tensor w, Tensor b, Tensor x, Tensor factor, Tensor z, Tensor y) {
        requireAffine(w, b, x, y);
        requireShape("affineActivate: pre-activation", z, y.rows(), y.columns());
        if (factor != null) {
            requireShape("affineActivate: factor", factor, y.rows(), y.columns());
        }
    }

    /** Shapes of {@link Backend#affineActivateBackward}. */
    public static void requireAffineActivateBackward(Tensor w, Tensor dz, Tensor at, Tensor factor, Tensor dx) {
        requireShape("affineActivateBackward: gradient above", dz, w.rows(), dx.columns());
        requireShape("affineActivateBackward: activation below", at, w.columns(), dx.columns());
        requireShape("affineActivateBackward: gradient below", dx, w.columns(), dx.columns());
        if (factor != null) {
            requireShape("affineActivateBackward: factor", factor, w.columns(), dx.columns());
        }
    }

    /** Shapes of {@link Backend#parameterGradients}. */
    public static void requireParameterGradients(Tensor x, Tensor dz, Tensor dw, Tensor db) {
        requireShape("parameterGradients: input", x, x.rows(), dz.columns());
        requireShape("parameterGradients: weights", dw, dz.rows(), x.rows());
        if (db != null) {
            requireShape("parameterGradients: bias", db, dz.rows(), 1);
        }
    }

    /** Shape and place of {@link Backend#mask}. */
    public static void requireMask(boolean[] kept, int from, Tensor factor) {
        if (from < 0 || ((long) from + factor.columns()) * factor.rows() > kept.length) {
            throw new IllegalArgumentException("mask: wanted " + ((long) from + factor.columns()) * factor.rows()
                    + " choices for a factor " + factor.shape() + " from sample " + from + ", got " + kept.length);
        }
    }
}
