package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;

/**
 * The bit-exact backend: every result equals the textbook loop of {@link Backend} in float32, on every JDK, processor,
 * vector width and thread count.
 *
 * <p>Only + − · / √ and fma are used, all correctly rounded in Java 17. Loops over elements are left to the JIT
 * compiler's vectoriser, which may not reorder a sum; matrix products, and the loops that it leaves to scalars, come from
 * a {@link Kernel}.
 */
public final class CpuBackend implements Backend {

    /** The name of this backend. */
    public static final String NAME = "cpu";

    private final Gemm gemm;
    private final ElementWise elements;
    private final boolean samplesTogether;
    private float[] buffer = new float[0];

    /** A backend with the fastest kernel that this JVM has. */
    public CpuBackend() {
        this(Kernel.fastest());
    }

    /** A backend with the given kernel. */
    public CpuBackend(Kernel kernel) {
        kernel.requireAvailable();
        boolean vectors = kernel == Kernel.VECTOR;
        this.gemm = vectors ? new VectorGemm() : new LoopGemm();
        this.elements = vectors ? new VectorElementWise() : new LoopElementWise();
        this.samplesTogether = vectors;
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
        return NAME + " (float32, bit-exact, " + kernel() + ")";
    }

    /** The kernel that computes, such as {@code vector-512}. */
    String kernel() {
        return gemm.name();
    }

    /**
     * Rows of 1,280 bytes for the vectors, in whole tiles, of 1,600 for the loops, in few calls: 25 hidden units of them fit
     * the first-level cache.
     */
    @Override
    public int preferredBlock() {
        return (samplesTogether ? 1280 : 1600) / Float.BYTES;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        Shapes.requireDimensions(rows, columns);
        return CpuTensor.byRow(new float[rows * columns], 0, rows, columns);
    }

    /**
     * A sample after the other for the vector kernel, whose gradients then need no transposing: their lanes run along the
     * inputs of a layer. The plain loops want long rows, which samples of a few units are not.
     */
    @Override
    public Tensor batch(int features, int samples) {
        if (!samplesTogether) {
            return zeros(features, samples);
        }
        Shapes.requireDimensions(features, samples);
        return CpuTensor.byColumn(new float[features * samples], 0, features, samples);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        Shapes.requireWindow(parent, offset, rows, columns);
        CpuTensor whole = own(parent);
        return CpuTensor.byRow(whole.data(), whole.offset() + offset, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        Shapes.requireLength("write", values.length, target);
        CpuTensor t = own(target);
        if (t.hasUnitColumns()) {
            for (int i = 0; i < values.length; i++) {
                t.data()[t.offset() + i] = Rounding.of(values[i]);
            }
            return;
        }
        int i = 0;
        for (int row = 0; row < t.rows(); row++) {
            for (int column = 0; column < t.columns(); column++) {
                t.data()[t.index(row, column)] = Rounding.of(values[i++]);
            }
        }
    }

    @Override
    public void read(Tensor source, double[] values) {
        Shapes.requireLength("read", values.length, source);
        CpuTensor s = own(source);
        if (s.hasUnitColumns()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = s.data()[s.offset() + i];
            }
            return;
        }
        int i = 0;
        for (int row = 0; row < s.rows(); row++) {
            for (int column = 0; column < s.columns(); column++) {
                values[i++] = s.data()[s.index(row, column)];
            }
        }
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        Shapes.requireGather(source, columns, from, target);
        CpuTensor s = own(source);
        CpuTensor t = own(target);
        if (s.rows() > 1 && s.hasUnitRows() && t.hasUnitRows()) {
            for (int j = 0; j < t.columns(); j++) {
                System.arraycopy(s.data(), s.index(0, columns[from + j]), t.data(), t.index(0, j), t.rows());
            }
            return;
        }
        for (int row = 0; row < s.rows(); row++) {
            for (int j = 0; j < t.columns(); j++) {
                t.data()[t.index(row, j)] = s.data()[s.index(row, columns[from + j])];
            }
        }
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        Shapes.requireAffine(w, b, x, z);
        product(own(w), own(x), b == null ? null : own(b).repeated(), own(z));
    }

