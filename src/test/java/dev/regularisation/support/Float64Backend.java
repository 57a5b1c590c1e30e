package dev.regularisation.support;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;

/**
 * The loops of {@link Backend}'s contract in float64: slow, obvious, and the same bits everywhere, so that a rule can ask
 * what a run of the post does when rounding errors are half a billion times smaller.
 */
public final class Float64Backend implements Backend {

    private record Matrix(double[] data, int offset, int rows, int columns) implements Tensor {

        double at(int row, int column) {
            return data[offset + row * columns + column];
        }

        double at(int element) {
            return data[offset + element];
        }

        void set(int element, double value) {
            data[offset + element] = value;
        }
    }

    @Override
    public String name() {
        return "float64";
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT64;
    }

    @Override
    public String description() {
        return "float64 (textbook loops)";
    }

    @Override
    public int preferredBlock() {
        return 200;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        return new Matrix(new double[rows * columns], 0, rows, columns);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        Shapes.requireWindow(parent, offset, rows, columns);
        return new Matrix(own(parent).data(), own(parent).offset() + offset, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        System.arraycopy(values, 0, own(target).data(), own(target).offset(), target.size());
    }

    @Override
    public void read(Tensor source, double[] values) {
        System.arraycopy(own(source).data(), own(source).offset(), values, 0, source.size());
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        for (int r = 0; r < target.rows(); r++) {
            for (int j = 0; j < target.columns(); j++) {
                own(target).set(r * target.columns() + j, own(source).at(r, columns[from + j]));
            }
        }
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        for (int o = 0; o < w.rows(); o++) {
            for (int s = 0; s < x.columns(); s++) {
                own(z).set(o * x.columns() + s, own(b).at(o));
            }
        }
        addProduct(false, own(w), false, own(x), own(z));
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        for (int i = 0; i < c.size(); i++) {
            own(c).set(i, 0);
        }
        addProduct(transposeA, own(a), transposeB, own(b), own(c));
    }

    private static void addProduct(boolean transposeA, Matrix a, boolean transposeB, Matrix b, Matrix c) {
        int inner = transposeA ? a.rows() : a.columns();
        for (int i = 0; i < c.rows(); i++) {
            for (int k = 0; k < inner; k++) {
                double factor = transposeA ? a.at(k, i) : a.at(i, k);
                for (int j = 0; j < c.columns(); j++) {
                    int at = i * c.columns() + j;
                    c.set(at, c.at(at) + factor * (transposeB ? b.at(j, k) : b.at(k, j)));
                }
            }
        }
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        for (int r = 0; r < a.rows(); r++) {
            double sum = 0;
            for (int s = 0; s < a.columns(); s++) {
                sum += own(a).at(r, s);
            }
            own(sums).set(r, sum);
        }
    }

    @Override
    public void relu(Tensor x, Tensor y) {
        for (int i = 0; i < x.size(); i++) {
            own(y).set(i, Math.max(own(x).at(i), 0.0));
        }
    }

    @Override
    public void reluBackward(Tensor y, Tensor dy, Tensor dx) {
        for (int i = 0; i < y.size(); i++) {
            own(dx).set(i, own(y).at(i) <= 0 ? 0 : own(dy).at(i));
        }
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        for (int i = 0; i < a.size(); i++) {
            own(c).set(i, own(a).at(i) * own(b).at(i));
        }
    }

    @Override
    public double sumOfSquaredErrors(Tensor p, Tensor y, double initial) {
        double sum = initial;
        for (int i = 0; i < p.size(); i++) {
            double difference = own(p).at(i) - own(y).at(i);
            sum += difference * difference;
        }
        return sum;
    }

    @Override
    public void scaledDifference(double factor, Tensor p, Tensor y, Tensor dp) {
        for (int i = 0; i < p.size(); i++) {
            own(dp).set(i, factor * (own(p).at(i) - own(y).at(i)));
        }
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        for (int i = 0; i < x.size(); i++) {
            own(y).set(i, own(y).at(i) + alpha * own(x).at(i));
        }
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        for (int i = 0; i < x.size(); i++) {
            own(y).set(i, own(y).at(i) + alpha * Math.signum(own(x).at(i)));
        }
    }

    @Override
    public void scale(double alpha, Tensor x) {
        for (int i = 0; i < x.size(); i++) {
            own(x).set(i, alpha * own(x).at(i));
        }
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        for (int i = 0; i < g.size(); i++) {
            double gradient = own(g).at(i);
            double first = own(m).at(i) + step.firstMomentRate() * (gradient - own(m).at(i));
            double second = step.secondMomentDecay() * own(v).at(i) + step.secondMomentRate() * gradient * gradient;
            own(m).set(i, first);
            own(v).set(i, second);
            own(theta).set(i, own(theta).at(i)
                    - step.stepSize() * first / (Math.sqrt(second) / step.secondMomentScale() + step.epsilon()));
        }
    }

    private static Matrix own(Tensor tensor) {
        return (Matrix) tensor;
    }
}
