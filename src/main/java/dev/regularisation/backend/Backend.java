package dev.regularisation.backend;

/**
 * The operations that training needs, each with its exact contract.
 *
 * <p><b>Arithmetic.</b> A backend works in one {@link #precision()}. The definition of every operation is the loop in its
 * description, carried out in that precision with each sum taken in index order as a chain of fused multiply-adds. The
 * {@code cpu} backend equals this definition bit for bit; other backends state a tolerance. NaN and infinities propagate
 * as in IEEE 754: no operation hides one.
 *
 * <p><b>Shapes.</b> Tensors are matrices, written and read in row-major order: activations {@code features × samples}, weights
 * {@code outputs × inputs}, biases {@code outputs × 1}. Every operation checks shapes and throws
 * {@link IllegalArgumentException} naming the operation, what came and what was expected.
 *
 * <p><b>Aliasing.</b> Element-wise operations may be given the same tensor as source and target. The target of a
 * product must not overlap a source.
 *
 * <p><b>Fused operations</b> are single operations in a row, and have their bits. The composition is there for every
 * backend; one that saves a pass over memory overrides it.
 *
 * <p><b>Threads.</b> A backend and its tensors belong to one thread at a time: make one backend per run. Results never
 * depend on what other threads do.
 */
public interface Backend extends AutoCloseable {

    /** The name by which the command line and the reports know it, such as {@code cpu}. */
    String name();

    /** The format in which this backend stores and computes. */
    Precision precision();

    /** What a reader of results should know of this machine: kernel, vector width, library versions. */
    String description();

    /**
     * The number of samples of an evaluation pass that this backend likes to see at a time. It affects speed only, never
     * results.
     */
    int preferredBlock();

    /** A new tensor of zeros. */
    Tensor zeros(int rows, int columns);

    /**
     * A new tensor of zeros, {@code features × samples}, for activations of a batch that is trained on. A backend may lay
     * it out in memory as training passes like it best, such as a sample after the other; every operation takes such
     * tensors like any others, to the same results.
     */
    default Tensor batch(int features, int samples) {
        return zeros(features, samples);
    }

    /**
     * A window on consecutive elements of {@code parent}: changes of one are seen in the other.
     *
     * @param parent a column vector {@code n × 1}
     * @param offset index of the window's first element
     */
    Tensor view(Tensor parent, int offset, int rows, int columns);

    /** Sets {@code target} to {@code values} (row-major, not modified), each rounded to this backend's precision. */
    void write(double[] values, Tensor target);

    /** Copies {@code source} (not modified) into {@code values}, row-major; exact, since a float32 is a double. */
    void read(Tensor source, double[] values);

    /**
     * {@code target[r, j] = source[r, columns[from + j]]} for every column j of {@code target}.
     *
     * @param source  {@code rows × n}, not modified
     * @param columns indices into the columns of {@code source}, not modified
     * @param from    where in {@code columns} to begin
     * @param target  {@code rows × m}, overwritten
     */
    void gatherColumns(Tensor source, int[] columns, int from, Tensor target);

    /**
     * {@code z[o, s] = b[o] + Σᵢ w[o, i] x[i, s]}: a chain of fused multiply-adds that starts at {@code b[o]} and takes
     * i in ascending order. Without b the chain starts at +0.
     *
     * @param w {@code outputs × inputs}, not modified
     * @param b {@code outputs × 1}, not modified; null for none
     * @param x {@code inputs × samples}, not modified
     * @param z {@code outputs × samples}, overwritten; overlaps no source
     */
    void affine(Tensor w, Tensor b, Tensor x, Tensor z);

