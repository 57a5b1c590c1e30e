package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.support.ShortRuns;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that a run leaves in memory reaches the next one. */
final class RepetitionTest {

    private static final int REPETITIONS = 200;
    /** Runs of every operation, long enough for the JIT compilers to change the code under way. */
    private static final ShortRuns SHORT = new ShortRuns(2, 50);

    @ParameterizedTest(name = "{0}")
    @EnumSource(Kernel.class)
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build trains each run of the post twice")
    @DisplayName("200 repetitions of the short runs, from the interpreter's to those of the last compiler: one digest, no other bit")
    void oneDigest(Kernel kernel) {
        assertThat(IntStream.range(0, REPETITIONS).mapToObj(i -> SHORT.digests(kernel)).distinct()).hasSize(1);
    }
}
