package dev.regularisation.plot;

import static dev.regularisation.plot.PictureAssert.assertHasLegend;
import static dev.regularisation.plot.PictureAssert.assertWellFormed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPictureTest {

    private static final TrainingResult RUN = PlottedRuns.of(PostExperiment.MLP, 30);

    @Test
    @DisplayName("losses, best epoch, parameters and norms are drawn, each in its panel")
    void drawsEverything() {
        Picture picture = TrainingPicture.of(RUN, "Plain MLP");

        assertWellFormed(picture);
        assertHasLegend(picture);
        Pixels pixels = Pixels.of(picture);
        Rectangle2D losses = picture.layout().dataAreas().get(0);
        Rectangle2D parameters = picture.layout().dataAreas().get(1);
        assertThat(pixels.countNear(Palette.TRAINING, 30, losses)).isGreaterThan(300);
        assertThat(pixels.countNear(Palette.VALIDATION, 30, losses)).isGreaterThan(300);
        assertThat(pixels.countNear(Palette.GREY, 30, losses)).as("dashes at the best epoch").isGreaterThan(100);
        assertThat(pixels.countNear(Palette.GREY, 60, parameters)).as("paths").isGreaterThan(10_000);
        assertThat(pixels.countNear(Palette.GREEN, 30, parameters)).isGreaterThan(300);
        assertThat(pixels.countNear(Palette.PURPLE, 30, parameters)).isGreaterThan(300);
    }

    @Test
    @DisplayName("names and curves belong together: at the end, validation is above training, Σ|θ| above Σθ²")
    void curvesHaveTheirOwnColours() {
        History history = RUN.history();
        assertThat(history.validationLoss(30)).isGreaterThan(2 * history.trainLoss(30));
        assertThat(history.l1Norm(30)).isGreaterThan(2 * history.squaredL2Norm(30));

        Picture picture = TrainingPicture.of(RUN, "Plain MLP");

        Pixels pixels = Pixels.of(picture);
        Rectangle2D losses = rightFifth(picture.layout().dataAreas().get(0));
        Rectangle2D norms = rightFifth(picture.layout().dataAreas().get(1));
        // Pixels count downwards; a colour that is not there has a mean of NaN, and no difference then.
        assertThat(pixels.meanY(Palette.TRAINING, 30, losses) - pixels.meanY(Palette.VALIDATION, 30, losses))
                .isNotNaN().isPositive();
        assertThat(pixels.meanY(Palette.PURPLE, 30, norms) - pixels.meanY(Palette.GREEN, 30, norms))
                .isNotNaN().isPositive();
    }

    private static Rectangle2D rightFifth(Rectangle2D area) {
        return new Rectangle2D.Double(
                area.getMaxX() - area.getWidth() / 5, area.getMinY(), area.getWidth() / 5, area.getHeight());
    }

    @Test
    @DisplayName("the vertical line stands where the best epoch is")
    void marksTheBestEpoch() {
        // At this learning rate the linear model overshoots, so that its best epoch is inside the run.
        TrainingResult run = PlottedRuns.of(PostExperiment.LINEAR, 200);
        int best = run.history().bestEpoch();
        assertThat(best).isBetween(20, 150);

        Picture picture = TrainingPicture.of(run, "Linear model");

        Rectangle2D losses = picture.layout().dataAreas().get(0);
        // The axis runs from ½ to 200 with 4 % of room at either end, on a logarithmic scale.
        double share = (Math.log(best / 0.5) / Math.log(200 / 0.5) + 0.04) / 1.08;
        double x = losses.getMinX() + share * losses.getWidth();
        Pixels pixels = Pixels.of(picture);
        int there = pixels.countNear(Palette.GREY, 60, new Rectangle2D.Double(x - 2, losses.getMinY(), 4, 400));
        int everywhere = pixels.countNear(Palette.GREY, 60, losses);
        assertThat(there).isGreaterThan(100);
        // Where grey stands alone, few pixels elsewhere resemble it: edges of the curves over the grid.
        assertThat(everywhere - there).isLessThan(there);

        Rectangle2D parameters = picture.layout().dataAreas().get(1);
        int marked = pixels.countNear(Palette.VALIDATION, 60,
                new Rectangle2D.Double(x - 2, parameters.getMinY(), 4, parameters.getHeight()));
        assertThat(marked).isGreaterThan(100);
        assertThat(pixels.countNear(Palette.VALIDATION, 60, parameters) - marked).isLessThan(marked);
    }

    @Test
    @DisplayName("the alternative text has the best epoch, its loss and the last norms")
    void altText() {
        History history = RUN.history();

        String text = TrainingPicture.of(RUN, "Plain MLP").altText();

        assertThat(text).startsWith("Plain MLP.").contains("1,951 parameters", "squared L2 norm",
                "best: " + Numbers.of(history.validationLoss(history.bestEpoch())) + " at epoch " + history.bestEpoch(),
                Numbers.of(history.l1Norm(30)), Numbers.of(history.squaredL2Norm(30)));
    }

    @Test
    @DisplayName("without recorded parameters, norms only")
    void normsOnly() {
        Picture picture = TrainingPicture.of(PlottedRuns.withoutParameters(30), "Losses only");

        assertWellFormed(picture);
        Pixels pixels = Pixels.of(picture);
        Rectangle2D norms = picture.layout().dataAreas().get(1);
        assertThat(pixels.countNear(Palette.GREY, 60, norms)).as("no paths").isLessThan(50);
        assertThat(pixels.countNear(Palette.GREEN, 30, norms)).isGreaterThan(300);
        assertThat(picture.altText()).doesNotContain("paths").contains("Below, the L1 norm");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void veryShortRuns(int epochs) {
        Picture picture = TrainingPicture.of(PlottedRuns.of(PostExperiment.MLP, epochs), "Short");

        assertWellFormed(picture);
        assertThat(Pixels.of(picture).countNear(Palette.VALIDATION, 30, picture.layout().dataAreas().get(0)))
                .isGreaterThan(200);
    }

    @Test
    @DisplayName("a run that diverges is drawn up to there, and the picture says so")
    void diverged() {
        TrainingResult run = PlottedRuns.diverged();
        assertThat(run.history().validationLoss(120)).isNaN();

        Picture picture = TrainingPicture.of(run, "Diverged");

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("Diverged: of 121 epochs").contains("first in epoch");
        assertThat(Pixels.of(picture).count(Style.WARNING, new Rectangle2D.Double(0, 0, 1200, 120)))
                .as("the note").isGreaterThan(100);
        assertThat(Pixels.of(picture).countNear(Palette.VALIDATION, 30, picture.layout().dataAreas().get(0)))
                .isGreaterThan(200);
    }

    @Test
    @DisplayName("a run of NaN alone has axes, no line for a best epoch, and says so")
    void notANumber() {
        Picture picture = TrainingPicture.of(PlottedRuns.notANumberFromTheStart(), "NaN");

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("best: no finite value;", "first in epoch 0");
        Pixels pixels = Pixels.of(picture);
        assertThat(pixels.countNear(Palette.VALIDATION, 30, picture.layout().dataAreas().get(0))).isZero();
    }

    @Test
    @DisplayName("losses of exactly 0 are left out of the logarithmic axis, and the picture says so")
    void exactlyZero() {
        TrainingResult run = PlottedRuns.fittedExactly();
        assertThat(run.history().trainLosses()).contains(0.0);

        Picture picture = TrainingPicture.of(run, "Fitted exactly");

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("exactly 0").doesNotContain("Diverged");
    }

    @Test
    @DisplayName("the same run gives the same bytes")
    void repeatable() {
        assertThat(TrainingPicture.of(RUN, "Plain MLP").png()).isEqualTo(TrainingPicture.of(RUN, "Plain MLP").png());
    }
}
