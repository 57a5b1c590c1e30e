package dev.regularisation.backend.torch;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;
import java.util.Arrays;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Each operation as a user of PyTorch would write it; Adam as {@code torch.optim.Adam} does, operation by operation.
 *
 * <p>The contract differs from PyTorch in two places that no run of the post reaches, and only there is something added:
 * PyTorch's rectifier leaves −0 as it is, and its sign of NaN is 0.
 */
public final class TorchBackend implements Backend {

    private static final double LEAK = 0.01;

    private final Precision precision;
    private final ScalarType type;

    public TorchBackend(Precision precision) {
        this.precision = precision;
        this.type = precision == Precision.FLOAT32 ? ScalarType.Float : ScalarType.Double;
        torch.set_num_threads(1);
    }

    @Override
    public String name() {
        return "torch";
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String description() {
        return "torch (" + precision + ", " + torch.get_cpu_capability().getString() + ")";
    }

    @Override
    public int preferredBlock() {
        return 10_000;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        Shapes.requireDimensions(rows, columns);
        return new TorchTensor(torch.zeros(new long[] {rows, columns}, new TensorOptions(type)), rows, columns);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        Shapes.requireWindow(parent, offset, rows, columns);
        org.bytedeco.pytorch.Tensor window = own(parent).narrow(0, offset, (long) rows * columns).view(rows, columns);
        return new TorchTensor(window, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        Shapes.requireLength("write", values.length, target);
        org.bytedeco.pytorch.Tensor t = own(target);
        if (values.length == 0) {
            return;
        }
        if (precision == Precision.FLOAT64) {
            t.data_ptr_double().put(values);
            return;
        }
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        t.data_ptr_float().put(rounded);
    }

    @Override
    public void read(Tensor source, double[] values) {
        Shapes.requireLength("read", values.length, source);
        org.bytedeco.pytorch.Tensor s = own(source);
        if (values.length == 0) {
            return;
        }
        if (precision == Precision.FLOAT64) {
            s.data_ptr_double().get(values);
            return;
        }
        float[] floats = new float[values.length];
        s.data_ptr_float().get(floats);
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        Shapes.requireGather(source, columns, from, target);
        long[] wanted = Arrays.stream(columns, from, from + target.columns()).asLongStream().toArray();
        try (PointerScope scope = new PointerScope()) {
            org.bytedeco.pytorch.Tensor indices = torch.from_blob(
                    new LongPointer(wanted), new long[] {wanted.length}, new TensorOptions(ScalarType.Long));
            own(target).copy_(own(source).index_select(1, indices));
        }
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        Shapes.requireAffine(w, b, x, z);
        try (PointerScope scope = new PointerScope()) {
            own(z).copy_(b == null ? torch.mm(own(w), own(x)) : torch.addmm(own(b), own(w), own(x)));
        }
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        Shapes.requireGemm(transposeA, a, transposeB, b, c);
        try (PointerScope scope = new PointerScope()) {
            own(c).copy_(torch.mm(transposeA ? own(a).t() : own(a), transposeB ? own(b).t() : own(b)));
        }
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        Shapes.requireShape("rowSums: sums", sums, a.rows(), 1);
        try (PointerScope scope = new PointerScope()) {
            own(sums).copy_(own(a).sum(new long[] {1}, true, null));
        }
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        Shapes.requireSame("activate", x, y);
        try (PointerScope scope = new PointerScope()) {
            own(y).copy_(switch (f) {
                case RELU -> own(x).relu().add(new Scalar(0.0));
                case LEAKY_RELU -> torch.leaky_relu(own(x), new Scalar(LEAK));
                case TANH -> own(x).tanh();
                case SIGMOID -> own(x).sigmoid();
                case SILU -> torch.silu(own(x));
                case IDENTITY -> own(x);
                default -> throw new UnsupportedOperationException("torch: wanted an activation of PyTorch's, got " + f.id());
            });
        }
    }

    @Override
    public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
        Shapes.requireSame("activateBackward", at, dy, dx);
        try (PointerScope scope = new PointerScope()) {
            own(dx).copy_(switch (f) {
                case RELU -> torch.threshold_backward(own(dy), own(at), new Scalar(0.0));
                case LEAKY_RELU -> torch.leaky_relu_backward(own(dy), own(at), new Scalar(LEAK), true);
                case TANH -> torch.tanh_backward(own(dy), own(at));
                case SIGMOID -> torch.sigmoid_backward(own(dy), own(at));
                case SILU -> torch.silu_backward(own(dy), own(at));
                case IDENTITY -> own(dy);
                default -> throw new UnsupportedOperationException("torch: wanted an activation of PyTorch's, got " + f.id());
            });
        }
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        Shapes.requireSame("multiply", a, b, c);
        try (PointerScope scope = new PointerScope()) {
            own(c).copy_(own(a).mul(own(b)));
        }
    }

    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
        Shapes.requireSame("sumOfLosses", p, y);
        double sum = initial;
        for (double error : errors(p, y)) {
            sum += loss.value(error);
        }
        return sum;
    }

    private double[] errors(Tensor p, Tensor y) {
        try (PointerScope scope = new PointerScope()) {
            return read(new TorchTensor(own(p).sub(own(y)).contiguous(), p.rows(), p.columns()));
        }
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
        Shapes.requireSame("lossGradient", p, y, dp);
        if (!loss.hasIdentitySlope()) {
            double[] slopes = errors(p, y);
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = precision == Precision.FLOAT32 ? loss.slope((float) slopes[i]) : loss.slope(slopes[i]);
            }
            write(slopes, dp);
            scale(factor, dp);
            return;
        }
        try (PointerScope scope = new PointerScope()) {
            own(dp).copy_(own(p).sub(own(y)).mul(new Scalar(factor)));
        }
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("axpy", x, y);
        try (PointerScope scope = new PointerScope()) {
            own(y).add_(own(x), new Scalar(alpha));
        }
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("addSign", x, y);
        try (PointerScope scope = new PointerScope()) {
            own(y).add_(torch.where(own(x).isnan(), own(x), own(x).sign()), new Scalar(alpha));
        }
    }

    @Override
    public void scale(double alpha, Tensor x) {
        try (PointerScope scope = new PointerScope()) {
            own(x).mul_(new Scalar(alpha));
        }
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        Shapes.requireSame("adam", g, m, v, theta);
        try (PointerScope scope = new PointerScope()) {
            own(m).lerp_(own(g), new Scalar(step.firstMomentRate()));
            own(v).mul_(new Scalar(step.secondMomentDecay()))
                    .addcmul_(own(g), own(g), new Scalar(step.secondMomentRate()));
            org.bytedeco.pytorch.Tensor denominator = own(v).sqrt()
                    .div_(new Scalar(step.secondMomentScale())).add_(new Scalar(step.epsilon()));
            own(theta).addcdiv_(own(m), denominator, new Scalar(-step.stepSize()));
        }
    }

    private static org.bytedeco.pytorch.Tensor own(Tensor tensor) {
        if (tensor instanceof TorchTensor own) {
            return own.value();
        }
        throw new IllegalArgumentException("torch: wanted a tensor made by this backend, got a "
                + tensor.getClass().getSimpleName() + "; copy it with read and write");
    }
}