    /**
     * The product and a pass over its result, which is in the cache by then. Within the tiles a rectifier would be a few
     * instructions less, but they are as large as the compiler inlines: beyond that, vectors become objects. After each
     * panel of tiles it costs more than one long loop, whose vectors the compiler aligns.
     */
    @Override
    public void affineActivate(Activation f, Tensor w, Tensor b, Tensor x, Tensor factor, Tensor z, Tensor y) {
        Shapes.requireAffineActivate(w, b, x, factor, z, y);
        CpuTensor pre = own(z);
        product(own(w), own(x), b == null ? null : own(b).repeated(), pre);
        if (factor == null) {
            activate(f, z, y);
        } else if (f == Activation.RELU && z == y) {
            CpuTensor by = laidOutAs(pre, own(factor));
            elements.scaledRelu(by.data(), by.offset(), pre.data(), pre.offset(), pre.size());
        } else {
            multiply(z, factor, z);
            activate(f, z, y);
        }
    }

    @Override
    public void affineActivateBackward(Activation f, Tensor w, Tensor dz, Tensor at, Tensor factor, Tensor dx) {
        Shapes.requireAffineActivateBackward(w, dz, at, factor, dx);
        CpuTensor to = own(dx);
        product(own(w).transposed(), own(dz), null, to);
        if (factor == null) {
            activateBackward(f, at, dx, dx);
        } else if (f == Activation.RELU) {
            CpuTensor output = laidOutAs(to, own(at));
            CpuTensor by = laidOutAs(to, own(factor));
            elements.scaledReluBackward(
                    output.data(), output.offset(), by.data(), by.offset(), to.data(), to.offset(), to.size());
        } else {
            activateBackward(f, at, dx, dx);
            multiply(dx, factor, dx);
        }
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        Shapes.requireGemm(transposeA, a, transposeB, b, c);
        product(transposeA ? own(a).transposed() : own(a), transposeB ? own(b).transposed() : own(b), null, own(c));
    }

    /**
     * C = S + A B, or the same transposed, Cᵀ = Sᵀ + Bᵀ Aᵀ, whichever leaves nothing to copy: the kernels run along rows
     * of their second source and of C. A fused multiply-add does not ask which factor is the first.
     */
    private void product(CpuTensor a, CpuTensor b, CpuTensor start, CpuTensor c) {
        CpuTensor turnedStart = start == null ? null : start.transposed();
        if (c.hasUnitColumns() && b.hasUnitColumns()) {
            gemm.multiply(a, b, start, c);
        } else if (c.hasUnitRows() && a.hasUnitRows()) {
            gemm.multiply(b.transposed(), a.transposed(), turnedStart, c.transposed());
        } else if (c.hasUnitColumns()) {
            gemm.multiply(a, byRow(b), start, c);
        } else {
            gemm.multiply(b.transposed(), byRow(a.transposed()), turnedStart, c.transposed());
        }
    }

