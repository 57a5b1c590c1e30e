package dev.regularisation.backend.kit;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The contract read aloud: textbook loops, one operation at a time, each rounded to the precision. Slow, and kept for ever
 * beside the fast ones.
 *
 * <p>Numbers are doubles that always hold a number of the precision. Sums, differences, products, quotients and roots of
 * float32 numbers taken in double and rounded to float32 are correctly rounded (53 ≥ 2 · 24 + 2 bits); a fused multiply-add
 * is not, so it has its own two forms.
 */
public final class NaiveBackend implements Backend {

    private final Precision precision;

    public NaiveBackend(Precision precision) {
        this.precision = precision;
    }

    private record Matrix(double[] data, int offset, int rows, int columns) implements Tensor {

        double get(int row, int column) {
            return data[offset + row * columns + column];
        }

        double get(int i) {
            return data[offset + i];
        }

        void set(int row, int column, double value) {
            data[offset + row * columns + column] = value;
        }

        void set(int i, double value) {
            data[offset + i] = value;
        }
    }

    private double round(double value) {
        return precision.round(value);
    }

    private double fma(double a, double b, double c) {
        return precision == Precision.FLOAT32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    @Override
    public String name() {
        return "naive";
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String description() {
        return "naive (" + precision + ")";
    }

    @Override
    public int preferredBlock() {
        return 10_000;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        Shapes.requireDimensions(rows, columns);
        return new Matrix(new double[rows * columns], 0, rows, columns);
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
            own(target).set(i, round(values[i]));
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
        for (int r = 0; r < target.rows(); r++) {
            for (int j = 0; j < target.columns(); j++) {
                own(target).set(r, j, own(source).get(r, columns[from + j]));
            }
        }
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        Shapes.requireAffine(w, b, x, z);
        for (int o = 0; o < z.rows(); o++) {
            for (int s = 0; s < z.columns(); s++) {
                own(z).set(o, s, chain(b == null ? 0 : own(b).get(o, 0), x.rows(), own(w), false, o, own(x), false, s));
            }
        }
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        Shapes.requireGemm(transposeA, a, transposeB, b, c);
        int terms = transposeA ? a.rows() : a.columns();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                own(c).set(i, j, chain(0, terms, own(a), transposeA, i, own(b), transposeB, j));
            }
        }
    }

    /** start + Σₚ op(A)[i, p] op(B)[p, j], in ascending order; a method of its own, which compiles well however often it ran. */
    private double chain(
            double start, int terms, Matrix a, boolean transposeA, int i, Matrix b, boolean transposeB, int j) {
        double sum = start;
        for (int p = 0; p < terms; p++) {
            double left = transposeA ? a.get(p, i) : a.get(i, p);
            double right = transposeB ? b.get(j, p) : b.get(p, j);
            sum = fma(left, right, sum);
        }
        return sum;
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        Shapes.requireShape("rowSums: sums", sums, a.rows(), 1);
        for (int r = 0; r < a.rows(); r++) {
            double sum = 0;
            for (int s = 0; s < a.columns(); s++) {
                sum = round(sum + own(a).get(r, s));
            }
            own(sums).set(r, 0, sum);
        }
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        Shapes.requireSame("activate", x, y);
        map(value -> precision == Precision.FLOAT32 ? f.value((float) value) : f.value(value), x, y);
    }

    @Override
    public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
        Shapes.requireSame("activateBackward", at, dy, dx);
        map((place, gradient) -> precision == Precision.FLOAT32
                ? f.gradient((float) place, (float) gradient) : f.gradient(place, gradient), at, dy, dx);
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        Shapes.requireSame("multiply", a, b, c);
        map((left, right) -> left * right, a, b, c);
    }

    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
        Shapes.requireSame("sumOfLosses", p, y);
        double sum = initial;
        for (int i = 0; i < p.size(); i++) {
            sum += loss.value(round(own(p).get(i) - own(y).get(i)));
        }
        return sum;
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
        Shapes.requireSame("lossGradient", p, y, dp);
        double f = round(factor);
        map((prediction, truth) -> f * slope(loss, round(prediction - truth)), p, y, dp);
    }

    private double slope(PointwiseLoss loss, double error) {
        return precision == Precision.FLOAT32 ? loss.slope((float) error) : loss.slope(error);
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("axpy", x, y);
        double a = round(alpha);
        map((from, to) -> fma(a, from, to), x, y, y);
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("addSign", x, y);
        double a = round(alpha);
        map((from, to) -> from == 0 ? to : to + a * Math.signum(from), x, y, y);
    }

    @Override
    public void scale(double alpha, Tensor x) {
        double a = round(alpha);
        map(value -> a * value, x, x);
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        Shapes.requireSame("adam", g, m, v, theta);
        double rate1 = round(step.firstMomentRate());
        double decay2 = round(step.secondMomentDecay());
        double rate2 = round(step.secondMomentRate());
        double stepSize = round(step.stepSize());
        double scale2 = round(step.secondMomentScale());
        double epsilon = round(step.epsilon());
        for (int i = 0; i < g.size(); i++) {
            double gradient = own(g).get(i);
            double first = own(m).get(i);
            first = fma(rate1, round(gradient - first), first);
            double second = fma(round(rate2 * gradient), gradient, round(decay2 * own(v).get(i)));
            double denominator = round(round(round(Math.sqrt(second)) / scale2) + epsilon);
            own(m).set(i, first);
            own(v).set(i, second);
            own(theta).set(i, round(own(theta).get(i) - round(round(stepSize * first) / denominator)));
        }
    }

    private void map(DoubleUnaryOperator operation, Tensor x, Tensor y) {
        Matrix from = own(x);
        Matrix to = own(y);
        for (int i = 0; i < from.size(); i++) {
            to.set(i, round(operation.applyAsDouble(from.get(i))));
        }
    }

    private void map(DoubleBinaryOperator operation, Tensor a, Tensor b, Tensor c) {
        Matrix left = own(a);
        Matrix right = own(b);
        Matrix to = own(c);
        for (int i = 0; i < left.size(); i++) {
            to.set(i, round(operation.applyAsDouble(left.get(i), right.get(i))));
        }
    }

    private static Matrix own(Tensor tensor) {
        if (tensor instanceof Matrix own) {
            return own;
        }
        throw new IllegalArgumentException("naive: wanted a tensor made by this backend, got a "
                + tensor.getClass().getSimpleName() + "; copy it with read and write");
    }
}
