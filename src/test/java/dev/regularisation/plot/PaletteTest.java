package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.post.PostExperiment;
import java.awt.Color;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaletteTest {

    @Test
    @DisplayName("every method has a colour of its own")
    void oneColourEach() {
        assertThat(Arrays.stream(PostExperiment.values()).map(Palette::of)).doesNotHaveDuplicates()
                .hasSize(PostExperiment.values().length);
    }

    @Test
    @DisplayName("the methods whose curves coincide can be told apart without colour")
    void linesOfCoincidingCurves() {
        assertThat(Palette.line(PostExperiment.WEIGHT_DECAY)).isEqualTo(LineStyle.WIDE);
        assertThat(Palette.line(PostExperiment.L2)).isEqualTo(LineStyle.DASHED);
    }

    @Test
    @DisplayName("every colour has a contrast of at least 2 with paper, which Okabe and Ito's yellow has not")
    void contrast() {
        assertThat(contrastWithPaper(new Color(0xF0E442))).isLessThan(2);
        for (int i = 0; i < 7; i++) {
            assertThat(contrastWithPaper(Palette.series(i))).isGreaterThan(2);
        }
    }

    @Test
    void seriesBeginAgain() {
        assertThat(Palette.series(7)).isEqualTo(Palette.series(0));
    }

    /** WCAG 2.1's contrast ratio with white: 1.05 / (L + 0.05), L the relative luminance. */
    private static double contrastWithPaper(Color colour) {
        double luminance = 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
        return 1.05 / (luminance + 0.05);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
