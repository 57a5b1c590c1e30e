package dev.regularisation.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
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
}
