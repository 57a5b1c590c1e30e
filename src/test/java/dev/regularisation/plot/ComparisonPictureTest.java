package dev.regularisation.plot;

import static dev.regularisation.plot.PictureAssert.assertHasLegend;
import static dev.regularisation.plot.PictureAssert.assertWellFormed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.regularisation.experiment.PostExperiment;
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

    private static final Map<PostExperiment, TrainingResult> RUNS = Runs.ofAll(30);
    private static final Picture ALL = ComparisonPicture.of(RUNS, "Seven runs");

    @Test
    void wellFormed() {
        assertWellFormed(ALL);
        assertHasLegend(ALL);
        assertThat(ALL.layout().dataAreas()).hasSize(3).allSatisfy(
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
    @DisplayName("each run's curve has the colour of that run: alone in a picture, a method draws nothing in another's")
    void curvesCarryTheirOwnColour() {
        for (PostExperiment method : PostExperiment.values()) {
            Picture picture = ComparisonPicture.of(Map.of(method, RUNS.get(method)), "One run");
            Pixels pixels = Pixels.of(picture);
            Rectangle2D curves = picture.layout().dataAreas().get(0);
            for (PostExperiment other : PostExperiment.values()) {
                int near = pixels.countNear(Palette.of(other), 12, curves);
                assertThat(near > 100).as("%s in a picture of %s: %s pixels", other, method, near)
                        .isEqualTo(other == method);
            }
        }
    }

    @Test
    @DisplayName("the alternative text pairs each name with its own best loss")
    void altText() {
        for (PostExperiment method : PostExperiment.values()) {
            assertThat(ALL.altText()).contains(method.title() + " " + Losses.best(RUNS.get(method).history()));
        }
    }

    @Test
    @DisplayName("diverged and NaN runs beside healthy ones")
    void diverged() {
        List<ComparisonPicture.Run> runs = new ArrayList<>();
        runs.add(ComparisonPicture.Run.of(PostExperiment.LINEAR, Runs.diverged().history()));
        runs.add(ComparisonPicture.Run.of(PostExperiment.L1, Runs.notANumberFromTheStart().history()));
        runs.add(ComparisonPicture.Run.of(PostExperiment.MLP, RUNS.get(PostExperiment.MLP).history()));

        Picture picture = ComparisonPicture.of(runs, "Mixed", "three runs");

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("L1 no finite value", "the training loss of Linear model is not finite",
                "Plain MLP " + Losses.best(RUNS.get(PostExperiment.MLP).history()));
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
