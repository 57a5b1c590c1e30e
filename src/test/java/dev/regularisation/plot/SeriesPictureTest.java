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

class SeriesPictureTest {

    private static final double[] X = {50, 100, 200, 400};
    private static final double[] Y = {1, 0.5, 0.25, 0.125};
    private static final double[] CLOUD_X = {0, 1, 2, Double.NaN};
    private static final double[] CLOUD_Y = {0, 10, 20, 30};

    @Test
    @DisplayName("curve, band and reference lines are drawn")
    void drawsEverything() {
        Series curve = Series.of("Median", Palette.BLUE, X, Y)
                .withBand(new double[] {0.5, 0.25, 0.125, 0.06}, new double[] {2, 1, 0.5, 0.25});
        Picture picture = picture(curve, ReferenceLine.horizontal("Noise", 0.04).in(Palette.VERMILION));

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
        String text = picture(Series.of("Median", Palette.BLUE, X, new double[] {1, 3, 0.25, 0.5}),
                ReferenceLine.vertical("The post's size", 200)).altText();

        assertThat(text).contains("Median: 1.0000 at 50, 0.5000 at 400, least 0.2500 at 200, greatest 3.0000 at 100",
                "Reference line: The post's size.");
    }

    @Test
    @DisplayName("points that have no place break the curve, and are counted")
    void brokenCurve() {
        double[] y = {1, Double.NaN, 0, -1, Double.POSITIVE_INFINITY, 0.5};
        Picture picture = picture(Series.of("Broken", Palette.BLUE, new double[] {1, 2, 3, 4, 5, 6}, y));

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
        Picture picture = picture(Series.of("Nothing", Palette.BLUE, nothing, nothing));

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("Nothing: no finite value");
        assertThat(Pixels.of(picture).countNear(Style.GRID, 14, picture.layout().dataAreas().get(0))).isGreaterThan(1000);
    }

    @Test
    @DisplayName("extreme ranges: constant, tiny, huge, and all of double")
    void extremeRanges() {
        for (Axis axis : List.of(Axis.linear("y"), Axis.log("y"))) {
            for (double[] y : new double[][] {{0, 0}, {7, 7}, {1e-300, 1e300}, {1e20, 1e20 + 16384}, {-1e99, 1e99},
                {1e-14, 1e2}, {1, 1 + 1e-12}, {Double.MIN_VALUE, Double.MAX_VALUE}}) {
                Series curve = Series.of("Curve", Palette.BLUE, new double[] {0, 1}, y);
                assertWellFormed(SeriesPicture.ofCurves(
                        "Extreme", "", Axis.linear("x"), axis, List.of(curve), List.of()).picture());
            }
        }
    }

    @Test
    @DisplayName("a legend of many long names takes several lines, none over the data")
    void longLegend() {
        List<Series> curves = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            curves.add(Series.of("A curve with a name that goes on for a while, number " + i, Palette.series(i), X, Y));
        }
        Picture picture = SeriesPicture.ofCurves("Many", "", Axis.linear("x"), Axis.linear("y"), curves, List.of()).picture();

        assertWellFormed(picture);
        assertThat(picture.layout().legend().getHeight()).isGreaterThan(150);
    }

    @Test
    @DisplayName("titles, names and labels that are too long are cut, not drawn over the edge")
    void longTexts() {
        String text = "a text that goes on and on, ".repeat(20);
        Series curve = Series.of(text, Palette.BLUE, X, Y);

        Picture picture = SeriesPicture.ofCurves(
                text, text, Axis.linear("x"), Axis.linear("y"), List.of(curve), List.of()).picture();

        assertWellFormed(picture);
        assertThat(picture.altText()).contains(text);
    }

    @Test
    void refusesUnequalLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.of("Short", Palette.BLUE, X, new double[] {1}))
                .withMessage("series \"Short\": wanted as many y as x, got 4 x and 1 y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.of("Band", Palette.BLUE, X, Y).withBand(Y, new double[] {1}))
                .withMessageContaining("wanted a band of 4 or no values, got 4 lower and 1 upper");
    }

    @Test
    @DisplayName("points, a curve and a reference line")
    void drawsClouds() {
        Picture picture = clouds(Axis.linear("y"), false);

        assertWellFormed(picture);
        assertHasLegend(picture);
        Pixels pixels = Pixels.of(picture);
        Rectangle2D area = picture.layout().dataAreas().get(0);
        assertThat(pixels.countNear(Palette.BLUE, 40, area)).as("three dots of 8 pixels").isBetween(90, 200);
        assertThat(pixels.countNear(Palette.GREEN, 40, area)).isGreaterThan(500);
        assertThat(picture.altText()).contains("3 points of Measured", "Theory: 20.00 at 0, 0.0000 at 2",
                "Reference line: y = x.", "Measured: 1 of 4 points have no place on these axes.");
    }

    @Test
    @DisplayName("equal scales make a square of equal ranges: 20 up is 20 across")
    void equalScales() {
        Picture picture = clouds(Axis.linear("y"), true);

        assertWellFormed(picture);
        Rectangle2D area = picture.layout().dataAreas().get(0);
        assertThat(area.getWidth()).isEqualTo(area.getHeight());
        // With one range for both, x up to 2 of 20 stays in the left fifth.
        Rectangle2D right = new Rectangle2D.Double(
                area.getMinX() + area.getWidth() / 5, area.getMinY(), area.getWidth() * 0.8, area.getHeight());
        assertThat(Pixels.of(picture).countNear(Palette.BLUE, 40, right)).isZero();
    }

    @Test
    void equalScalesWantAxesOfOneScale() {
        assertThatIllegalArgumentException().isThrownBy(() -> clouds(Axis.log("y"), true))
                .withMessage("scatter: equal scales want two axes of one scale, got LINEAR and LOG");
    }

    private static Picture clouds(Axis y, boolean equalScales) {
        return new SeriesPicture("Scatter", "made up", Axis.linear("x"), y,
                List.of(Series.of("Measured", Palette.BLUE, CLOUD_X, CLOUD_Y)),
                List.of(Series.of("Theory", Palette.GREEN, new double[] {0, 2}, new double[] {20, 0})),
                List.of(ReferenceLine.identity("y = x")), equalScales).picture();
    }

    private static Picture picture(Series curve, ReferenceLine... references) {
        return SeriesPicture.ofCurves("Learning curve", "made up", Axis.log("Samples"), Axis.log("Loss"),
                List.of(curve), List.of(references)).picture();
    }
}
