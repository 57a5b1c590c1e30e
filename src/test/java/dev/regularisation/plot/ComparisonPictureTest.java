package dev.regularisation.plot;

import static dev.regularisation.plot.PictureAssert.assertHasLegend;
import static dev.regularisation.plot.PictureAssert.assertWellFormed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonPictureTest {

    private static final Map<PostExperiment, TrainingResult> RUNS = PlottedRuns.ofAll(30);
    private static final Picture ALL = ComparisonPicture.of(RUNS, "Seven runs");

    @Test
    void wellFormed() {
        assertWellFormed(ALL);
        assertHasLegend(ALL);
        assertThat(ALL.layout().dataAreas()).hasSize(4).allSatisfy(
                area -> assertThat(Pixels.of(ALL).countInk(area)).isGreaterThan(1000));
    }

    @ParameterizedTest
    @EnumSource(PostExperiment.class)
    void everyMethodHasItsColourInTheLegendAndInItsOwnRow(PostExperiment method) {
        Pixels pixels = Pixels.of(ALL);

        assertThat(pixels.countNear(Palette.of(method), 2, ALL.layout().legend())).isGreaterThan(20);
        for (int row = 0; row < 7; row++) {
            int dots = pixels.count(Palette.of(method), row(ALL, row, 7));
            if (row == method.ordinal()) {
                // A disc of 13 pixels has some 110 that no smoothing touches.
                assertThat(dots).isGreaterThan(80);
            } else {
                assertThat(dots).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PostExperiment.class)
    void aMethodThatIsLeftOutHasNoColour(PostExperiment method) {
        Map<PostExperiment, TrainingResult> six = new EnumMap<>(RUNS);
        six.remove(method);

        Picture picture = ComparisonPicture.of(six, "Six runs");

        Rectangle2D best = picture.layout().dataAreas().get(2);
        assertThat(Pixels.of(picture).count(Palette.of(method), best)).isZero();
        assertThat(picture.altText()).doesNotContain(method.title() + " 0.").contains("for 6 runs");
    }

    @Test
    @DisplayName("each curve has its own colour: after 30 epochs, minibatches are below the plain MLP in both panels")
    void curvesHaveTheirOwnColours() {
        Map<PostExperiment, TrainingResult> two = new EnumMap<>(RUNS);
        two.keySet().retainAll(List.of(PostExperiment.MLP, PostExperiment.MINIBATCH));
        History plain = two.get(PostExperiment.MLP).history();
        History minibatches = two.get(PostExperiment.MINIBATCH).history();
        assertThat(minibatches.validationLoss(30)).isLessThan(0.9 * plain.validationLoss(30));
        assertThat(minibatches.trainLoss(30)).isLessThan(0.9 * plain.trainLoss(30));

        Picture picture = ComparisonPicture.of(two, "Two runs");

        Pixels pixels = Pixels.of(picture);
        for (Rectangle2D area : picture.layout().dataAreas().subList(0, 2)) {
            Rectangle2D end = new Rectangle2D.Double(
                    area.getMaxX() - area.getWidth() / 8, area.getMinY(), area.getWidth() / 8, area.getHeight());
            double plainHeight = pixels.meanY(Palette.of(PostExperiment.MLP), 25, end);
            double minibatchHeight = pixels.meanY(Palette.of(PostExperiment.MINIBATCH), 25, end);
            // Nearer than 25 in each channel, no smoothed edge of vermilion passes for orange.
            // Pixels count downwards; a colour that is not there has a mean of NaN, and no difference then.
            assertThat(minibatchHeight - plainHeight).isNotNaN().isGreaterThan(5);
        }
    }

    @Test
    @DisplayName("the alternative text pairs each name with its own best loss, and has the linear model's lines where there are any")
    void altText() {
        for (PostExperiment method : PostExperiment.values()) {
            assertThat(ALL.altText()).contains(method.title() + " " + Texts.best(RUNS.get(method).history()));
        }
        History linear = RUNS.get(PostExperiment.LINEAR).history();
        assertThat(ALL.altText()).contains(". Lines across the rows: Linear model's best validation loss "
                + Numbers.of(linear.validationLoss(linear.bestEpoch())) + "; Linear model's least training loss "
                + Texts.leastTraining(linear) + ".");
        assertThat(ComparisonPicture.of(Map.of(PostExperiment.L1, RUNS.get(PostExperiment.L1)), "One run").altText())
                .doesNotContain("Lines across");
    }

    @Test
    @DisplayName("diverged and NaN runs beside healthy ones")
    void diverged() {
        List<ComparisonPicture.Run> runs = new ArrayList<>();
        runs.add(ComparisonPicture.Run.of(PostExperiment.LINEAR, PlottedRuns.diverged().history()));
        runs.add(ComparisonPicture.Run.of(PostExperiment.L1, PlottedRuns.notANumberFromTheStart().history()));
        runs.add(ComparisonPicture.Run.of(PostExperiment.MLP, RUNS.get(PostExperiment.MLP).history()));

        Picture picture = ComparisonPicture.of(runs, "Mixed", "three runs");

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("L1 no finite value", "the training loss of Linear model is not finite",
                "Plain MLP " + Texts.best(RUNS.get(PostExperiment.MLP).history()));
        assertThat(Pixels.of(picture).count(Palette.of(PostExperiment.L1), row(picture, 1, 3))).isZero();
        assertThat(Pixels.of(picture).count(Palette.of(PostExperiment.MLP), row(picture, 2, 3))).isGreaterThan(80);
    }

    @Test
    void wantsARun() {
        assertThatIllegalArgumentException().isThrownBy(() -> ComparisonPicture.of(List.of(), "None", "no run"))
                .withMessageContaining("at least one run");
    }

    private static Rectangle2D row(Picture picture, int row, int rows) {
        Rectangle2D area = picture.layout().dataAreas().get(2);
        double height = area.getHeight() / rows;
        return new Rectangle2D.Double(area.getMinX(), area.getMinY() + row * height, area.getWidth(), height);
    }
}
