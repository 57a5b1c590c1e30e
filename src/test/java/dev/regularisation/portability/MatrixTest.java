package dev.regularisation.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.support.ShortRuns;
import dev.regularisation.support.Variation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The matrix of environments rejects what it is there to reject. */
class MatrixTest {

    private static final Environment HERE = new Environment("here", "own", "some processor", Set.of(), "");
    private static final Variation LOOPS = new Variation("loops", "", Variation.WITHOUT_FMA, "loops", List.of());
    private static final String DIGESTS = LOOPS.runs().digests(Kernel.LOOPS);
    private static final String JDK = "17.0.1 s390x BIG_ENDIAN";

    @Test
    @DisplayName("the same digests pass, and the row says which kernel gave them")
    void sameDigestsPass() {
        MatrixOutcome outcome = outcome("cpu (float32, bit-exact, vector-128)", "vector", DIGESTS);

        assertThat(outcome.passes()).isTrue();
        assertThat(MatrixTable.markdown(List.of(outcome)))
                .contains("1 environments, 1 runs of 10 plans each; zero differing bits.")
                .contains("| here | 17.0.1 | some processor, big-endian | 128 | vector | `none` "
                        + "| 10 × 1 ep., 2 samples | 0 |");
    }

    @Test
    @DisplayName("one different digit in one digest fails")
    void oneDigitFails() {
        char last = DIGESTS.charAt(DIGESTS.length() - 1);
        String doctored = DIGESTS.substring(0, DIGESTS.length() - 1) + (last == '0' ? '1' : '0');
        MatrixOutcome outcome = outcome("cpu (float32, bit-exact, loops)", "loops", doctored);

        assertThat(outcome.passes()).isFalse();
        assertThat(MatrixTable.counts(List.of(outcome))).contains("1 failures").doesNotContain("zero");
        assertThat(MatrixTable.markdown(List.of(outcome))).contains("**1 of 10 runs differ**");
    }

    @Test
    @DisplayName("missing digests, another kernel and missing lines fail")
    void otherOutputFails() {
        String description = "cpu (float32, bit-exact, loops)";

        assertThat(outcome(description, "loops", DIGESTS.split(" ")[0]).failure()).isEqualTo("10 of 10 runs differ");
        assertThat(outcome(description, "vector-512", DIGESTS).failure())
                .contains("wanted the kernel vector-512, got loops");
        assertThat(MatrixOutcome.of(HERE, LOOPS, List.of(description, DIGESTS), DIGESTS).failure())
                .contains("wanted 3 lines");
    }

    @Test
    @DisplayName("an environment that is not there fails, unless a reason was declared")
    void absenceNeedsReason() {
        Environment absent = new Environment("elsewhere", "no/such/folder", "", Set.of(), "");
        Environment excused = new Environment("elsewhere", "no/such/folder", "", Set.of(), "no network");

        assertThat(run(absent)).singleElement()
                .satisfies(outcome -> assertThat(outcome.failure()).contains("--without \"elsewhere=reason\""));
        assertThat(run(excused)).singleElement()
                .satisfies(outcome -> assertThat(outcome.passes()).isTrue())
                .satisfies(outcome -> assertThat(outcome.differingBits()).isEqualTo("not run: no network"));
    }

    @Test
    @DisplayName("a real JVM runs the variations of its environment")
    void realJvmRuns() {
        List<MatrixOutcome> outcomes = run(new Environment("here", "own", "some processor", Set.of(Environment.ZERO), ""));

        assertThat(outcomes).allMatch(MatrixOutcome::passes).allMatch(MatrixOutcome::ran)
                .extracting(outcome -> outcome.variation().name(), outcome -> outcome.variation().runs()).containsExactly(
                        tuple("fastest kernel", new ShortRuns(1, 1)),
                        tuple("without the Vector API module", new ShortRuns(1, 1)));
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build runs an environment of two variations, and these flags without the matrix")
    @DisplayName("so it does where it has compilers")
    void realJvmRunsAll() {
        List<MatrixOutcome> outcomes = run(HERE);

        assertThat(outcomes).hasSameSizeAs(HERE.variations()).allMatch(MatrixOutcome::passes).allMatch(MatrixOutcome::ran);
    }

    @Test
    @DisplayName("an environment has the variations that its processor and its compilers have, no others")
    void variations() {
        assertThat(HERE.variations()).isNotEmpty().extracting(Variation::needs).containsOnly("");
        assertThat(new Environment("", "own", "", Set.of("fma", "sve"), "").variations())
                .hasSize(HERE.variations().size() + 1).extracting(Variation::needs).contains("sve");
        assertThat(new Environment("", "own", "", Set.of(Variation.NATIVE), "").variations())
                .extracting(Variation::name).contains("interpreter, vectors", "parallel collector",
                        "Turkish, Latin-1, Kathmandu, serial collector");
    }

    @Test
    @DisplayName("environments are read from lines of five fields; anything else is refused")
    void linesAreRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("environments.tsv");
        Files.writeString(file, "a\town\tsome processor\tfma sve\t\n");
        assertThat(Environment.read(file)).containsExactly(
                new Environment("a", "own", "some processor", Set.of("fma", "sve"), ""));

        Files.writeString(file, "a\town\n");
        assertThatIllegalArgumentException().isThrownBy(() -> Environment.read(file))
                .withMessageContaining("wanted name, home, processor, features and excuse");
    }

    private static List<MatrixOutcome> run(Environment environment) {
        return new Matrix().run(List.of(environment), outcome -> { });
    }

    private static MatrixOutcome outcome(String description, String kernel, String digests) {
        Variation variation = new Variation("", "", LOOPS.runs(), kernel, List.of());
        return MatrixOutcome.of(HERE, variation, List.of(description, digests, JDK), DIGESTS);
    }
}
