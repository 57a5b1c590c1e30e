package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.rules.Grade.Mark;
import dev.regularisation.support.PostRuns;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GradeTest {

    private static final Figure FIGURE =
            new Figure(PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS, "0.2814", "a test");
    private static final double[] NOWHERE = {0.9, 0.95};

    private static Mark mark(double... values) {
        return Grade.of(FIGURE, values, NOWHERE).mark();
    }

    @Test
    @DisplayName("a figure is reproduced, inside our band, inside PyTorch's or outside, as far as its printed digits tell")
    void grades() {
        assertThat(mark(0.28144, 0.5)).isEqualTo(Mark.REPRODUCED);
        assertThat(mark(0.3, 0.28144)).isEqualTo(Mark.INSIDE);
        assertThat(mark(0.2, 0.28136)).isEqualTo(Mark.INSIDE);
        assertThat(mark(0.3, 0.28146)).isEqualTo(Mark.OUTSIDE);
        assertThat(mark(0.2, 0.28134)).isEqualTo(Mark.OUTSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.2}, new double[] {0.28, 0.29}).mark()).isEqualTo(Mark.WITNESSED);
        assertThat(Grade.of(FIGURE, new double[] {0.3, 0.25, 0.27}, NOWHERE).inWords())
                .isEqualTo("inside the band of our 3 runs");
        assertThat(Grade.Range.of(0.3, 0.25).inWords(FIGURE)).isEqualTo("[0.2500, 0.3000]");
        assertThatThrownBy(() -> mark(0.28, Double.NaN)).hasMessageContaining("finite values");
        assertThatThrownBy(() -> mark()).hasMessageContaining("finite values");
    }

    @Test
    @DisplayName("the kept neighbours are of the post's run: the run itself has its figures")
    void ownFigures() {
        for (Figure figure : PublishedFigures.all()) {
            double[] values = RoundingBands.values(figure.experiment(), figure.quantity());
            // A row has losses as they are, R² follows from them: 1e-7 is a unit of float32 of a loss over the labels' variance.
            assertThat(values[0]).as(figure.toString()).isCloseTo(
                    figure.quantity().of(PostRuns.of(figure.experiment())), Offset.offset(1e-7));
            assertThat(values).hasSize(RoundingBands.NEIGHBOURS + 1);
        }
    }
}
