package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.experiment.PostExperiment;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.support.PostRuns;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A picture with a palette is the picture that was drawn. */
final class IndexedPngTest {

    /** Of 255 shades: the step that an eye takes for another colour lies near 16. */
    private static final int VISIBLE = 16;

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    @DisplayName("a picture of few colours keeps every pixel")
    void fewColours() throws IOException {
        BufferedImage drawn = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = drawn.createGraphics();
        Color[] colours = {Color.WHITE, new Color(0x0072B2), new Color(0xD55E00), new Color(0x333333)};
        for (int i = 0; i < colours.length; i++) {
            canvas.setColor(colours[i]);
            canvas.fillRect(10 * i, 0, 10, 30);
        }
        canvas.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", png);

        BufferedImage indexed = read(IndexedPng.of(png.toByteArray()));

        assertThat(indexed.getColorModel()).isInstanceOf(IndexColorModel.class);
        assertThat(pixels(indexed)).isEqualTo(pixels(drawn));
    }

    @Test
    @DisplayName("a plot keeps its size in pixels, and no pixel changes so that it would be seen; its file is smaller")
    void plot() throws IOException {
        byte[] png = TrainingPicture.of(PostRuns.of(PostExperiment.LINEAR), "The linear model").png();

        byte[] smaller = IndexedPng.of(png);

        int[] expected = pixels(read(png));
        int[] actual = pixels(read(smaller));
        assertThat(actual).hasSameSizeAs(expected);
        long far = 0;
        for (int i = 0; i < actual.length; i++) {
            if (distance(actual[i], expected[i]) > VISIBLE) {
                far++;
            }
        }
        // Measured: 7e-4, along the edges of lines.
        assertThat((double) far / actual.length).as("share of pixels that change by more than a shade").isLessThan(2e-3);
        assertThat(smaller.length).isLessThan(png.length * 3 / 4);
    }

    /** The greatest difference in any channel, of 255. */
    private static int distance(int one, int other) {
        int greatest = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            greatest = Math.max(greatest, Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF)));
        }
        return greatest;
    }
}
