package dev.regularisation.plot;

import static dev.regularisation.plot.PictureAssert.assertHasLegend;
import static dev.regularisation.plot.PictureAssert.assertWellFormed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CurvePictureTest {

    private static final double[] X = {50, 100, 200, 400};
    private static final double[] Y = {1, 0.5, 0.25, 0.125};

    @Test
    @DisplayName("curve, band and reference lines are drawn")
    void drawsEverything() {
        Curve curve = Curve.of("Median", Palette.BLUE, X, Y)
                .withBand(new double[] {0.5, 0.25, 0.125, 0.06}, new double[] {2, 1, 0.5, 0.25});
        Picture picture = picture(curve, Reference.horizontal("Noise", 0.04).in(Palette.VERMILION));

        assertWellFormed(picture);
        assertHasLegend(picture);
        Pixels pixels = Pixels.of(picture);
        Rectangle2D area = picture.layout().dataAreas().get(0);
        Color band = new Color(204, 227, 240);
        assertThat(pixels.countNear(Palette.BLUE, 30, area)).isGreaterThan(500);
        assertThat(pixels.countNear(band, 3, area)).isGreaterThan(20_000);
        assertThat(pixels.countNear(Palette.VERMILION, 30, area)).isGreaterThan(500);
    }

    @Test
    @DisplayName("the alternative text has first, last, least and greatest value, and the references")
    void altText() {
        String text = picture(Curve.of("Median", Palette.BLUE, X, new double[] {1, 3, 0.25, 0.5}),
                Reference.vertical("The post's size", 200)).altText();

        assertThat(text).contains("Median: 1.0000 at 50, 0.5000 at 400, least 0.2500 at 200, greatest 3.0000 at 100",
                "Reference line: The post's size.");
    }

    @Test
    @DisplayName("points that have no place break the curve, and are counted")
    void brokenCurve() {
        double[] y = {1, Double.NaN, 0, -1, Double.POSITIVE_INFINITY, 0.5};
        Picture picture = picture(Curve.of("Broken", Palette.BLUE, new double[] {1, 2, 3, 4, 5, 6}, y));

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("Broken: 4 of 6 points have no place on these axes.");
        // Two lone points become dots of five pixels across.
        assertThat(Pixels.of(picture).countNear(Palette.BLUE, 60, picture.layout().dataAreas().get(0)))
                .isBetween(20, 60);
    }

    @Test
    @DisplayName("nothing but NaN gives axes and the words for it")
    void nothingToShow() {
        double[] nothing = {Double.NaN, Double.NaN};
        Picture picture = picture(Curve.of("Nothing", Palette.BLUE, nothing, nothing));

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("Nothing: no finite value");
        assertThat(Pixels.of(picture).count(Style.GRID, picture.layout().dataAreas().get(0))).isGreaterThan(1000);
    }

    @Test
    @DisplayName("extreme ranges: constant, tiny, huge, and all of double")
    void extremeRanges() {
        for (Axis axis : List.of(Axis.linear("y"), Axis.log("y"))) {
            for (double[] y : new double[][] {{0, 0}, {7, 7}, {1e-300, 1e300}, {1e20, 1e20 + 16384}, {-1e99, 1e99},
                {1e-14, 1e2}, {1, 1 + 1e-12}, {Double.MIN_VALUE, Double.MAX_VALUE}}) {
                Curve curve = Curve.of("Curve", Palette.BLUE, new double[] {0, 1}, y);
                assertWellFormed(new CurvePicture(
                        "Extreme", "", Axis.linear("x"), axis, List.of(curve), List.of()).picture());
            }
        }
    }

    @Test
    @DisplayName("a legend of many long names takes several lines, none over the data")
    void longLegend() {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            curves.add(Curve.of("A curve with a name that goes on for a while, number " + i, Palette.series(i), X, Y));
        }
        Picture picture = new CurvePicture("Many", "", Axis.linear("x"), Axis.linear("y"), curves, List.of()).picture();

        assertWellFormed(picture);
        assertThat(picture.layout().legend().getHeight()).isGreaterThan(150);
    }

    @Test
    @DisplayName("titles, names and labels that are too long are cut, not drawn over the edge")
    void longTexts() {
        String text = "a text that goes on and on, ".repeat(20);
        Curve curve = Curve.of(text, Palette.BLUE, X, Y);

        Picture picture = new CurvePicture(
                text, text, Axis.linear("x"), Axis.linear("y"), List.of(curve), List.of()).picture();

        assertWellFormed(picture);
        assertThat(picture.altText()).contains(text);
    }

    @Test
    void refusesUnequalLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Curve.of("Short", Palette.BLUE, X, new double[] {1}))
                .withMessage("curve \"Short\": wanted as many y as x, got 4 x and 1 y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Curve.of("Band", Palette.BLUE, X, Y).withBand(Y, new double[] {1}))
                .withMessageContaining("wanted a band of 4 or no values, got 4 lower and 1 upper");
    }

    private static Picture picture(Curve curve, Reference... references) {
        return new CurvePicture("Learning curve", "made up", Axis.log("Samples"), Axis.log("Loss"),
                List.of(curve), List.of(references)).picture();
    }
}
