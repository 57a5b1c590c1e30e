package dev.regularisation.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The printed figures are all there, and agreement means every printed digit. */
final class PublishedFiguresTest {

    @Test
    @DisplayName("four figures for each of the seven experiments, each once")
    void complete() {
        assertThat(PublishedFigures.all()).hasSize(28);
        for (PostExperiment experiment : PostExperiment.values()) {
            assertThat(PublishedFigures.of(experiment)).extracting(Figure::quantity)
                    .containsExactlyInAnyOrder(Quantity.values());
        }
    }

    @ParameterizedTest(name = "{0} agrees with a printed {1}: {2}")
    @CsvSource({
        "0.59744999, 0.5974, true",
        "0.03125,    0.0312, true",
        "0.09375,    0.0938, true",
        "0.09375,    0.0937, false",
        "0.59745001, 0.5975, true",
        "0.5975499,  0.5975, true",
        "0.5976,     0.5975, false",
        "0.00004,    0.0000, true",
        "0.00006,    0.0000, false",
        "-0.5975,    0.5975, false",
        "NaN,        0.5975, false",
        "Infinity,   0.5975, false"
    })
    void agreement(double ours, String printed, boolean agrees) {
        Figure figure = new Figure(PostExperiment.MLP, Quantity.BEST_VALIDATION_LOSS, printed, "a test");

        assertThat(figure.agrees(ours)).isEqualTo(agrees);
    }

    @Test
    @DisplayName("each quantity is that of the run, each experiment has its name and plan")
    void quantities() {
        TrainingResult run = TrainingLoop.train(
                TrainingPlan.builder().problem(new LinearProblem(2, 9, 7, 0.2)).epochs(5).build(), new CpuBackend());

        assertThat(Arrays.stream(Quantity.values()).map(quantity -> quantity.of(run))).containsExactly(
                Arrays.stream(run.history().trainLosses()).min().orElseThrow(),
                Arrays.stream(run.history().validationLosses()).min().orElseThrow(),
                run.last().fit().trainR2(), run.last().fit().validationR2());
        assertThat(Arrays.stream(Quantity.values()).map(Quantity::title))
                .containsExactly("best train loss", "best validation loss", "R2 train", "R2 validation");
        assertThat(PublishedFigures.of(PostExperiment.DROPOUT)).extracting(Figure::printed)
                .contains("0.2410").doesNotContain("");
        assertThat(PublishedFigures.all()).extracting(Figure::source).doesNotContain("").doesNotContainNull();
        assertThat(Arrays.stream(PostExperiment.values()).map(PostExperiment::title)).doesNotHaveDuplicates().contains("Linear model");
        assertThat(PostExperiment.L1.plan(1, 30).l1()).isEqualTo(0.021);
        assertThat(PostExperiment.MINIBATCH.plan(1, 200).batchSize()).isEqualTo(32);
        assertThat(PostExperiment.WEIGHT_DECAY.plan(1, 200).optimiser().weightDecay()).isEqualTo(0.085);
        assertThat(PostExperiment.DROPOUT.plan(1, 200).dropout()).isEqualTo(0.1);
        assertThatThrownBy(() -> PostExperiment.of("mlp-l3")).hasMessageContaining("wanted one of linear, mlp, ")
                .hasMessageEndingWith("got \"mlp-l3\"");
    }
}
