package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;

/**
 * Every operation as a kernel on a device, with the bits of {@code cpu}: the kernels are the loops of the contract, and each
 * operation in them is correctly rounded. One launch for each operation makes it the means to prove kernels with; studies
 * train thousands of runs in a few launches instead.
 *
 * <p>Operations are enqueued in order; only {@link #read} and what hands a number back wait for the device. Losses are added
 * up on the host, in order: their differences come from the device, the function of {@link PointwiseLoss} is Java.
 */
public final class OpenClBackend implements Backend {

    static final String NAME = "opencl";

    /** Those that {@code activations.cl} has; what is added to the enumeration is computed on the host until it is there. */
    private static final Set<Activation> KERNELS = EnumSet.of(Activation.RELU, Activation.LEAKY_RELU, Activation.TANH,
            Activation.SIGMOID, Activation.SILU, Activation.IDENTITY);

    private final OpenClDevice device;
    private final Precision precision;
    private final OpenClSession session;
    private ByteBuffer staging = bytes(1 << 12);
    private long columnIndices;
    private int columnIndicesLength;
    private OpenClTensor differences;

    /** A backend on {@code device}, which is {@linkplain OpenClDevice#availability available}. */
    public OpenClBackend(OpenClDevice device, Precision precision) {
        this(device, precision, Programs.operations(device, precision));
    }

    /** The same with other kernels of the same names. */
    OpenClBackend(OpenClDevice device, Precision precision, KernelSource program) {
        this.device = device;
        this.precision = precision;
        this.session = new OpenClSession(device, program);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String description() {
        return NAME + " (" + (precision == Precision.FLOAT32 ? "float32" : "float64") + "), " + device.description();
    }

    /** One launch for all: a device has room and nothing to gain from small blocks. */
    @Override
    public int preferredBlock() {
        return 1 << 20;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        Shapes.requireDimensions(rows, columns);
        long length = (long) rows * columns * precision.bytes();
        long buffer = session.buffer(length);
        session.zero(buffer, length);
        return new OpenClTensor(session, buffer, 0, rows, columns);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        Shapes.requireWindow(parent, offset, rows, columns);
        OpenClTensor whole = own(parent);
        return new OpenClTensor(session, whole.buffer(), whole.at() + offset, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        Shapes.requireLength("write", values.length, target);
        OpenClTensor t = own(target);
        ByteBuffer bytes = staging(values.length * (long) precision.bytes());
        if (precision == Precision.FLOAT32) {
            for (double value : values) {
                bytes.putFloat((float) value);
            }
        } else {
            bytes.asDoubleBuffer().put(values);
            bytes.position(bytes.limit());
        }
        session.write(t.buffer(), offset(t), bytes.flip());
    }

    @Override
    public void read(Tensor source, double[] values) {
        Shapes.requireLength("read", values.length, source);
        OpenClTensor s = own(source);
        ByteBuffer bytes = staging(values.length * (long) precision.bytes());
        session.read(s.buffer(), offset(s), bytes);
        if (precision == Precision.FLOAT32) {
            for (int i = 0; i < values.length; i++) {
                values[i] = bytes.getFloat();
            }
        } else {
            bytes.asDoubleBuffer().get(values);
        }
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        Shapes.requireGather(source, columns, from, target);
        OpenClTensor s = own(source);
        OpenClTensor t = own(target);
        if (columnIndicesLength < t.columns()) {
            columnIndices = session.buffer((long) t.columns() * Integer.BYTES);
            columnIndicesLength = t.columns();
        }
        ByteBuffer bytes = staging((long) t.columns() * Integer.BYTES);
        bytes.asIntBuffer().put(columns, from, t.columns());
        session.write(columnIndices, 0, bytes);
        session.run("gather_columns", t.columns(), t.rows(),
                s.buffer(), s.at(), s.columns(), columnIndices, t.buffer(), t.at(), t.columns());
    }

    @Override
    public void affine(Tensor weights, Tensor bias, Tensor input, Tensor output) {
        Shapes.requireAffine(weights, bias, input, output);
        OpenClTensor w = own(weights);
        OpenClTensor b = bias == null ? w : own(bias);
        OpenClTensor x = own(input);
        OpenClTensor z = own(output);
        session.run("affine", z.columns(), z.rows(), w.buffer(), w.at(), b.buffer(), b.at(), bias == null ? 0 : 1,
                x.buffer(), x.at(), z.buffer(), z.at(), w.columns(), z.columns());
    }

    @Override
    public void gemm(boolean transposeA, Tensor first, boolean transposeB, Tensor second, Tensor product) {
        Shapes.requireGemm(transposeA, first, transposeB, second, product);
        OpenClTensor a = own(first);
        OpenClTensor b = own(second);
        OpenClTensor c = own(product);
        session.run("gemm", c.columns(), c.rows(),
                a.buffer(), a.at(), transposeA ? 1 : a.columns(), transposeA ? a.columns() : 1,
                b.buffer(), b.at(), transposeB ? 1 : b.columns(), transposeB ? b.columns() : 1,
                c.buffer(), c.at(), transposeA ? a.rows() : a.columns(), c.columns());
    }

    @Override
    public void rowSums(Tensor matrix, Tensor sums) {
        Shapes.requireShape("rowSums: sums", sums, matrix.rows(), 1);
        OpenClTensor a = own(matrix);
        OpenClTensor t = own(sums);
        session.run("row_sums", a.rows(), 1, a.buffer(), a.at(), t.buffer(), t.at(), a.columns(), a.rows());
    }

    @Override
    public void activate(Activation f, Tensor input, Tensor output) {
        Shapes.requireSame("activate", input, output);
        if (!KERNELS.contains(f)) {
            double[] values = read(input);
            for (int i = 0; i < values.length; i++) {
                values[i] = precision == Precision.FLOAT32 ? f.value((float) values[i]) : f.value(values[i]);
            }
            write(values, output);
            return;
        }
        OpenClTensor x = own(input);
        OpenClTensor y = own(output);
        session.run("activate", x.size(), 1, f.ordinal(), x.buffer(), x.at(), y.buffer(), y.at(), x.size());
    }

    @Override
    public void activateBackward(Activation f, Tensor place, Tensor above, Tensor below) {
        Shapes.requireSame("activateBackward", place, above, below);
        if (!KERNELS.contains(f)) {
            double[] at = read(place);
            double[] dy = read(above);
            for (int i = 0; i < at.length; i++) {
                dy[i] = precision == Precision.FLOAT32
                        ? f.gradient((float) at[i], (float) dy[i]) : f.gradient(at[i], dy[i]);
            }
            write(dy, below);
            return;
        }
        OpenClTensor at = own(place);
        OpenClTensor dy = own(above);
        OpenClTensor dx = own(below);
        session.run("activate_backward", at.size(), 1,
                f.ordinal(), at.buffer(), at.at(), dy.buffer(), dy.at(), dx.buffer(), dx.at(), at.size());
    }

    @Override
    public void multiply(Tensor first, Tensor second, Tensor product) {
        Shapes.requireSame("multiply", first, second, product);
        pairwise("multiply", own(first), own(second), own(product));
    }

    private void pairwise(String kernel, OpenClTensor a, OpenClTensor b, OpenClTensor c) {
        session.run(kernel, a.size(), 1, a.buffer(), a.at(), b.buffer(), b.at(), c.buffer(), c.at(), a.size());
    }

    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor prediction, Tensor target, double initial) {
        Shapes.requireSame("sumOfLosses", prediction, target);
        double sum = initial;
        for (double difference : differences(prediction, target)) {
            sum += loss.value(difference);
        }
        return sum;
    }

    /** p − y, each rounded, in row-major order. */
    private double[] differences(Tensor prediction, Tensor target) {
        int n = prediction.size();
        if (differences == null || differences.size() < n) {
            differences = own(zeros(n, 1));
        }
        OpenClTensor d = new OpenClTensor(session, differences.buffer(), 0, prediction.rows(), prediction.columns());
        pairwise("subtract", own(prediction), own(target), d);
        return read(d);
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor prediction, Tensor target, Tensor gradient) {
        Shapes.requireSame("lossGradient", prediction, target, gradient);
        OpenClTensor d = own(gradient);
        if (loss.hasIdentitySlope()) {
            OpenClTensor p = own(prediction);
            OpenClTensor y = own(target);
            session.run("scaled_difference", p.size(), 1, number(factor),
                    p.buffer(), p.at(), y.buffer(), y.at(), d.buffer(), d.at(), p.size());
            return;
        }
        double[] slopes = differences(prediction, target);
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = precision == Precision.FLOAT32 ? loss.slope((float) slopes[i]) : loss.slope(slopes[i]);
        }
        write(slopes, gradient);
        scale(factor, gradient);
    }

