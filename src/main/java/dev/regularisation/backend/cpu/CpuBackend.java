package dev.regularisation.backend.cpu;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;

/**
 * The bit-exact backend: every result equals the textbook loop of {@link Backend} in float32, on every JDK, processor,
 * vector width and thread count.
 *
 * <p>Only + − · / √ and fma are used, all correctly rounded in Java 17. Loops over elements are left to the JIT
 * compiler's vectoriser, which may not reorder a sum; the matrix product has a {@link Kernel} of its own.
 */
public final class CpuBackend implements Backend {

    /** The name of this backend. */
    public static final String NAME = "cpu";

    private static final int NEGATIVE_INFINITY_BITS = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY);

    private final Gemm gemm;
    private float[] transposed = new float[0];

    /** A backend with the fastest kernel that this JVM has. */
    public CpuBackend() {
        this(Kernel.fastest());
    }

    /** A backend with the given kernel. */
    public CpuBackend(Kernel kernel) {
        this.gemm = kernel.create();
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
        return NAME + " (float32, bit-exact, " + gemm.name() + ")";
    }

    /** 400 samples: 25 hidden units fit the first-level cache, and rows 1,600 bytes apart do not collide in its sets. */
    @Override
    public int preferredBlock() {
        return 400;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        Shapes.requireDimensions(rows, columns);
        return new CpuTensor(new float[Math.multiplyExact(rows, columns)], 0, rows, columns);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        Shapes.requireWindow(parent, offset, rows, columns);
        CpuTensor whole = own(parent);
        return new CpuTensor(whole.data(), whole.offset() + offset, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        Shapes.requireLength("write", values.length, target);
        CpuTensor t = own(target);
        for (int i = 0; i < values.length; i++) {
            t.data()[t.offset() + i] = (float) values[i];
        }
    }

    @Override
    public void read(Tensor source, double[] values) {
        Shapes.requireLength("read", values.length, source);
        CpuTensor s = own(source);
        for (int i = 0; i < values.length; i++) {
            values[i] = s.data()[s.offset() + i];
        }
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        Shapes.requireGather(source, columns, from, target);
        CpuTensor s = own(source);
        CpuTensor t = own(target);
        int width = t.columns();
        for (int row = 0; row < s.rows(); row++) {
            int sourceRow = s.offset() + row * s.columns();
            int targetRow = t.offset() + row * width;
            for (int j = 0; j < width; j++) {
                t.data()[targetRow + j] = s.data()[sourceRow + columns[from + j]];
            }
        }
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        Shapes.requireAffine(w, b, x, z);
        CpuTensor bias = own(b);
        gemm.multiply(w.rows(), x.columns(), w.columns(),
                Operand.of(own(w)), Operand.of(own(x)), bias.data(), bias.offset(), Operand.of(own(z)));
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        Shapes.requireGemm(transposeA, a, transposeB, b, c);
        Operand left = Operand.of(own(a));
        Operand right = Operand.of(own(b));
        gemm.multiply(c.rows(), c.columns(), transposeA ? a.rows() : a.columns(),
                transposeA ? left.transposed() : left,
                transposeB ? copyTransposed(own(b)) : right,
                null, 0, Operand.of(own(c)));
    }

    /** The kernels run along rows of B, so its transpose is laid out once; the copy is small beside the product. */
    private Operand copyTransposed(CpuTensor b) {
        if (transposed.length < b.size()) {
            transposed = new float[b.size()];
        }
        int rows = b.rows();
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            fourRowsTransposed(b.data(), b.offset() + i * b.columns(), b.columns(), transposed, i, rows);
        }
        for (; i < rows; i++) {
            for (int j = 0; j < b.columns(); j++) {
                transposed[j * rows + i] = b.data()[b.offset() + i * b.columns() + j];
            }
        }
        return new Operand(transposed, 0, rows, 1);
    }

    /** Four neighbours are stored at a time, so that a cache line is visited a quarter as often. */
    private static void fourRowsTransposed(float[] b, int from, int columns, float[] to, int at, int stride) {
        for (int j = 0; j < columns; j++) {
            int target = at + j * stride;
            int source = from + j;
            to[target] = b[source];
            to[target + 1] = b[source + columns];
            to[target + 2] = b[source + 2 * columns];
            to[target + 3] = b[source + 3 * columns];
        }
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        Shapes.requireShape("rowSums: sums", sums, a.rows(), 1);
        CpuTensor s = own(a);
        CpuTensor t = own(sums);
        int row = 0;
        for (; row + 4 <= s.rows(); row += 4) {
            fourRowSums(s.data(), s.offset() + row * s.columns(), s.columns(), t.data(), t.offset() + row);
        }
        for (; row < s.rows(); row++) {
            t.data()[t.offset() + row] = rowSum(s.data(), s.offset() + row * s.columns(), s.columns());
        }
    }

    /** Four independent chains at a time hide the latency of an addition. */
    private static void fourRowSums(float[] a, int from, int columns, float[] sums, int at) {
        float sum0 = 0f;
        float sum1 = 0f;
        float sum2 = 0f;
        float sum3 = 0f;
        for (int j = from; j < from + columns; j++) {
            sum0 += a[j];
            sum1 += a[j + columns];
            sum2 += a[j + 2 * columns];
            sum3 += a[j + 3 * columns];
        }
        sums[at] = sum0;
        sums[at + 1] = sum1;
        sums[at + 2] = sum2;
        sums[at + 3] = sum3;
    }

    private static float rowSum(float[] a, int from, int columns) {
        float sum = 0f;
        for (int j = from; j < from + columns; j++) {
            sum += a[j];
        }
        return sum;
    }

    @Override
    public void relu(Tensor x, Tensor y) {
        Shapes.requireSame("relu", x, y);
        float[] xs = own(x).data();
        float[] ys = own(y).data();
        int xi = own(x).offset();
        int yi = own(y).offset();
        int n = x.size();
        for (int i = 0; i < n; i++) {
            ys[yi + i] = Math.max(xs[xi + i], 0f);
        }
    }

    @Override
    public void reluBackward(Tensor y, Tensor dy, Tensor dx) {
        Shapes.requireSame("reluBackward", y, dy, dx);
        CpuTensor output = own(y);
        CpuTensor from = own(dy);
        CpuTensor to = own(dx);
        int n = output.size();
        for (int i = 0; i < n; i++) {
            // A choice between integers compiles to a conditional move. Between floats it would be a branch that a
            // random pattern of active units mispredicts half the time, at three times the cost of the whole loop.
            int bits = Float.floatToRawIntBits(output.data()[output.offset() + i]);
            int gradient = Float.floatToRawIntBits(from.data()[from.offset() + i]);
            to.data()[to.offset() + i] = Float.intBitsToFloat(isNotPositive(bits) ? 0 : gradient);
        }
    }

    /**
     * {@code value <= 0f} on the bits of value. Read as integers, negative NaNs lie above −∞ and below +0, every negative
     * number and −0 at or below −∞.
     */
    private static boolean isNotPositive(int bits) {
        return bits == 0 | bits <= NEGATIVE_INFINITY_BITS;
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        Shapes.requireSame("multiply", a, b, c);
        CpuTensor left = own(a);
        CpuTensor right = own(b);
        CpuTensor to = own(c);
        int n = left.size();
        for (int i = 0; i < n; i++) {
            to.data()[to.offset() + i] = left.data()[left.offset() + i] * right.data()[right.offset() + i];
        }
    }

    @Override
    public double sumOfSquaredErrors(Tensor p, Tensor y, double initial) {
        Shapes.requireSame("sumOfSquaredErrors", p, y);
        CpuTensor predictions = own(p);
        CpuTensor truth = own(y);
        int n = predictions.size();
        double sum = initial;
        for (int i = 0; i < n; i++) {
            float difference = predictions.data()[predictions.offset() + i] - truth.data()[truth.offset() + i];
            // The square of a float is exact in double: 2 x 24 bits fit 53.
            sum += (double) difference * difference;
        }
        return sum;
    }

    @Override
    public void scaledDifference(double factor, Tensor p, Tensor y, Tensor dp) {
        Shapes.requireSame("scaledDifference", p, y, dp);
        CpuTensor predictions = own(p);
        CpuTensor truth = own(y);
        CpuTensor to = own(dp);
        float f = (float) factor;
        int n = predictions.size();
        for (int i = 0; i < n; i++) {
            to.data()[to.offset() + i] =
                    f * (predictions.data()[predictions.offset() + i] - truth.data()[truth.offset() + i]);
        }
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("axpy", x, y);
        CpuTensor from = own(x);
        CpuTensor to = own(y);
        float a = (float) alpha;
        int n = from.size();
        for (int i = 0; i < n; i++) {
            int at = to.offset() + i;
            to.data()[at] = Math.fma(a, from.data()[from.offset() + i], to.data()[at]);
        }
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("addSign", x, y);
        CpuTensor from = own(x);
        CpuTensor to = own(y);
        float a = (float) alpha;
        int n = from.size();
        for (int i = 0; i < n; i++) {
            float value = from.data()[from.offset() + i];
            if (value != 0f) {
                to.data()[to.offset() + i] += a * Math.signum(value);
            }
        }
    }

    @Override
    public void scale(double alpha, Tensor x) {
        CpuTensor t = own(x);
        float a = (float) alpha;
        for (int i = t.offset(); i < t.end(); i++) {
            t.data()[i] *= a;
        }
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        Shapes.requireSame("adam", g, m, v, theta);
        adam(g.size(),
                (float) step.firstMomentRate(), (float) step.secondMomentDecay(), (float) step.secondMomentRate(),
                (float) step.stepSize(), (float) step.secondMomentScale(), (float) step.epsilon(),
                own(g), own(m), own(v), own(theta));
    }

    private static void adam(
            int n, float rate1, float decay2, float rate2, float stepSize, float scale2, float epsilon,
            CpuTensor g, CpuTensor m, CpuTensor v, CpuTensor theta) {
        float[] gs = g.data();
        float[] ms = m.data();
        float[] vs = v.data();
        float[] ts = theta.data();
        int gi = g.offset();
        int mi = m.offset();
        int vi = v.offset();
        int ti = theta.offset();
        for (int i = 0; i < n; i++) {
            float gradient = gs[gi + i];
            float first = Math.fma(rate1, gradient - ms[mi + i], ms[mi + i]);
            float second = Math.fma(rate2 * gradient, gradient, decay2 * vs[vi + i]);
            ms[mi + i] = first;
            vs[vi + i] = second;
            // The root of a float computed in double and rounded is the correctly rounded float root.
            ts[ti + i] -= stepSize * first / ((float) Math.sqrt(second) / scale2 + epsilon);
        }
    }

    private static CpuTensor own(Tensor tensor) {
        if (tensor instanceof CpuTensor own) {
            return own;
        }
        throw new IllegalArgumentException("cpu: wanted a tensor made by this backend, got a "
                + tensor.getClass().getSimpleName() + "; copy it with read and write");
    }
}
