package dev.regularisation.plot;

import static dev.regularisation.plot.PictureAssert.assertHasLegend;
import static dev.regularisation.plot.PictureAssert.assertWellFormed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScatterPictureTest {

    private static final double[] X = {0, 1, 2, Double.NaN};
    private static final double[] Y = {0, 10, 20, 30};

    @Test
    @DisplayName("points, a curve and a reference line")
    void drawsEverything() {
        Picture picture = picture(Axis.linear("y"), false);

        assertWellFormed(picture);
        assertHasLegend(picture);
        Pixels pixels = Pixels.of(picture);
        Rectangle2D area = picture.layout().dataAreas().get(0);
        assertThat(pixels.countNear(Palette.BLUE, 40, area)).as("three dots of 8 pixels").isBetween(90, 200);
        assertThat(pixels.countNear(Palette.GREEN, 40, area)).isGreaterThan(500);
        assertThat(picture.altText()).contains("3 points of Measured", "Curve: Theory.", "Reference line: y = x.",
                "Measured: 1 of 4 points have no place on these axes.");
    }

    @Test
    @DisplayName("equal scales make a square of equal ranges: 20 up is 20 across")
    void equalScales() {
        Picture picture = picture(Axis.linear("y"), true);

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
        assertThatIllegalArgumentException().isThrownBy(() -> picture(Axis.log("y"), true))
                .withMessage("scatter: equal scales want two axes of one scale, got LINEAR and LOG");
    }

    private static Picture picture(Axis y, boolean equalScales) {
        return new ScatterPicture("Scatter", "made up", Axis.linear("x"), y,
                List.of(new ScatterPicture.Cloud("Measured", Palette.BLUE, X, Y)),
                List.of(Curve.of("Theory", Palette.GREEN, new double[] {0, 2}, new double[] {20, 0})),
                List.of(Reference.identity("y = x")), equalScales).picture();
    }
}