    /** A copy with consecutive rows in a buffer of this backend's, small beside the product for which it is made. */
    private CpuTensor byRow(CpuTensor b) {
        if (buffer.length < b.size()) {
            buffer = new float[b.size()];
        }
        return b.copyByRow(buffer);
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        Shapes.requireShape("rowSums: sums", sums, a.rows(), 1);
        CpuTensor s = own(a);
        CpuTensor t = own(sums);
        if (s.hasUnitRows() && s.rows() > 1) {
            elements.sumOfColumns(s.data(), s.offset(), s.rows(), s.columns(), t.data(), t.offset());
            return;
        }
        int row = 0;
        for (; row + 4 <= s.rows(); row += 4) {
            fourRowSums(s.data(), s.index(row, 0), s.columns(), t.data(), t.offset() + row);
        }
        for (; row < s.rows(); row++) {
            t.data()[t.offset() + row] = rowSum(s.data(), s.index(row, 0), s.columns());
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
    public void activate(Activation f, Tensor x, Tensor y) {
        Shapes.requireSame("activate", x, y);
        CpuTensor to = own(y);
        // In place the compiler must see that it is: between what could be two arrays it leaves a loop to scalars.
        CpuTensor from = x == y ? to : laidOutAs(to, own(x));
        elements.activate(f, from.data(), from.offset(), to.data(), to.offset(), to.size());
    }

    @Override
    public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
        Shapes.requireSame("activateBackward", at, dy, dx);
        CpuTensor to = own(dx);
        CpuTensor place = laidOutAs(to, own(at));
        CpuTensor from = laidOutAs(to, own(dy));
        elements.activateBackward(
                f, place.data(), place.offset(), from.data(), from.offset(), to.data(), to.offset(), to.size());
    }

    /** Element-wise loops run through memory, so a source that is laid out otherwise is copied; training has none. */
    private static CpuTensor laidOutAs(CpuTensor target, CpuTensor source) {
        if (source.isLaidOutAs(target)) {
            return source;
        }
        float[] data = new float[source.size()];
        CpuTensor copy = target.hasUnitColumns() ? CpuTensor.byRow(data, 0, source.rows(), source.columns())
                : CpuTensor.byColumn(data, 0, source.rows(), source.columns());
        copy(source, copy);
        return copy;
    }

    private static CpuTensor rowAfterRow(CpuTensor source) {
        return source.hasUnitColumns() ? source : source.copyByRow(new float[source.size()]);
    }

    private static void copy(CpuTensor source, CpuTensor target) {
        for (int row = 0; row < source.rows(); row++) {
            for (int column = 0; column < source.columns(); column++) {
                target.data()[target.index(row, column)] = source.data()[source.index(row, column)];
            }
        }
    }

    @Override
    public void mask(boolean[] kept, int from, double scale, Tensor factor) {
        Shapes.requireMask(kept, from, factor);
        CpuTensor to = own(factor);
        // A choice between integers compiles to a conditional move, not to a branch that a random mask would mispredict.
        var bits = Float.floatToRawIntBits(Rounding.of(scale));
        int first = from * to.rows();
        if (to.hasUnitRows()) {
            for (int i = 0; i < to.size(); i++) {
                to.data()[to.offset() + i] = Float.intBitsToFloat(kept[first + i] ? bits : 0);
            }
            return;
        }
        for (int unit = 0; unit < to.rows(); unit++) {
            for (int sample = 0; sample < to.columns(); sample++) {
                boolean chosen = kept[first + sample * to.rows() + unit];
                to.data()[to.index(unit, sample)] = Float.intBitsToFloat(chosen ? bits : 0);
            }
        }
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        Shapes.requireSame("multiply", a, b, c);
        CpuTensor to = own(c);
        CpuTensor left = laidOutAs(to, own(a));
        CpuTensor right = laidOutAs(to, own(b));
        int n = left.size();
        for (int i = 0; i < n; i++) {
            to.data()[to.offset() + i] = left.data()[left.offset() + i] * right.data()[right.offset() + i];
        }
    }

    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
        Shapes.requireSame("sumOfLosses", p, y);
        CpuTensor predictions = rowAfterRow(own(p));
        CpuTensor truth = rowAfterRow(own(y));
        int n = predictions.size();
        double sum = initial;
        for (int i = 0; i < n; i++) {
            // Rounded as the arrays are, and wider only then.
            double difference = predictions.data()[predictions.offset() + i] - truth.data()[truth.offset() + i];
            sum += loss.value(difference);
        }
        return sum;
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
        Shapes.requireSame("lossGradient", p, y, dp);
        CpuTensor to = own(dp);
        CpuTensor predictions = laidOutAs(to, own(p));
        CpuTensor truth = laidOutAs(to, own(y));
        float f = Rounding.of(factor);
        boolean sloped = !loss.hasIdentitySlope();
        int n = predictions.size();
        for (int i = 0; i < n; i++) {
            float error = predictions.data()[predictions.offset() + i] - truth.data()[truth.offset() + i];
            to.data()[to.offset() + i] = f * (sloped ? loss.slope(error) : error);
        }
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("axpy", x, y);
        CpuTensor to = own(y);
        CpuTensor from = laidOutAs(to, own(x));
        float a = Rounding.of(alpha);
        int n = from.size();
        for (int i = 0; i < n; i++) {
            int at = to.offset() + i;
            to.data()[at] = Math.fma(a, from.data()[from.offset() + i], to.data()[at]);
        }
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("addSign", x, y);
        CpuTensor to = own(y);
        CpuTensor from = laidOutAs(to, own(x));
        float a = Rounding.of(alpha);
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
        float a = Rounding.of(alpha);
        int n = t.size();
        for (int i = 0; i < n; i++) {
            t.data()[t.offset() + i] *= a;
        }
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        Shapes.requireSame("adam", g, m, v, theta);
        CpuTensor parameters = own(theta);
        CpuTensor first = laidOutAs(parameters, own(m));
        CpuTensor second = laidOutAs(parameters, own(v));
        CpuTensor gradient = laidOutAs(parameters, own(g));
        elements.adam(ElementWise.Step.of(step),
                gradient.data(), gradient.offset(), first.data(), first.offset(), second.data(), second.offset(),
                parameters.data(), parameters.offset(), parameters.size());
        if (first != m) {
            copy(first, own(m));
        }
        if (second != v) {
            copy(second, own(v));
        }
    }

    private static CpuTensor own(Tensor tensor) {
        if (tensor instanceof CpuTensor own) {
            return own;
        }
        throw new IllegalArgumentException(NAME + " (float32): wanted a tensor made by this backend, got a "
                + tensor.getClass().getName() + "; copy it with read and write");
    }
}
