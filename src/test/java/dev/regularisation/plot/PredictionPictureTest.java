package dev.regularisation.plot;

import static dev.regularisation.plot.PictureAssert.assertHasLegend;
import static dev.regularisation.plot.PictureAssert.assertWellFormed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingResult;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionPictureTest {

    private static final TrainingResult RUN = PlottedRuns.of(PostExperiment.MLP, 30);

    @Test
    @DisplayName("both models, both kinds of samples, on square axes")
    void drawsBothModels() {
        Picture picture = PredictionPicture.of(RUN, "Plain MLP");

        assertWellFormed(picture);
        assertHasLegend(picture);
        Pixels pixels = Pixels.of(picture);
        // Vermilion at 0.35 on paper: a validation sample that no other covers.
        Color alone = new Color(240, 199, 166);
        assertThat(picture.layout().dataAreas()).hasSize(2).allSatisfy(area -> {
            assertThat(area.getWidth()).isEqualTo(area.getHeight());
            assertThat(pixels.countNear(Palette.TRAINING, 40, area)).as("training samples").isGreaterThan(1000);
            assertThat(pixels.countNear(alone, 4, area)).as("validation samples").isGreaterThan(1000);
        });
    }

    @Test
    @DisplayName("equal scales: the identity runs from corner to corner")
    void identityFromCornerToCorner() {
        Picture picture = PredictionPicture.of(RUN, "Plain MLP");

        Rectangle2D area = picture.layout().dataAreas().get(0);
        Pixels pixels = Pixels.of(picture);
        Rectangle2D lowerLeft = new Rectangle2D.Double(area.getMinX() + 2, area.getMaxY() - 14, 12, 12);
        Rectangle2D upperRight = new Rectangle2D.Double(area.getMaxX() - 14, area.getMinY() + 2, 12, 12);
        Rectangle2D upperLeft = new Rectangle2D.Double(area.getMinX() + 2, area.getMinY() + 2, 12, 12);
        assertThat(pixels.countInk(lowerLeft)).isPositive();
        assertThat(pixels.countInk(upperRight)).isPositive();
        assertThat(pixels.countInk(upperLeft)).isZero();
    }

    @Test
    @DisplayName("the alternative text has R² of the best and of the last model")
    void altText() {
        String text = PredictionPicture.of(RUN, "Plain MLP").altText();

        assertThat(text).contains("Best model, after epoch " + RUN.best().epoch(), "Last model, after epoch 30",
                Numbers.of(RUN.last().fit().trainR2()), Numbers.of(RUN.last().fit().validationR2()),
                Numbers.of(RUN.best().fit().validationR2()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1999, 1999", "2000, 2000", "2001, 1001", "10000, 2000"})
    void thinsToAtMost2000(int size, int kept) {
        double[] values = PredictionPicture.thin(size, i -> i);

        assertThat(values).hasSize(kept).startsWith(0).isSorted();
        assertThat(values[kept - 1]).isLessThan(size);
    }

    @Test
    @DisplayName("predictions of NaN are counted, and the best model is still drawn")
    void diverged() {
        Picture picture = PredictionPicture.of(PlottedRuns.diverged(), "Diverged");

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("The last model: 2,700 of 2,700 predictions are not finite")
                .doesNotContain("The best model:");
        Pixels pixels = Pixels.of(picture);
        assertThat(pixels.countNear(Palette.TRAINING, 40, picture.layout().dataAreas().get(0))).isGreaterThan(1000);
        assertThat(pixels.countNear(Palette.TRAINING, 40, picture.layout().dataAreas().get(1))).isZero();
    }

    @Test
    void notANumberFromTheStart() {
        Picture picture = PredictionPicture.of(PlottedRuns.notANumberFromTheStart(), "NaN");

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("The best model: 2,700 of 2,700");
    }
}