    /**
     * {@code c = op(a) op(b)}, op being the identity or the transpose: a chain of fused multiply-adds that starts at +0
     * and takes the summed index in ascending order.
     *
     * @param a not modified; {@code m × k} after op
     * @param b not modified; {@code k × n} after op
     * @param c {@code m × n}, overwritten; overlaps no source
     */
    void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c);

    /**
     * A layer with an activation, {@code y = f(z)} with {@code z = factor · (W x + b)}: {@link #affine} into z,
     * {@link #multiply} by the factor where there is one, {@link #activate} into y, in one go.
     *
     * @param f      the activation
     * @param w      {@code outputs × inputs}, not modified
     * @param b      {@code outputs × 1}, not modified; null for none
     * @param x      {@code inputs × samples}, not modified
     * @param factor {@code outputs × samples}, not modified, such as a {@linkplain #mask dropout mask}; null for none
     * @param z      {@code outputs × samples}, overwritten; may be y where nobody needs the input of f; overlaps no source
     * @param y      {@code outputs × samples}, overwritten; overlaps no source
     */
    default void affineActivate(Activation f, Tensor w, Tensor b, Tensor x, Tensor factor, Tensor z, Tensor y) {
        Shapes.requireAffineActivate(w, b, x, factor, z, y);
        affine(w, b, x, z);
        if (factor != null) {
            multiply(z, factor, z);
        }
        activate(f, z, y);
    }

    /**
     * The gradient at the pre-activation of the layer below, {@code dx = factor · f'(at) · (Wᵀ dz)}: {@link #gemm} into
     * dx, {@link #activateBackward}, {@link #multiply} by the factor where there is one, in one go.
     *
     * @param f      the activation of the layer below
     * @param w      {@code outputs × inputs}, of the layer above, not modified
     * @param dz     {@code outputs × samples}, the gradient at its pre-activation, not modified
     * @param at     {@code inputs × samples}, z of {@link #affineActivate} in the layer below if f
     *               {@linkplain Activation#needsInput needs its input}, else y; not modified
     * @param factor {@code inputs × samples}, the factor that the layer below was given, not modified; null for none
     * @param dx     {@code inputs × samples}, overwritten; overlaps no source
     */
    default void affineActivateBackward(Activation f, Tensor w, Tensor dz, Tensor at, Tensor factor, Tensor dx) {
        Shapes.requireAffineActivateBackward(w, dz, at, factor, dx);
        gemm(true, w, false, dz, dx);
        activateBackward(f, at, dx, dx);
        if (factor != null) {
            multiply(dx, factor, dx);
        }
    }

    /**
     * The gradients of a layer's parameters, {@code dw = dz xᵀ} and {@code db[o] = Σ_s dz[o, s]}: {@link #gemm} and
     * {@link #rowSums} in one go.
     *
     * @param x  {@code inputs × samples}, the layer's input, not modified
     * @param dz {@code outputs × samples}, the gradient at its pre-activation, not modified
     * @param dw {@code outputs × inputs}, overwritten; overlaps no source
     * @param db {@code outputs × 1}, overwritten; overlaps no source; null for none
     */
    default void parameterGradients(Tensor x, Tensor dz, Tensor dw, Tensor db) {
        Shapes.requireParameterGradients(x, dz, dw, db);
        gemm(false, dz, true, x, dw);
        if (db != null) {
            rowSums(dz, db);
        }
    }

    /**
     * A dropout mask: {@code factor[u, s] = kept[(from + s) · units + u] ? scale : +0}.
     *
     * @param kept   which activations are kept, the units of a sample one after the other, not modified
     * @param from   the first sample
     * @param scale  factor of what is kept, rounded to this backend's precision
     * @param factor {@code units × samples}, overwritten
     */
    default void mask(boolean[] kept, int from, double scale, Tensor factor) {
        Shapes.requireMask(kept, from, factor);
        int units = factor.rows();
        int samples = factor.columns();
        double[] values = new double[factor.size()];
        for (int s = 0; s < samples; s++) {
            for (int u = 0; u < units; u++) {
                values[u * samples + s] = kept[(from + s) * units + u] ? scale : 0;
            }
        }
        write(values, factor);
    }

    /** {@code sums[r] = Σ_s a[r, s]}, from +0 in ascending order of s. {@code sums} is {@code rows × 1}, overwritten. */
    void rowSums(Tensor a, Tensor sums);

    /** {@code y = f(x)}, element by element, as {@link Activation} defines f. {@code y} has the shape of x, overwritten. */
    void activate(Activation f, Tensor x, Tensor y);

    /**
     * {@code dx = f'(at) · dy}, element by element, as {@link Activation#gradient} defines it. All three have one shape.
     *
     * @param at the input of {@link #activate} if f {@linkplain Activation#needsInput needs its input}, else its output; not
     *           modified
     */
    void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx);

    /** {@code c = a · b}, element by element. */
    void multiply(Tensor a, Tensor b, Tensor c);

    /**
     * {@code initial + Σ ℓ(p − y)}: differences in this backend's precision, ℓ and sum in double, in row-major order. Handing
     * on the result as the next {@code initial} continues one sum over several blocks.
     */
    double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial);

    /**
     * {@code dp = factor · slope(p − y)}, with {@link PointwiseLoss#slope}, difference and product each rounded, the factor
     * rounded to this backend's precision.
     */
    void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp);

    /** {@code y ← y + α x}, one fused multiply-add per element, α rounded to this backend's precision. */
    void axpy(double alpha, Tensor x, Tensor y);

    /** {@code y ← y + α sign(x)}; the sign of ±0 is 0 (y is unchanged), that of NaN is NaN. */
    void addSign(double alpha, Tensor x, Tensor y);

    /** {@code x ← α x}. */
    void scale(double alpha, Tensor x);

    /**
     * One Adam step on every element:
     * <pre>
     * m ← fma(1 − β₁, g − m, m)
     * v ← fma((1 − β₂) g, g, β₂ v)
     * θ ← θ − (stepSize · m) / (√v / secondMomentScale + ε)
     * </pre>
     * One rounding for each operation written, factors rounded to this backend's precision.
     *
     * @param g     gradient, not modified
     * @param m     first moment, updated
     * @param v     second moment, updated
     * @param theta parameters, updated
     */
    void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta);

    /** Releases what the backend holds outside the Java heap. Its tensors must not be used afterwards. */
    @Override
    default void close() {
    }

    /** A new tensor holding {@code values} (row-major, not modified). */
    default Tensor tensor(int rows, int columns, double[] values) {
        Tensor result = zeros(rows, columns);
        write(values, result);
        return result;
    }

    /** The elements of {@code source}, row-major, in a new array. */
    default double[] read(Tensor source) {
        double[] values = new double[source.size()];
        read(source, values);
        return values;
    }
}
