package dev.regularisation.backend.cpu;

/**
 * Which implementation of matrix products and of some element-wise loops a {@link CpuBackend} uses; the choice affects speed,
 * never a bit.
 */
public enum Kernel {
    /** Tiles on the Vector API; needs the module {@code jdk.incubator.vector}. */
    VECTOR,
    /** Plain loops; runs everywhere. */
    LOOPS;

    private static final String MODULE = "jdk.incubator.vector";

    /**
     * {@link #VECTOR} when this JVM has the Vector API module, from its start on or loaded since, and vectors of a width at
     * which they are faster; else {@link #LOOPS}.
     */
    public static Kernel fastest() {
        return VECTOR.isAvailable() && vectorsWin(System.getProperty("os.arch", ""), VectorGemm.bits()) ? VECTOR : LOOPS;
    }

    /** Whether this JVM can run it. */
    public boolean isAvailable() {
        try {
            // Not a question to ModuleLayer.boot(), which knows nothing of modules that were loaded later.
            return this == LOOPS || Class.forName(MODULE + ".FloatVector", false, Kernel.class.getClassLoader()) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Whether vectors of {@code bits} beat the loops, which the compiler vectorises at the same width. Measured on x86-64: 2.5
     * to 3 times as fast at 512 bits, 1.8 to 2 at 256, 0.7 to 0.9 at 128. Arm's 128 bits come with twice the registers, and
     * so with larger tiles. Other processors of 128 bits, and JVMs that make 64 of them, are not known to gain.
     */
    static boolean vectorsWin(String architecture, int bits) {
        return bits >= 256 || bits == 128 && architecture.equals("aarch64");
    }

    /**
     * Refuses a kernel that this JVM cannot run.
     *
     * @throws IllegalStateException if it is not {@linkplain #isAvailable available}
     */
    public void requireAvailable() {
        if (!isAvailable()) {
            throw new IllegalStateException("kernel VECTOR: wanted the module " + MODULE
                    + ", this JVM was started without it; add --add-modules=" + MODULE + " or use the kernel LOOPS");
        }
    }
}
