package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.support.Jvm;
import dev.regularisation.support.ShortRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same plans give the same bits in every virtual machine: other flags, vector widths, versions, numbers of threads. */
class ReproducibilityTest {

    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    /** Options that one processor has and another does not are then no error; what they did is read off the description. */
    private static final String LENIENT = "-XX:+IgnoreUnrecognizedVMOptions";
    /** Enough for the JIT compilers to take part. */
    private static final ShortRuns COMPILED = new ShortRuns(40, 1000);
    /** An interpreted run: as many samples as the widest vector has lanes. */
    private static final ShortRuns INTERPRETED = new ShortRuns(1, 16);
    /** For JVMs that work a fused multiply-add out in decimal, a thousand times slower. */
    private static final ShortRuns WITHOUT_FMA = new ShortRuns(1, 2);

    static Stream<Arguments> variations() {
        return Stream.of(
                variation("without the Vector API module", COMPILED, "loops"),
                variation("256-bit vectors", COMPILED, "vector-256", VECTORS, LENIENT, "-XX:UseAVX=2"),
                variation("128-bit vectors", COMPILED, "vector-128", VECTORS, LENIENT, "-XX:UseAVX=1"),
                variation("interpreter, loops", INTERPRETED, "loops", "-Xint"),
                variation("interpreter, vectors", INTERPRETED, "vector", VECTORS, "-Xint"),
                variation("first compiler only", COMPILED, "loops", "-XX:TieredStopAtLevel=1"),
                variation("second compiler only", COMPILED, "loops", "-XX:-TieredCompilation"),
                variation("loops left scalar", COMPILED, "loops", LENIENT, "-XX:-UseSuperWord"),
                variation("no fused instruction", WITHOUT_FMA, "loops", LENIENT, "-XX:-UseFMA"),
                variation("serial collector", COMPILED, "vector", VECTORS, "-XX:+UseSerialGC"),
                variation("parallel collector", COMPILED, "vector", VECTORS, "-XX:+UseParallelGC"),
                variation("Turkish, Latin-1, Kathmandu", COMPILED, "vector", VECTORS, "-Duser.language=tr",
                        "-Duser.country=TR", "-Dfile.encoding=ISO-8859-1", "-Duser.timezone=Asia/Kathmandu"));
    }

    private static Arguments variation(String name, ShortRuns runs, String kernel, String... flags) {
        return Arguments.of(name, runs, kernel, List.of(flags));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variations")
    @DisplayName("flags of the JVM change no bit")
    void flagsChangeNoBit(String name, ShortRuns runs, String kernel, List<String> flags) {
        List<String> output = run(Jvm.own(), flags, runs, "FASTEST");

        assumeTrue(!flags.contains(LENIENT) || output.get(0).contains(kernel),
                "this processor or JVM has no variation \"" + name + "\": " + output.get(0));
        assertThat(output.get(0)).contains(kernel);
        assertThat(output.get(1)).isEqualTo(runs.digests(Kernel.VECTOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loops", "vector"})
    @DisplayName("another version of Java changes no bit")
    void versionChangesNoBit(String kernel) {
        Optional<Jvm> other = Jvm.newestOther();
        assumeTrue(other.isPresent(), "no other Java of at least 17 is installed; set JAVA_HOME_25_X64 to one");

        List<String> flags = kernel.equals("vector") ? List.of(VECTORS) : List.of();
        List<String> output = run(other.orElseThrow(), flags, COMPILED, "FASTEST");

        assertThat(output.get(0)).contains(kernel);
        assertThat(output.get(1)).as("Java %d", other.get().feature()).isEqualTo(COMPILED.digests(Kernel.VECTOR));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    @DisplayName("threads that train at once change no bit of one another")
    void threadsChangeNoBit(int threads) throws InterruptedException, ExecutionException {
        String alone = COMPILED.digests(Kernel.LOOPS);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Kernel kernel = Kernel.values()[i % 2];
                results.add(pool.submit(() -> COMPILED.digests(kernel)));
            }
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo(alone);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName("the digests tell plans apart, so that equality means something")
    void digestsTellPlansApart() {
        String[] digests = COMPILED.digests(Kernel.LOOPS).split(" ");

        assertThat(digests).hasSize(8).doesNotHaveDuplicates();
        assertThat(new ShortRuns(39, 1000).digests(Kernel.LOOPS).split(" ")).doesNotContain(digests[0]);
    }

    @Test
    @DisplayName("asking for the vector kernel without its module fails with the remedy")
    void vectorKernelWithoutModule() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run(Jvm.own(), List.of(), INTERPRETED, "VECTOR"))
                .withMessageContaining("kernel VECTOR: wanted the module jdk.incubator.vector, this JVM was started without"
                        + " it; add --add-modules=jdk.incubator.vector or use the kernel LOOPS");
    }

    private static List<String> run(Jvm jvm, List<String> flags, ShortRuns runs, String kernel) {
        return jvm.run(flags, ShortRuns.class, runs.epochs(), runs.samples(), kernel);
    }
}
