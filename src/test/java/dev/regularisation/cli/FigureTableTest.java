package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FigureTableTest {

    /** Of these every figure is stable under rounding; of the next two, the best validation loss. */
    private static final List<PostExperiment> STABLE = List.of(PostExperiment.LINEAR, PostExperiment.MLP);
    private static final List<PostExperiment> STABLE_AT_BEST = List.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L2);

    @ParameterizedTest(name = "\"post\" prints the stable published figures to every digit: --backend {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    void printsPublishedFigures(String backend) {
        List<String> rows = printed(backend);

        for (PostExperiment experiment : STABLE) {
            for (Quantity quantity : List.of(Quantity.BEST_VALIDATION_LOSS, Quantity.TRAIN_R2, Quantity.VALIDATION_R2)) {
                assertThat(rows).anyMatch(row -> agrees(row, experiment, quantity));
            }
        }
        for (PostExperiment experiment : STABLE_AT_BEST) {
            assertThat(rows).anyMatch(row -> agrees(row, experiment, Quantity.BEST_VALIDATION_LOSS));
        }
    }

    @Test
    @DisplayName("A figure of other digits than the published one is not taken for it")
    void otherDigits() {
        List<String> rows = printed(CpuBackend.NAME);

        assertThat(rows).anyMatch(row -> row.startsWith("mlp-l1 best validation loss 0.2814 0.3323 no"))
                .noneMatch(row -> agrees(row, PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS));
    }

    /** The digits are printed twice, the published and ours. */
    private static boolean agrees(String row, PostExperiment experiment, Quantity quantity) {
        return row.matches(experiment.id() + " " + quantity.title() + " (\\S+) \\1 yes");
    }

    /** The lines of the table, with one space between columns. */
    private static List<String> printed(String backend) {
        List<PostExperiment> experiments = List.of(PostExperiment.values());
        List<TrainingResult> results = Stream.of(PostExperiment.values())
                .map(experiment -> BackendRuns.of(backend, experiment, PostRuns.TRAIN_SIZE)).toList();
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new FigureTable(experiments, results).print(out);
        out.flush();
        return text.toString().lines().map(line -> line.replaceAll(" +", " ").strip()).toList();
    }
}
