package dev.regularisation.random;

/**
 * Which of PyTorch's streams: after one seed its builds draw alike but for dropout masks and the last bits of long normals,
 * which depend on the processor.
 *
 * <p>A name stands for its bits for ever. A PyTorch that draws otherwise gets a constant and a name of its own here, and
 * files that name none mean {@link #TORCH}.
 */
public enum Streams {
    /** Of torch 2.13 on x86-64 with AVX2 or AVX-512; checked against PyTorch itself. */
    TORCH("torch", Bernoulli.TWISTER, Functions.CEPHES),
    /**
     * The same with Bernoulli draws, so dropout masks, of the MKL library: builds with MKL on Intel processors. Known from public
     * reports, of torch 1.0 to 2.3; the library of torch 2.13 has no random generators of MKL any more.
     */
    TORCH_MKL("torch-mkl", Bernoulli.MCG31, Functions.CEPHES),
    /**
     * Those of {@link #TORCH} with normals by the C library's logarithm, sine and cosine: kernels without AVX2, such as those of
     * ARM. C libraries round these functions in ways of their own; here they are correctly rounded, which of torch 2.13 with
     * glibc 2.36 gives 98.5 % of a long tensor's normals to the last bit and the others within 2.4e-7.
     */
    TORCH_LIBM("torch-libm", Bernoulli.TWISTER, Functions.ROUNDED);

    /** What makes Bernoulli draws of one probability. */
    enum Bernoulli {
        /** Uniforms of the stream itself. */
        TWISTER,
        /** {@link Mcg31}, seeded from the stream. */
        MCG31
    }

    /** What evaluates the functions of float32 normals. */
    enum Functions {
        /** {@link CephesFloat}. */
        CEPHES,
        /** {@link RoundedFloat}. */
        ROUNDED
    }

    private final String id;
    private final Bernoulli bernoulli;
    private final Functions functions;

    Streams(String id, Bernoulli bernoulli, Functions functions) {
        this.id = id;
        this.bernoulli = bernoulli;
        this.functions = functions;
    }

    /** The name in options and files, such as {@code torch-mkl}. */
    public String id() {
        return id;
    }

    Bernoulli bernoulli() {
        return bernoulli;
    }

    Functions functions() {
        return functions;
    }

    @Override
    public String toString() {
        return id;
    }
}
