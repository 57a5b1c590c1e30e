package dev.regularisation.training;

import static dev.regularisation.support.Variation.COMPILED;
import static dev.regularisation.support.Variation.INTERPRETED;
import static dev.regularisation.support.Variation.LENIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.support.Jvm;
import dev.regularisation.support.ShortRuns;
import dev.regularisation.support.TwoAtATime;
import dev.regularisation.support.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same plans give the same bits in every virtual machine: other flags, vector widths, versions, numbers of threads.
 * {@code ci/portability.sh} tries them on emulated processors too, weekly.
 */
class ReproducibilityTest {

    private static final int THREADS = 4;
    private static final Map<ShortRuns, String> DIGESTS = new ConcurrentHashMap<>();

    /** What each variation prints, begun by the first question: a JVM that starts leaves much of a second core idle. */
    private static final class Outputs {

        private static final Map<Variation, CompletableFuture<List<String>>> ALL = here(Variation.OF_EVERY_BUILD).collect(
                Collectors.toMap(variation -> variation, variation -> TwoAtATime.start(
                        () -> run(Jvm.own(), variation.flags(), variation.runs(), "ANY"))));

        static List<String> of(Variation variation) {
            return ALL.get(variation).join();
        }
    }

    /** What this JVM gets, which the other tests hold to golden values. */
    private static String digests(ShortRuns runs) {
        return DIGESTS.computeIfAbsent(runs, key -> key.digests(Kernel.VECTOR));
    }

    static Stream<Arguments> variations() {
        return named(Variation.OF_EVERY_BUILD);
    }

    static Stream<Arguments> others() {
        return named(Variation.OF_A_THOROUGH_BUILD);
    }

    private static Stream<Arguments> named(List<Variation> variations) {
        return here(variations).map(variation -> Arguments.of(variation.name(), variation));
    }

    private static Stream<Variation> here(List<Variation> variations) {
        return variations.stream().filter(variation -> variation.concerns(System.getProperty("os.arch")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variations")
    @DisplayName("flags of the JVM change no bit")
    void flagsChangeNoBit(String name, Variation variation) {
        requireSame(name, variation, Outputs.of(variation));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has the interpreter and the first compiler alone, and another version of Java")
    @DisplayName("nor do collectors, widths, languages, the second compiler alone, no fused instruction, and an "
            + "interpreter that makes an object of each vector")
    void otherFlagsChangeNoBit(String name, Variation variation) {
        requireSame(name, variation, run(Jvm.own(), variation.flags(), variation.runs(), "ANY"));
    }

    private static void requireSame(String name, Variation variation, List<String> output) {
        assumeTrue(!variation.flags().contains(LENIENT) || output.get(0).contains(variation.kernel()),
                "this processor or JVM has no variation \"" + name + "\": " + output.get(0));
        assertThat(output.get(0)).contains(variation.kernel());
        assertThat(output.get(1)).as(name).isEqualTo(digests(variation.runs()));
    }

    @Test
    @DisplayName("another version of Java changes no bit")
    void versionChangesNoBit() {
        requireSameInTheOther(List.of(), "loops");
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has loops in the other, since a JVM that begins with vectors takes long")
    @DisplayName("nor do vectors in another version of Java")
    void versionChangesNoBitOfVectors() {
        requireSameInTheOther(List.of(Variation.VECTORS), "vector");
    }

    private static void requireSameInTheOther(List<String> flags, String kernel) {
        Jvm other = Jvm.requireOther();
        List<String> output = run(other, flags, COMPILED, "ANY");

        assertThat(output.get(0)).contains(kernel);
        assertThat(output.get(1)).as("Java %d", other.feature()).isEqualTo(digests(COMPILED));
    }

    @Test
    @DisplayName("threads that train at once change no bit of one another")
    void threadsChangeNoBit() throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Kernel kernel = Kernel.values()[i % 2];
                results.add(pool.submit(() -> COMPILED.digests(kernel)));
            }
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo(digests(COMPILED));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName("the digests tell plans apart, so that equality means something")
    void digestsTellPlansApart() {
        String[] digests = COMPILED.digests(Kernel.LOOPS).split(" ");

        assertThat(digests).hasSize(20).doesNotHaveDuplicates();
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
