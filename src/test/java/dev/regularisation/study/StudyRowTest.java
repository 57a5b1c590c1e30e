package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.results.Baselines;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A row says what a run did, and reads back as it was written. */
class StudyRowTest {

    private static final StudyCell CELL = StudyCell.asInPost(PostExperiment.L2, 20, 3);

    private static StudyRow row(int best, int diverged, double near, String digest) {
        return new StudyRow(CELL, best, 1, 2, 3, 4, 5, 6, near, OptionalDouble.of(7), OptionalDouble.empty(),
                OptionalInt.of(diverged), digest);
    }

    @Test
    @DisplayName("every column is the run's own, and a line holds it all")
    void ofARun() {
        TrainingResult run = TrainingLoop.train(CELL.plan(new LinearProblem(3, 20, 9, 0.2)), new CpuBackend());
        StudyRow row = StudyRow.of(CELL, run);

        assertThat(StudyRow.parse(row.line())).isEqualTo(row);
        int last = run.history().epochs();
        double[] parameters = run.last().parameters();
        assertThat(List.of(row.bestTrainLoss(), row.bestValidationLoss(), row.finalTrainLoss(), row.finalValidationLoss(),
                row.l1Norm(), row.squaredL2Norm())).containsExactly(
                        Arrays.stream(run.history().trainLosses()).min().orElseThrow(),
                        Arrays.stream(run.history().validationLosses()).min().orElseThrow(), run.last().fit().trainLoss(),
                        run.last().fit().validationLoss(), run.history().l1Norm(last), run.history().squaredL2Norm(last));
        assertThat(row.bestEpoch()).isEqualTo(run.history().bestEpoch());
        assertThat(row.nearZero()).isGreaterThan(0).isLessThan(1)
                .isEqualTo((double) Arrays.stream(parameters).filter(theta -> Math.abs(theta) < 1e-3).count() / parameters.length);
        Baselines baselines = Baselines.of(run);
        assertThat(row.leastSquares()).hasValue(baselines.leastSquares().fit().orElseThrow().validationLoss());
        assertThat(row.ridge()).hasValue(baselines.ridge().orElseThrow().fit().orElseThrow().validationLoss());
        TrainingResult.Model model = run.last();
        assertThat(StudyRow.of(CELL, new TrainingResult(run.plan(), run.backend(), run.data(), run.history(), run.best(),
                new TrainingResult.Model(model.epoch(), new double[] {1e-3, -1e-3, 0.9e-3, -0.9e-3, 0}, model.fit(),
                        model.trainPredictions(), model.validationPredictions()))).nearZero()).isEqualTo(3.0 / 5);
        assertThat(row.diverged()).isEmpty();
        assertThat(row.sha256()).isEqualTo(run.history().sha256());
    }

    @Test
    @DisplayName("what no run can have done is refused, and its outermost cases are not")
    void bounds() {
        String digest = "0".repeat(64);
        int epochs = CELL.plan().epochs();

        assertThat(row(0, 0, 0, digest)).isNotEqualTo(row(epochs, epochs, 1, digest));
        assertThatThrownBy(() -> row(-1, 0, 0, digest)).hasMessage("best epoch: wanted one from 0 to " + epochs + ", got -1");
        assertThatThrownBy(() -> row(epochs + 1, 0, 0, digest)).hasMessageContaining("got " + (epochs + 1));
        assertThatThrownBy(() -> row(0, -1, 0, digest)).hasMessageContaining("epoch of divergence: wanted none or one from 0");
        assertThatThrownBy(() -> row(0, epochs + 1, 0, digest)).hasMessageContaining("got " + (epochs + 1));
        assertThatThrownBy(() -> row(0, 0, -0.1, digest)).hasMessageContaining("wanted one in [0, 1], got -0.1");
        assertThatThrownBy(() -> row(0, 0, 1.1, digest)).hasMessageContaining("wanted one in [0, 1], got 1.1");
        assertThatThrownBy(() -> row(0, 0, 0, "0")).hasMessageContaining("wanted a SHA-256, got \"0\"");
    }

    @Test
    @DisplayName("a study of strengths has each of them at each size and seed")
    void strengths() {
        assertThat(Study.strengths(PostExperiment.L1, List.of(0.1, 0.2), List.of(20, 30), List.of(1L, 2L))).hasSize(8)
                .contains(new StudyCell(PostExperiment.L1, 30, 0.2, 2));
    }
}
