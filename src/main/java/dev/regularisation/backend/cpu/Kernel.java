package dev.regularisation.backend.cpu;

/** Which implementation of matrix multiplication a {@link CpuBackend} uses; the choice affects speed, never a bit. */
public enum Kernel {
    /** Tiles on the Vector API; needs the module {@code jdk.incubator.vector}. */
    VECTOR,
    /** Plain loops; runs everywhere. */
    LOOPS;

    private static final String MODULE = "jdk.incubator.vector";

    /** {@link #VECTOR} when this JVM has the Vector API module, from its start on or loaded since, else {@link #LOOPS}. */
    public static Kernel fastest() {
        try {
            // Not a question to ModuleLayer.boot(), which knows nothing of modules that were loaded later.
            Class.forName(MODULE + ".FloatVector", false, Kernel.class.getClassLoader());
            return VECTOR;
        } catch (ClassNotFoundException e) {
            return LOOPS;
        }
    }

    /** A new matrix product, for one thread. */
    Gemm gemm() {
        return isVector() ? new VectorGemm() : new LoopGemm();
    }

    /** The element-wise operations that go with it. */
    ElementWise elementWise() {
        return isVector() ? new VectorElementWise() : new LoopElementWise();
    }

    private boolean isVector() {
        if (this == VECTOR && fastest() != VECTOR) {
            throw new IllegalStateException("kernel VECTOR: wanted the module " + MODULE
                    + ", this JVM was started without it; add --add-modules=" + MODULE + " or use the kernel LOOPS");
        }
        return this == VECTOR;
    }
}
