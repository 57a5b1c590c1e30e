package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** What holds for every picture. */
final class PictureAssert {

    private PictureAssert() {
    }

    /** Of the stated size, with legend, axes and edges apart from each other, and an alternative text. */
    static void assertWellFormed(Picture picture) {
        Pixels pixels = Pixels.of(picture);
        Rectangle2D page = pixels.all();
        List<Rectangle2D> areas = picture.layout().dataAreas();
        assertThat(pixels.width()).isEqualTo(1200);
        assertThat(areas).isNotEmpty().allSatisfy(area -> {
            assertThat(page.contains(area)).isTrue();
            assertThat(area.getWidth()).isGreaterThan(300);
            assertThat(area.intersects(picture.layout().legend())).as("legend over data").isFalse();
        });
        for (int i = 0; i < areas.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(areas.get(i).intersects(areas.get(j))).as("panels overlap").isFalse();
            }
        }
        assertThat(pixels.countInk(new Rectangle2D.Double(0, 0, 1200, 12))).as("ink on the upper edge").isZero();
        assertThat(pixels.countInk(new Rectangle2D.Double(1190, 0, 10, page.getHeight()))).as("cut off").isZero();
        assertThat(pixels.countInk(new Rectangle2D.Double(0, 0, 10, page.getHeight()))).as("cut off").isZero();
        assertThat(pixels.countInk(new Rectangle2D.Double(0, page.getHeight() - 8, 1200, 8))).as("cut off").isZero();
        assertThat(picture.altText()).hasSizeGreaterThan(30).doesNotContain("null").endsWith(".");
    }

    /** The legend has ink: samples and names. */
    static void assertHasLegend(Picture picture) {
        assertThat(Pixels.of(picture).countInk(picture.layout().legend())).isGreaterThan(100);
    }
}
