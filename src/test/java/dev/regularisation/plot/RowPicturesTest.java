package dev.regularisation.plot;

import static dev.regularisation.plot.PictureAssert.assertHasLegend;
import static dev.regularisation.plot.PictureAssert.assertWellFormed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowPicturesTest {

    @Test
    @DisplayName("a distribution shows points, box, median and what it is compared with, each group in its row")
    void distribution() {
        Picture picture = new DistributionPicture("Over seeds", "made up", Axis.log("Loss"), List.of(
                DistributionPicture.Group.of("First", Palette.BLUE, 1, 2, 3, 4, 5),
                new DistributionPicture.Group("Second", Palette.GREEN, new double[] {10, 20, 30}, 25)),
                "Published", List.of(ReferenceLine.vertical("Floor", 0.9))).picture();

        assertWellFormed(picture);
        assertHasLegend(picture);
        Pixels pixels = Pixels.of(picture);
        assertThat(pixels.countNear(Palette.BLUE, 40, half(picture, 0))).isGreaterThan(50);
        assertThat(pixels.countNear(Palette.BLUE, 40, half(picture, 1))).isZero();
        assertThat(pixels.countNear(Palette.GREEN, 40, half(picture, 0))).isZero();
        // Green at 0.7 on paper.
        Color point = new Color(77, 187, 157);
        assertThat(pixels.countNear(point, 5, half(picture, 0))).isZero();
        assertThat(pixels.countNear(point, 5, half(picture, 1))).as("points beside the box").isGreaterThan(20);
        assertThat(pixels.countNear(Palette.GREEN, 40, half(picture, 1))).isGreaterThan(50);
        assertThat(pixels.count(Palette.BLACK, half(picture, 1))).as("diamond").isGreaterThan(60);
        assertThat(picture.altText()).contains("First median 3.0000, quartiles 2.0000 to 4.0000, 5 values",
                "Second median 20.00, quartiles 15.00 to 25.00, 3 values, Published 25.00");
    }

    @Test
    @DisplayName("values without a place are counted; a group of none, and one of NaN, still have a row")
    void distributionOfNothing() {
        Picture picture = new DistributionPicture("Over seeds", "made up", Axis.log("Loss"), List.of(
                DistributionPicture.Group.of("Empty", Palette.BLUE),
                DistributionPicture.Group.of("Broken", Palette.GREEN, Double.NaN, 0, Double.POSITIVE_INFINITY)),
                "", List.of()).picture();

        assertWellFormed(picture);
        assertThat(picture.altText()).contains("Empty median NaN", "Broken: 3 of 3 points have no place on these axes.");
    }

    @Test
    @DisplayName("on a linear axis a bar starts at zero: twice the value, twice the bar")
    void bars() {
        Picture picture = new BarPicture("Bars", "made up", Axis.linear("Value"), List.of(
                BarPicture.Bar.of("One", Palette.BLUE, 1), BarPicture.Bar.of("Two", Palette.GREEN, 2)),
                List.of()).picture();

        assertWellFormed(picture);
        double one = Pixels.of(picture).count(Palette.BLUE, half(picture, 0));
        double two = Pixels.of(picture).count(Palette.GREEN, half(picture, 1));
        assertThat(one).isGreaterThan(1000);
        // Smoothed edges cost each bar at most a pixel at either end.
        assertThat(two / one).isCloseTo(2, within(0.02));
    }

    @Test
    @DisplayName("on a logarithmic axis, which has no zero, dots; an interval goes into the text")
    void dots() {
        Picture picture = new BarPicture("Dots", "made up", Axis.log("Value"), List.of(
                BarPicture.Bar.of("One", Palette.BLUE, 1).within(0.5, 2), BarPicture.Bar.of("Two", Palette.GREEN, 100)),
                List.of(ReferenceLine.vertical("Level", 10))).picture();

        assertWellFormed(picture);
        assertThat(Pixels.of(picture).count(Palette.GREEN, half(picture, 1))).isBetween(80, 200);
        assertThat(picture.altText()).contains("One 1.0000 [0.5000, 2.0000]; Two 100.0.");
    }

    @Test
    @DisplayName("a name that is too long is cut, and leaves room for the bars")
    void longName() {
        Picture picture = new BarPicture("Bars", "made up", Axis.linear("Value"), List.of(
                BarPicture.Bar.of("a name that goes on and on, ".repeat(10), Palette.BLUE, 1)), List.of()).picture();

        assertWellFormed(picture);
    }

    @Test
    @DisplayName("a negative bar and one of NaN")
    void oddBars() {
        Picture picture = new BarPicture("Bars", "made up", Axis.linear("Value"), List.of(
                BarPicture.Bar.of("Negative", Palette.BLUE, -1), BarPicture.Bar.of("NaN", Palette.GREEN, Double.NaN)),
                List.of()).picture();

        assertWellFormed(picture);
        assertThat(Pixels.of(picture).count(Palette.BLUE, half(picture, 0))).isGreaterThan(1000);
        assertThat(Pixels.of(picture).count(Palette.GREEN, half(picture, 1))).isZero();
    }

    private static Rectangle2D half(Picture picture, int row) {
        Rectangle2D area = picture.layout().dataAreas().get(0);
        return new Rectangle2D.Double(area.getMinX(), area.getMinY() + row * area.getHeight() / 2,
                area.getWidth(), area.getHeight() / 2);
    }
}
