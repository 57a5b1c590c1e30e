package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A row says what a run did, and reads back as it was written. */
class StudyRowTest {

    private static final StudyCell CELL = StudyCell.asInPost(PostExperiment.L2, 20, 3);

    private static StudyRow row(Measure measure, double value, String digest) {
        return new StudyRow(CELL, Map.of(measure, value), digest);
    }

    @Test
    @DisplayName("a row is the run's own, a line holds it all, and rows of other bits say in which columns")
    void ofARun() {
        LinearProblem problem = new LinearProblem(3, 20, 9, 0.2);
        TrainingResult run = TrainingLoop.train(CELL.plan(problem), new CpuBackend());
        StudyRow row = StudyRow.of(CELL, run);

        assertThat(StudyRow.parse(row.line())).isEqualTo(row);
        assertThat(StudyRow.COLUMNS).hasSize(row.line().split(",", -1).length).containsExactlyElementsOf(
                StudyRow.definitions().keySet());
        assertThat(row.bestValidationLoss()).isEqualTo(run.best().fit().validationLoss());
        assertThat(row.sha256()).isEqualTo(run.history().sha256());
        assertThat(row.diverged()).isFalse();
        assertThatThrownBy(() -> row.get(Measure.DIVERGED)).hasMessage(
                "diverged_at_epoch: wanted a run that has it, got mlp-l2 at 20 samples, strength 0.085, seed 3");
        StudyRow another = StudyRow.of(CELL, TrainingLoop.train(CELL.with(Changes.parse("epochs=900")).plan(problem),
                new CpuBackend()));
        assertThat(row.differences(row)).isEmpty();
        assertThat(row.differences(another)).contains("epochs", "l1_norm", "history_sha256").doesNotContain("l1_norm_first");
        assertThat(another.texts(List.of("epochs", "diverged_at_epoch", "history_sha256"))).containsExactly("900", "nothing",
                another.sha256());
    }

    @Test
    @DisplayName("what no run can have done is refused, and its outermost cases are not")
    void bounds() {
        String digest = "0".repeat(64);
        int epochs = CELL.plan().epochs();

        for (Measure measure : List.of(Measure.BEST_EPOCH, Measure.EPOCHS, Measure.DIVERGED)) {
            assertThat(row(measure, 0, digest)).isNotEqualTo(row(measure, epochs, digest));
            assertThatThrownBy(() -> row(measure, -1, digest)).hasMessage(
                    measure.column() + ": wanted an epoch from 0 to " + epochs + ", got -1");
            assertThatThrownBy(() -> row(measure, epochs + 1, digest)).hasMessageContaining("got " + (epochs + 1));
        }
        assertThatThrownBy(() -> row(Measure.JUMPS, 0, "0")).hasMessageContaining("wanted a SHA-256, got \"0\"");
        for (String text : List.of("1.0", "-1", "x", "01")) {
            assertThatThrownBy(() -> Measure.JUMPS.read(text)).hasMessage("jumps: wanted a count, got \"" + text + "\"");
        }
        assertThatThrownBy(() -> Measure.RISE.read("0.10")).hasMessageContaining("as Java writes it, got \"0.10\"");
    }

    @Test
    @DisplayName("settings of a line change the method's plan, the standard too, and are written in one way alone")
    void changes() {
        Changes changes = Changes.parse("activation=tanh epochs=1000");

        assertThat(StudyCell.asInPost(PostExperiment.L1, 20, 1).with(changes).plan().epochs()).isEqualTo(1000);
        assertThat(changes).hasToString("activation=tanh epochs=1000").isNotEqualTo(Changes.NONE)
                .isEqualTo(Changes.NONE.with(TrainingPlan.EPOCHS, 1000).with(Architecture.ACTIVATION, Activation.TANH));
        assertThatThrownBy(() -> Changes.parse("epochs=1000 activation=tanh")).hasMessage(
                "settings: wanted \"activation=tanh epochs=1000\", got \"epochs=1000 activation=tanh\"");
        assertThatThrownBy(() -> Changes.parse("epochs=0")).hasMessageContaining("epochs: wanted");
        assertThatThrownBy(() -> Changes.parse("seed=3")).hasMessageContaining("settings: wanted some of layers, ")
                .hasMessageContaining("got \"seed=3\"");
        assertThatThrownBy(() -> Changes.NONE.with(Problem.TRAIN_SIZE, 3)).hasMessageContaining("got train_size");
        assertThatThrownBy(() -> StudyCell.asInPost(PostExperiment.L1, 20, 1).with(Changes.parse("l1=0.5"))).hasMessage(
                "mlp-l1: wanted l1 as the strength, got it among the settings");
    }

    @Test
    @DisplayName("a study of strengths has each of them at each size and seed")
    void strengths() {
        assertThat(Study.strengths(PostExperiment.L1, List.of(0.1, 0.2), List.of(20, 30), List.of(1L, 2L))).hasSize(8)
                .contains(new StudyCell(PostExperiment.L1, 30, 0.2, 2));
    }
}
