package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Shapes;
import dev.regularisation.backend.Tensor;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The contract on ND4J arrays, in float32 or float64.
 *
 * <p>Element-wise operations round where the contract rounds, except that a fused multiply-add is two roundings; sums are
 * taken in the order of ND4J's BLAS, which depends on processor and thread count. On one machine with one thread a run
 * repeats bit for bit.
 *
 * <p>{@link #close} releases every tensor; using one afterwards throws {@link IllegalStateException}.
 */
public final class Nd4jBackend implements Backend {

    /** The name of this backend. */
    public static final String NAME = "nd4j";

    private final Precision precision;
    private final NativeArrays memory;
    private final ElementWise elements;
    private final Products products = new Products();
    private final NamedOperation gatherRows = NamedOperation.gatherRows();

    /** A backend that stores and computes in {@code precision}. */
    public Nd4jBackend(Precision precision) {
        this.precision = precision;
        memory = new NativeArrays(precision == Precision.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE);
        elements = new ElementWise(memory);
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
        return NAME + " (" + (precision == Precision.FLOAT32 ? "float32" : "float64") + ", " + Nd4jLibrary.description()
                + ")";
    }

    /** 5,000 samples: measured, 1,000 to 10,000 take the same time within a fifth, and fewer take longer, at 5 µs a call. */
    @Override
    public int preferredBlock() {
        return 5000;
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        Shapes.requireDimensions(rows, columns);
        requireOpen();
        int size = Math.multiplyExact(rows, columns);
        return new Nd4jTensor(this, size == 0 ? null : memory.zeros(size).data(), 0, rows, columns);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        Shapes.requireWindow(parent, offset, rows, columns);
        return own(parent).window(offset, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        Shapes.requireLength("write", values.length, target);
        Nd4jTensor t = own(target);
        if (t.isEmpty()) {
            return;
        }
        try (INDArray copy = precision == Precision.FLOAT32
                ? Nd4j.createFromArray(rounded(values)) : Nd4j.createFromArray(values)) {
            elements.copy(copy, t.vector());
        }
    }

    private static float[] rounded(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    @Override
    public void read(Tensor source, double[] values) {
        Shapes.requireLength("read", values.length, source);
        Nd4jTensor s = own(source);
        if (s.isEmpty()) {
            return;
        }
        INDArray copy = memory.wideScratch(values.length);
        elements.copy(s.vector(), copy);
        System.arraycopy(copy.data().asDouble(), 0, values, 0, values.length);
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        Shapes.requireGather(source, columns, from, target);
        Nd4jTensor s = own(source);
        Nd4jTensor t = own(target);
        if (t.isEmpty()) {
            return;
        }
        int[] wanted = Arrays.copyOfRange(columns, from, from + t.columns());
        try (INDArray indices = Nd4j.createFromArray(wanted)) {
            gatherRows.run(s.matrix(), indices, t.matrix());
        }
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        Shapes.requireAffine(w, b, x, z);
        Nd4jTensor weights = own(w);
        Nd4jTensor input = own(x);
        Nd4jTensor output = own(z);
        if (b == null) {
            gemm(false, w, false, x, z);
            return;
        }
        Nd4jTensor bias = own(b);
        if (output.isEmpty()) {
            return;
        }
        // Repeating the bias by a product costs a fifth of ND4J's broadcast.
        products.set(false, memory.ones(z.columns()), false, bias.matrix(), output.matrix());
        if (w.columns() > 0) {
            products.add(input.matrix(), weights.matrix(), output.matrix());
        }
    }

    /** In ND4J's eyes every tensor is transposed, so that C = op(A) op(B) is Cᵀ = op(B)ᵀ op(A)ᵀ, with nothing to copy. */
    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        Shapes.requireGemm(transposeA, a, transposeB, b, c);
        Nd4jTensor left = own(a);
        Nd4jTensor right = own(b);
        Nd4jTensor result = own(c);
        if (result.isEmpty()) {
            return;
        }
        if (left.isEmpty()) {
            result.vector().assign(0);
        } else {
            products.set(transposeB, right.matrix(), transposeA, left.matrix(), result.matrix());
        }
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        Shapes.requireShape("rowSums: sums", sums, a.rows(), 1);
        Nd4jTensor s = own(a);
        Nd4jTensor t = own(sums);
        if (t.isEmpty()) {
            return;
        }
        if (s.isEmpty()) {
            t.vector().assign(0);
        } else {
            products.set(true, memory.ones(s.columns()), false, s.matrix(), t.matrix());
        }
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        Shapes.requireSame("activate", x, y);
        Nd4jTensor from = own(x);
        Nd4jTensor to = own(y);
        if (from.isEmpty()) {
            return;
        }
        switch (f) {
            case RELU -> elements.rectify(from.vector(), to.vector());
            case LEAKY_RELU -> elements.leakyRectify(from.vector(), to.vector());
            case TANH -> elements.tanh(from.vector(), to.vector());
            case SIGMOID -> elements.sigmoid(from.vector(), to.vector());
            case SILU -> {
                INDArray sigmoid = memory.scratch(x.size());
                elements.sigmoid(from.vector(), sigmoid);
                elements.multiply(from.vector(), sigmoid, to.vector());
            }
            case IDENTITY -> elements.copy(from.vector(), to.vector());
            default -> activateInJava(f, from, to);
        }
    }

    /** For a function that ND4J has no operation for. */
    private void activateInJava(Activation f, Nd4jTensor x, Nd4jTensor y) {
        double[] values = read(x);
        for (int i = 0; i < values.length; i++) {
            values[i] = precision == Precision.FLOAT32 ? f.value((float) values[i]) : f.value(values[i]);
        }
        write(values, y);
    }

    @Override
    public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
        Shapes.requireSame("activateBackward", at, dy, dx);
        Nd4jTensor place = own(at);
        Nd4jTensor from = own(dy);
        Nd4jTensor to = own(dx);
        if (place.isEmpty()) {
            return;
        }
        INDArray scratch = memory.scratch(at.size());
        switch (f) {
            case RELU -> {
                // Rectified once more, so that what is not positive is +0 and can stand in the result.
                elements.rectify(place.vector(), scratch);
                elements.takeNotPositive(from.vector(), scratch, to.vector());
            }
            case TANH -> {
                elements.multiply(place.vector(), place.vector(), scratch);
                elements.multiply(-1, scratch, scratch);
                elements.add(scratch, 1, scratch);
                elements.multiply(from.vector(), scratch, to.vector());
            }
            case SIGMOID -> {
                elements.multiply(place.vector(), place.vector(), scratch);
                elements.subtract(place.vector(), scratch, scratch);
                elements.multiply(from.vector(), scratch, to.vector());
            }
            case SILU -> siluBackward(place.vector(), from.vector(), to.vector(), scratch);
            case IDENTITY -> elements.copy(from.vector(), to.vector());
            default -> activateBackwardInJava(f, place, from, to);
        }
    }

    /** dx = dy · (σ(x) + x σ(x) (1 − σ(x))). */
    private void siluBackward(INDArray x, INDArray dy, INDArray dx, INDArray sigmoid) {
        INDArray slope = memory.secondScratch(x.length());
        elements.sigmoid(x, sigmoid);
        elements.multiply(-1, sigmoid, slope);
        elements.add(slope, 1, slope);
        elements.multiply(x, slope, slope);
        elements.multiply(slope, sigmoid, slope);
        elements.add(slope, sigmoid, slope);
        elements.multiply(dy, slope, dx);
    }

    private void activateBackwardInJava(Activation f, Nd4jTensor at, Nd4jTensor dy, Nd4jTensor dx) {
        double[] places = read(at);
        double[] gradients = read(dy);
        for (int i = 0; i < places.length; i++) {
            gradients[i] = precision == Precision.FLOAT32
                    ? f.gradient((float) places[i], (float) gradients[i]) : f.gradient(places[i], gradients[i]);
        }
        write(gradients, dx);
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        Shapes.requireSame("multiply", a, b, c);
        Nd4jTensor left = own(a);
        Nd4jTensor right = own(b);
        Nd4jTensor to = own(c);
        if (!left.isEmpty()) {
            elements.multiply(left.vector(), right.vector(), to.vector());
        }
    }

    /** Differences by ND4J; ℓ and the sum, in double and in order, in Java: predictions are few beside what made them. */
    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
        Shapes.requireSame("sumOfLosses", p, y);
        Nd4jTensor predictions = own(p);
        Nd4jTensor truth = own(y);
        int n = p.size();
        if (n == 0) {
            return initial;
        }
        INDArray differences = memory.scratch(n);
        elements.subtract(predictions.vector(), truth.vector(), differences);
        INDArray wide = memory.wideScratch(n);
        elements.copy(differences, wide);
        double sum = initial;
        for (double error : wide.data().asDouble()) {
            sum += loss.value(error);
        }
        return sum;
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
        Shapes.requireSame("lossGradient", p, y, dp);
        Nd4jTensor predictions = own(p);
        Nd4jTensor truth = own(y);
        Nd4jTensor to = own(dp);
        if (to.isEmpty()) {
            return;
        }
        elements.subtract(predictions.vector(), truth.vector(), to.vector());
        if (!loss.hasIdentitySlope()) {
            double[] errors = read(to);
            for (int i = 0; i < errors.length; i++) {
                errors[i] = precision == Precision.FLOAT32 ? loss.slope((float) errors[i]) : loss.slope(errors[i]);
            }
            write(errors, to);
        }
        elements.multiply(factor, to.vector(), to.vector());
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("axpy", x, y);
        Nd4jTensor from = own(x);
        Nd4jTensor to = own(y);
        if (!from.isEmpty()) {
            INDArray term = memory.scratch(x.size());
            elements.multiply(alpha, from.vector(), term);
            elements.add(to.vector(), term, to.vector());
        }
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        Shapes.requireSame("addSign", x, y);
        Nd4jTensor from = own(x);
        Nd4jTensor to = own(y);
        if (!from.isEmpty()) {
            INDArray term = memory.scratch(x.size());
            elements.sign(from.vector(), term);
            elements.multiply(alpha, term, term);
            elements.add(to.vector(), term, to.vector());
        }
    }

    @Override
    public void scale(double alpha, Tensor x) {
        Nd4jTensor t = own(x);
        if (!t.isEmpty()) {
            elements.multiply(alpha, t.vector(), t.vector());
        }
    }

    /** Composed of single operations: ND4J's own Adam puts ε elsewhere. */
    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        Shapes.requireSame("adam", g, m, v, theta);
        Nd4jTensor gradient = own(g);
        Nd4jTensor first = own(m);
        Nd4jTensor second = own(v);
        Nd4jTensor parameters = own(theta);
        if (!gradient.isEmpty()) {
            moments(step, gradient.vector(), first.vector(), second.vector());
            update(step, first.vector(), second.vector(), parameters.vector());
        }
    }

    private void moments(AdamStep step, INDArray g, INDArray m, INDArray v) {
        INDArray change = memory.scratch(g.length());
        elements.subtract(g, m, change);
        elements.multiply(step.firstMomentRate(), change, change);
        elements.add(m, change, m);
        elements.multiply(step.secondMomentRate(), g, change);
        elements.multiply(change, g, change);
        elements.multiply(step.secondMomentDecay(), v, v);
        elements.add(change, v, v);
    }

    private void update(AdamStep step, INDArray m, INDArray v, INDArray theta) {
        INDArray root = memory.scratch(v.length());
        elements.sqrt(v, root);
        elements.divide(root, step.secondMomentScale(), root);
        elements.add(root, step.epsilon(), root);
        INDArray change = memory.secondScratch(v.length());
        elements.multiply(step.stepSize(), m, change);
        elements.divide(change, root, change);
        elements.subtract(theta, change, theta);
    }

    @Override
    public void close() {
        memory.close();
    }

    private void requireOpen() {
        if (memory.isClosed()) {
            throw new IllegalStateException(
                    NAME + ": this backend was closed and its native memory released; make a new one");
        }
    }

    private Nd4jTensor own(Tensor tensor) {
        requireOpen();
        if (tensor instanceof Nd4jTensor own && own.owner() == this) {
            return own;
        }
        throw new IllegalArgumentException(NAME + ": wanted a tensor made by this backend, got a "
                + tensor.getClass().getSimpleName() + " of another; copy it with read and write");
    }
}
