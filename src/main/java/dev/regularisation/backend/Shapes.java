package dev.regularisation.backend;

/** The shape rules of {@link Backend}, one for all backends: each names the operation, what came and what was expected. */
public final class Shapes {

    /** Virtual machines keep a few of the largest array indices to themselves. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;

    private Shapes() {
    }

    /** Both at least 0, and as many elements as one array holds. */
    public static void requireDimensions(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "tensor: wanted at least 0 rows and columns, got [" + rows + " x " + columns + "]");
        }
        if ((long) rows * columns > LARGEST_ARRAY) {
            throw new IllegalArgumentException("tensor: wanted at most " + LARGEST_ARRAY + " elements, got ["
                    + rows + " x " + columns + "]; ask for fewer units or smaller batches");
        }
    }

    /** {@code rows × columns} elements from {@code offset} lie inside the column vector {@code parent}. */
    public static void requireWindow(Tensor parent, int offset, int rows, int columns) {
        requireDimensions(rows, columns);
        if (parent.columns() != 1 || offset < 0 || (long) offset + (long) rows * columns > parent.size()) {
            throw new IllegalArgumentException("view: [" + rows + " x " + columns + "] at offset " + offset
                    + " does not fit a column vector; the parent is " + parent.shape());
        }
    }

    /** {@code length} equals the number of elements of {@code tensor}. */
    public static void requireLength(String operation, int length, Tensor tensor) {
        if (length != tensor.size()) {
            throw new IllegalArgumentException(operation + ": the array has " + length + " elements, the tensor "
                    + tensor.shape() + " has " + tensor.size());
        }
    }

    /** {@code tensor} is {@code rows × columns}. */
    public static void requireShape(String what, Tensor tensor, int rows, int columns) {
        if (tensor.rows() != rows || tensor.columns() != columns) {
            throw new IllegalArgumentException(
                    what + " is " + tensor.shape() + ", expected [" + rows + " x " + columns + "]");
        }
    }

    /** All tensors have the shape of the first. */
    public static void requireSame(String operation, Tensor first, Tensor... others) {
        for (Tensor other : others) {
            if (other.rows() != first.rows() || other.columns() != first.columns()) {
                throw new IllegalArgumentException(operation + ": the first tensor is " + first.shape()
                        + ", another is " + other.shape() + "; all must have one shape");
            }
        }
    }

    /** Shapes and indices of {@link Backend#gatherColumns}. */
    public static void requireGather(Tensor source, int[] columns, int from, Tensor target) {
        if (target.rows() != source.rows() || from < 0 || from + target.columns() > columns.length) {
            throw new IllegalArgumentException("gatherColumns: source is " + source.shape() + ", target " + target.shape()
                    + " from index " + from + " of " + columns.length + "; rows must agree and indices suffice");
        }
        for (int j = from; j < from + target.columns(); j++) {
            if (columns[j] < 0 || columns[j] >= source.columns()) {
                throw new IllegalArgumentException("gatherColumns: index " + columns[j] + " is outside the "
                        + source.columns() + " columns of the source");
            }
        }
    }

    /** Shapes of {@link Backend#affine}. */
    public static void requireAffine(Tensor w, Tensor b, Tensor x, Tensor z) {
        if (x.rows() != w.columns()) {
            throw new IllegalArgumentException("affine: input is " + x.shape() + ", weights " + w.shape()
                    + " expect [" + w.columns() + " x samples]");
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
            throw new IllegalArgumentException("gemm: A" + (transposeA ? "ᵀ of " : " ") + a.shape() + " and B"
                    + (transposeB ? "ᵀ of " : " ") + b.shape() + " do not agree: " + k + " columns meet " + terms + " rows");
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
            throw new IllegalArgumentException("mask: factor is " + factor.shape() + " from sample " + from + ", which wants "
                    + ((long) from + factor.columns()) * factor.rows() + " choices, got " + kept.length);
        }
    }
}