    @Override
    public void axpy(double alpha, Tensor source, Tensor target) {
        Shapes.requireSame("axpy", source, target);
        scaledInto("axpy", alpha, own(source), own(target));
    }

    @Override
    public void addSign(double alpha, Tensor source, Tensor target) {
        Shapes.requireSame("addSign", source, target);
        scaledInto("add_sign", alpha, own(source), own(target));
    }

    private void scaledInto(String kernel, double alpha, OpenClTensor x, OpenClTensor y) {
        session.run(kernel, x.size(), 1, number(alpha), x.buffer(), x.at(), y.buffer(), y.at(), x.size());
    }

    @Override
    public void scale(double alpha, Tensor tensor) {
        OpenClTensor x = own(tensor);
        session.run("scale", x.size(), 1, number(alpha), x.buffer(), x.at(), x.size());
    }

    @Override
    public void adam(AdamStep step, Tensor gradient, Tensor first, Tensor second, Tensor parameters) {
        Shapes.requireSame("adam", gradient, first, second, parameters);
        OpenClTensor g = own(gradient);
        OpenClTensor m = own(first);
        OpenClTensor v = own(second);
        OpenClTensor theta = own(parameters);
        session.run("adam", g.size(), 1, number(step.firstMomentRate()), number(step.secondMomentDecay()),
                number(step.secondMomentRate()), number(step.stepSize()), number(step.secondMomentScale()),
                number(step.epsilon()), g.buffer(), g.at(), m.buffer(), m.at(), v.buffer(), v.at(),
                theta.buffer(), theta.at(), g.size());
    }

    @Override
    public void close() {
        session.close();
    }

    private Object number(double value) {
        return OpenClSession.argument(precision, value);
    }

    private long offset(OpenClTensor tensor) {
        return (long) tensor.at() * precision.bytes();
    }

    /** A buffer of the host of exactly that many bytes, the same one again and again. */
    private ByteBuffer staging(long length) {
        if (staging.capacity() < length) {
            staging = bytes(Math.toIntExact(length));
        }
        return staging.clear().limit((int) length);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }

    private OpenClTensor own(Tensor tensor) {
        if (tensor instanceof OpenClTensor own && own.owner() == session) {
            return own;
        }
        throw new IllegalArgumentException(NAME + ": wanted a tensor made by this backend, got a "
                + (tensor instanceof OpenClTensor ? "tensor of another one" : tensor.getClass().getName())
                + "; copy it with read and write");
    }
}
