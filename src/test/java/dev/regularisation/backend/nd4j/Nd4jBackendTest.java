package dev.regularisation.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.FreshJvm;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Nd4jBackendTest {

    @BeforeAll
    static void requireNd4j() {
        var here = new Nd4jProvider().availability();
        Assumptions.assumeTrue(here.available(), () -> "nd4j is not available here: " + here.detail());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Two new backends give one run the same bits")
    void repeats(Precision precision) {
        TrainingPlan plan = PostExperiment.DROPOUT.plan(42, 200).toBuilder().epochs(30).build();

        assertThat(digest(plan, precision)).isEqualTo(digest(plan, precision));
    }

    @Test
    @DisplayName("Runs on several threads at once, each on a backend of its own, do not touch each other")
    void threadsDoNotMatter() {
        TrainingPlan plan = PostExperiment.MINIBATCH.plan(42, 200).toBuilder().epochs(10).build();
        String alone = digest(plan, Precision.FLOAT32);

        List<String> together = ParallelRuns.run(List.of(1, 2, 3, 4, 5, 6), run -> 1, run -> digest(plan, Precision.FLOAT32), 6);

        assertThat(together).containsOnly(alone);
    }

    private static String digest(TrainingPlan plan, Precision precision) {
        try (Nd4jBackend backend = new Nd4jBackend(precision)) {
            return TrainingLoop.train(plan, backend).history().sha256();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "only another ND4J, or another way to call it, can leak")
    @DisplayName("Native memory stays flat over a run of 2,000 epochs")
    void nativeMemoryIsFlat() {
        Map<Integer, Long> memory = FreshJvm.output(MemoryRun.class, jar -> true, MemoryRun.FLAGS).lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> Integer.valueOf(words[0]), words -> Long.valueOf(words[1])));

        // Measured: 0 to 6 MB, which is compiled code. With one native context for each element-wise call, as ND4J's own
        // methods make them, it was 40 MB.
        assertThat(memory.get(2000) - memory.get(500)).isLessThan(20L << 20);
    }

    @Test
    @DisplayName("A tensor of a closed backend is refused rather than read from freed memory")
    void closed() {
        Nd4jBackend backend = new Nd4jBackend(Precision.FLOAT32);
        Tensor tensor = backend.zeros(2, 2);
        backend.close();

        assertThatThrownBy(() -> backend.read(tensor)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was closed");
        assertThatThrownBy(() -> backend.zeros(1, 1)).isInstanceOf(IllegalStateException.class);
    }
}
