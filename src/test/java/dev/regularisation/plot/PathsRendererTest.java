package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PathsRendererTest {

    private static final double[] X = {0, 1};

    @Test
    @DisplayName("a single path covers the pixels that a stroked line covers")
    void oneLine() {
        Picture paths = draw(panel().paths("Path", Palette.BLUE, X, new double[][] {{0, 1}}));
        Picture line = draw(panel().curve(Series.of("Path", Palette.BLUE, X, new double[] {0, 1}).drawn(LineStyle.THIN)));

        Rectangle2D area = paths.layout().dataAreas().get(0);
        int byPaths = Pixels.of(paths).countInk(area);
        int byLine = Pixels.of(line).countInk(area);
        // Both are about a pixel thick and cross the whole area; they differ in how edges are smoothed.
        assertThat(byPaths).isGreaterThan((int) (0.9 * area.getWidth())).isBetween(byLine / 2, 2 * byLine);
    }

    @Test
    @DisplayName("where paths meet, it is darker")
    void densityShows() {
        double[][] bundle = new double[500][];
        for (int i = 0; i < bundle.length; i++) {
            bundle[i] = new double[] {0, i / 499.0};
        }
        Picture picture = draw(panel().paths("Paths", Palette.BLUE, X, bundle));

        Rectangle2D area = picture.layout().dataAreas().get(0);
        double third = area.getWidth() / 3;
        Pixels pixels = Pixels.of(picture);
        int left = pixels.countNear(Palette.BLUE, 40,
                new Rectangle2D.Double(area.getMinX(), area.getMinY(), third, area.getHeight()));
        int right = pixels.countNear(Palette.BLUE, 40,
                new Rectangle2D.Double(area.getMaxX() - third, area.getMinY(), third, area.getHeight()));
        assertThat(left).isGreaterThan(1000);
        assertThat(right).isLessThan(left / 10);
    }

    @Test
    @DisplayName("a NaN breaks its own path and no other")
    void notANumberBreaksAPath() {
        double[] x = {0, 0.25, 0.5, 0.75, 1};
        double[] broken = {0, 0, Double.NaN, 0, 0};
        double[] whole = {1, 1, 1, 1, 1};
        Picture picture = draw(panel().paths("Paths", Palette.BLUE, x, new double[][] {broken, whole}));

        Rectangle2D area = picture.layout().dataAreas().get(0);
        Pixels pixels = Pixels.of(picture);
        Rectangle2D middle = new Rectangle2D.Double(
                area.getCenterX() - 50, area.getMinY(), 100, area.getHeight());
        Rectangle2D lowerMiddle = new Rectangle2D.Double(area.getCenterX() - 50, area.getCenterY(), 100, 180);
        assertThat(pixels.countNear(Palette.BLUE, 120, lowerMiddle)).isZero();
        assertThat(pixels.countNear(Palette.BLUE, 120, middle)).isGreaterThanOrEqualTo(100);
    }

    private static Panel panel() {
        return new Panel(Axis.linear("x"), Axis.linear("y"));
    }

    private static Picture draw(Panel panel) {
        return new Composition("Paths", List.of(""), List.of()).draw("Paths.", new Composition.Part(panel, 500));
    }
}
