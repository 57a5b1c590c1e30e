package org.example.plain;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;

/** Float32 in plain loops: every sum is a chain in the order of the contract, so that the bits are those of {@code cpu}. */
public final class PlainBackend implements Backend {

    static final String NAME = "plain";

    private final int block;

    public PlainBackend() {
        this(500);
    }

    /** With another {@link #preferredBlock}. */
    public PlainBackend(int block) {
        this.block = block;
    }

    /** A window on an array, row-major, which views share. */
    private record Matrix(float[] data, int offset, int rows, int columns) implements Tensor {

        float get(int i) {
            return data[offset + i];
        }

        float get(int row, int column, boolean transposed) {
            return transposed ? get(column * columns + row) : get(row * columns + column);
        }

        void set(int i, float value) {
            data[offset + i] = value;
        }
    }

    private static Matrix own(Tensor tensor) {
        if (tensor instanceof Matrix own) {
            return own;
        }
        throw new IllegalArgumentException(NAME + ": wanted a tensor that it made itself, got a "
                + tensor.getClass().getSimpleName() + "; copy it with read and write");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public String description() {
        return "plain loops (float32)";
    }

    @Override
    public int preferredBlock() {
        return block;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        Shapes.requireDimensions(rows, columns);
        return new Matrix(new float[rows * columns], 0, rows, columns);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        Shapes.requireWindow(parent, offset, rows, columns);
        return new Matrix(own(parent).data(), own(parent).offset() + offset, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        Shapes.requireLength("write", values.length, target);
        for (int i = 0; i < values.length; i++) {
            own(target).set(i, (float) values[i]);
        }
    }

    @Override
    public void read(Tensor source, double[] values) {
        Shapes.requireLength("read", values.length, source);
        for (int i = 0; i < values.length; i++) {
            values[i] = own(source).get(i);
        }
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        Shapes.requireGather(source, columns, from, target);
        for (int i = 0; i < target.size(); i++) {
            int column = columns[from + i % target.columns()];
            own(target).set(i, own(source).get(i / target.columns(), column, false));
        }
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        Shapes.requireAffine(w, b, x, z);
        for (int i = 0; i < z.size(); i++) {
            int output = i / z.columns();
            float start = b == null ? 0 : own(b).get(output);
            own(z).set(i, chain(start, w.columns(), own(w), output, false, own(x), i % z.columns(), false));
        }
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        Shapes.requireGemm(transposeA, a, transposeB, b, c);
        int terms = transposeA ? a.rows() : a.columns();
        for (int i = 0; i < c.size(); i++) {
            int row = i / c.columns();
            int column = i % c.columns();
            own(c).set(i, chain(0, terms, own(a), row, transposeA, own(b), column, transposeB));
        }
    }

    /** start + Σₖ op(A)[i, k] op(B)[k, j], k ascending, one rounding for each term. */
    private static float chain(
            float start, int terms, Matrix a, int i, boolean transposeA, Matrix b, int j, boolean transposeB) {
        float sum = start;
        for (int k = 0; k < terms; k++) {
            sum = Math.fma(a.get(i, k, transposeA), b.get(k, j, transposeB), sum);
        }
        return sum;
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        Shapes.requireShape("rowSums: sums", sums, a.rows(), 1);
        for (int r = 0; r < a.rows(); r++) {
            float sum = 0;
            for (int s = 0; s < a.columns(); s++) {
                sum += own(a).get(r, s, false);
            }
            own(sums).set(r, sum);
        }
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        map("activate", f::value, x, y);
    }

    @Override
    public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
        map("activateBackward", f::gradient, at, dy, dx);
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        map("multiply", (left, right) -> left * right, a, b, c);
    }

    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
        Shapes.requireSame("sumOfLosses", p, y);
        double sum = initial;
        for (int i = 0; i < p.size(); i++) {
            sum += loss.value(own(p).get(i) - own(y).get(i));
        }
        return sum;
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
        map("lossGradient", (prediction, label) -> (float) factor * loss.slope(prediction - label), p, y, dp);
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        map("axpy", (from, to) -> Math.fma((float) alpha, from, to), x, y, y);
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        map("addSign", (from, to) -> from == 0 ? to : to + (float) alpha * Math.signum(from), x, y, y);
    }

    @Override
    public void scale(double alpha, Tensor x) {
        map("scale", value -> (float) alpha * value, x, x);
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        Shapes.requireSame("adam", g, m, v, theta);
        float rate2 = (float) step.secondMomentRate();
        for (int i = 0; i < g.size(); i++) {
            float gradient = own(g).get(i);
            float first = Math.fma((float) step.firstMomentRate(), gradient - own(m).get(i), own(m).get(i));
            float second = Math.fma(rate2 * gradient, gradient, (float) step.secondMomentDecay() * own(v).get(i));
            float denominator = (float) Math.sqrt(second) / (float) step.secondMomentScale() + (float) step.epsilon();
            own(m).set(i, first);
            own(v).set(i, second);
            own(theta).set(i, own(theta).get(i) - (float) step.stepSize() * first / denominator);
        }
    }

    private interface Unary {
        float of(float x);
    }

    private interface Binary {
        float of(float a, float b);
    }

    private static void map(String operation, Unary f, Tensor x, Tensor y) {
        Shapes.requireSame(operation, x, y);
        Matrix from = own(x);
        Matrix to = own(y);
        for (int i = 0; i < from.size(); i++) {
            to.set(i, f.of(from.get(i)));
        }
    }

    private static void map(String operation, Binary f, Tensor a, Tensor b, Tensor c) {
        Shapes.requireSame(operation, a, b, c);
        Matrix left = own(a);
        Matrix right = own(b);
        Matrix to = own(c);
        for (int i = 0; i < left.size(); i++) {
            to.set(i, f.of(left.get(i), right.get(i)));
        }
    }
}
