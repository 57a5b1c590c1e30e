package dev.regularisation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingResult;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FigureBandTest {

    private static final TrainingResult REFERENCE = TrainingLoop.train(
            PostExperiment.MLP.plan(1, 60).toBuilder().epochs(3).build(), new CpuBackend(Kernel.LOOPS));
    private static final Figure FIGURE =
            new Figure(PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS, "0.2814", "a test");

    @Test
    @DisplayName("A neighbour begins at most one unit in the last place away, each in its own direction")
    void neighbours() {
        FigureBand band = FigureBand.around(REFERENCE, 4, () -> new CpuBackend(Kernel.LOOPS), 2);

        assertThat(band.runs()).extracting(FigureBand.Run::number).containsExactly(0, 1, 2, 3, 4);
        assertThat(band.runs().get(0).parting().distances()).containsOnly(0);
        for (FigureBand.Run run : band.runs().subList(1, 5)) {
            // The largest initial weights are near 1/5, where float32 has steps of 2⁻²⁶.
            assertThat(run.parting().distance(0)).isEqualTo(Math.scalb(1.0, -26));
        }
        assertThat(band.partings()).extracting(parting -> parting.distance(3)).doesNotContain(0.0);
    }

    @Test
    @DisplayName("The reference comes first, with its own figures, and the number of threads changes nothing")
    void deterministic() {
        FigureBand one = FigureBand.around(REFERENCE, 3, () -> new CpuBackend(Kernel.LOOPS), 1);
        FigureBand three = FigureBand.around(REFERENCE, 3, () -> new CpuBackend(Kernel.LOOPS), 3);

        for (Quantity quantity : Quantity.values()) {
            assertThat(one.values(quantity)).hasSize(4).containsExactly(three.values(quantity))
                    .startsWith(quantity.of(REFERENCE));
        }
        assertThat(one.partings()).hasSize(3);
        assertThat(one.partings().get(2).distances()).containsExactly(three.partings().get(2).distances());
    }

    @Test
    @DisplayName("Another backend and an impossible number of neighbours are refused")
    void refuses() {
        Kernel other = Kernel.fastest();
        if (other != Kernel.LOOPS) {
            assertThatThrownBy(() -> FigureBand.around(REFERENCE, 1, () -> new CpuBackend(other), 1))
                    .hasMessageContaining("hand in the same backend");
        }
        assertThatThrownBy(() -> FigureBand.around(REFERENCE, 0, () -> new CpuBackend(Kernel.LOOPS), 1))
                .hasMessageContaining("wanted at least 1, got 0");
    }

    @Test
    @DisplayName("A figure is reproduced, inside the band or outside, as far as its printed digits tell")
    void grades() {
        assertThat(Grade.of(FIGURE, new double[] {0.28144, 0.5}).mark()).isEqualTo(Grade.Mark.REPRODUCED);
        assertThat(Grade.of(FIGURE, new double[] {0.3, 0.28144}).mark()).isEqualTo(Grade.Mark.INSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.2, 0.28136}).mark()).isEqualTo(Grade.Mark.INSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.3, 0.28146}).mark()).isEqualTo(Grade.Mark.OUTSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.2, 0.28134}).mark()).isEqualTo(Grade.Mark.OUTSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.3, 0.25, 0.27}).inWords())
                .isEqualTo("inside the band [0.2500, 0.3000] of 3 runs");
        assertThat(Grade.of(FIGURE, new double[] {0.2814}).inWords()).isEqualTo("reproduced to the last printed digit");
        assertThatThrownBy(() -> Grade.of(FIGURE, new double[] {0.28, Double.NaN})).hasMessageContaining("finite values");
        assertThatThrownBy(() -> Grade.of(FIGURE, new double[0])).hasMessageContaining("finite values");
    }

    @Test
    @DisplayName("All printed figures of an experiment can be graded")
    void gradesPublished() {
        FigureBand band = FigureBand.around(REFERENCE, 1, () -> new CpuBackend(Kernel.LOOPS), 1);

        assertThat(PublishedFigures.of(PostExperiment.MLP)).extracting(band::grade)
                .hasSize(4).allMatch(grade -> grade.runs() == 2)
                .allMatch(grade -> grade.from() <= grade.ours() && grade.ours() <= grade.to());
        assertThat(IntStream.range(0, 2).mapToObj(band.runs()::get)).allMatch(run -> run.figures().size() == 4);
    }
}
