package dev.regularisation.support;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way of starting a JVM that must not change a bit of {@link ShortRuns}.
 *
 * @param name   what is varied
 * @param needs  the feature of the processor without which there is no such variation, in the words of
 *               {@code /proc/cpuinfo}; {@link #NATIVE} when emulating a processor would show nothing more; empty when
 *               every JVM has it
 * @param runs   what to train
 * @param kernel what the backend's description then contains
 * @param flags  options of the JVM
 */
public record Variation(String name, String needs, ShortRuns runs, String kernel, List<String> flags) {

    /** In place of a feature: a processor that is really there. */
    public static final String NATIVE = "native";
    /** The option that brings the Vector API. */
    public static final String VECTORS = "--add-modules=jdk.incubator.vector";
    /** Options that only another processor has are then no error; what they did is read off the description. */
    public static final String LENIENT = "-XX:+IgnoreUnrecognizedVMOptions";

    /** Enough for the JIT compilers to take part. */
    public static final ShortRuns COMPILED = new ShortRuns(40, 1000);
    /** An interpreted run: at least as many samples as the widest vector, 2,048 bits of SVE, has lanes. */
    public static final ShortRuns INTERPRETED = new ShortRuns(1, 64);
    /** For JVMs that work a fused multiply-add out in decimal, a thousand times slower. */
    public static final ShortRuns WITHOUT_FMA = new ShortRuns(1, 2);

    /** What every build tries: two ways to carry out the code that the tests' own JVM, with both compilers, does not take. */
    public static final List<Variation> OF_EVERY_BUILD = List.of(
            of("interpreter, loops", "", INTERPRETED, "loops", "-Xint"),
            of("first compiler only", "", COMPILED, "loops", "-XX:TieredStopAtLevel=1"));

    /**
     * What a thorough build and the matrix try besides. JVMs that begin with the Vector API, or without a fused instruction, take
     * seven seconds each; an interpreter makes an object of each vector, and takes half a minute.
     */
    public static final List<Variation> OF_A_THOROUGH_BUILD = List.of(
            of("fastest kernel", "", COMPILED, "vector", VECTORS),
            of("without the Vector API module", "", COMPILED, "loops"),
            of("512-bit vectors", "avx512f", COMPILED, "vector-512", VECTORS, LENIENT, "-XX:UseAVX=3"),
            of("256-bit vectors", "avx2", COMPILED, "vector-256", VECTORS, LENIENT, "-XX:UseAVX=2"),
            of("128-bit vectors", "avx", COMPILED, "vector-128", VECTORS, LENIENT, "-XX:UseAVX=1", "-XX:+UseSerialGC"),
            of("NEON beside SVE", "sve", COMPILED, "vector-128", VECTORS, LENIENT, "-XX:UseSVE=0"),
            of("no fused instruction", "", WITHOUT_FMA, "loops", LENIENT, "-XX:-UseFMA"),
            of("interpreter, vectors", "", INTERPRETED, "vector", VECTORS, "-Xint"),
            of("second compiler only", "", COMPILED, "loops", "-XX:-TieredCompilation"),
            of("loops left scalar", "", COMPILED, "loops", LENIENT, "-XX:-UseSuperWord"),
            of("parallel collector", NATIVE, COMPILED, "vector", VECTORS, "-XX:+UseParallelGC"),
            of("Turkish, Latin-1, Kathmandu, serial collector", NATIVE, COMPILED, "loops", "-Duser.language=tr", "-Duser.country=TR",
                    "-Dfile.encoding=ISO-8859-1", "-Duser.timezone=Asia/Kathmandu", "-XX:+UseSerialGC"));

    /** Keeps its own copy of the flags. */
    public Variation {
        flags = List.copyOf(flags);
    }

    /** All of them; whether a processor has the feature that one needs is for the caller to find out. */
    public static List<Variation> all() {
        return Stream.of(OF_A_THOROUGH_BUILD, OF_EVERY_BUILD).flatMap(List::stream).toList();
    }

    /** Whether some processor of an architecture, in the words of {@code os.arch}, has what this variation needs. */
    public boolean concerns(String architecture) {
        return switch (needs) {
            case "avx", "avx2", "avx512f" -> architecture.equals("amd64") || architecture.equals("x86_64");
            case "sve" -> architecture.equals("aarch64");
            default -> true;
        };
    }

    /** Whether it says what is compiled, by whom or how; a JVM without compilers would repeat the run without it. */
    public boolean choosesCompilers() {
        return flags.stream().anyMatch(flag -> flag.startsWith("-X") && !flag.equals(LENIENT) && !flag.endsWith("GC"));
    }

    private static Variation of(String name, String needs, ShortRuns runs, String kernel, String... flags) {
        return new Variation(name, needs, runs, kernel, List.of(flags));
    }
}
