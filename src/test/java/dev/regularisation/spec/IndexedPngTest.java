package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A picture with a palette is the picture that was drawn. */
final class IndexedPngTest {

    private static final List<Color> COLOURS = List.of(Palette.BLACK, Palette.ORANGE, Palette.SKY_BLUE, Palette.GREEN, Palette.BLUE,
            Palette.VERMILION, Palette.PURPLE, Palette.GREY);
    /** Of 255 shades: what nobody sees. */
    private static final int UNSEEN = 16;

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** The greatest difference in any channel, of 255. */
    private static int distance(int one, int other) {
        int greatest = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            greatest = Math.max(greatest, Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF)));
        }
        return greatest;
    }

    /** Asserts that no pixel is another to the eye; colours that mean different methods are four times as far apart. */
    private static void assertSame(int[] expected, byte[] indexed) throws IOException {
        int[] actual = pixels(read(indexed));
        assertThat(actual).hasSameSizeAs(expected);
        // One assertion for a million pixels: as many assertions take seconds.
        assertThat(IntStream.range(0, actual.length).filter(i -> distance(actual[i], expected[i]) > UNSEEN)
                .mapToObj(i -> String.format("pixel %d: %06x is %06x", i, expected[i] & 0xFFFFFF, actual[i] & 0xFFFFFF))
                .limit(3)).as("pixels that changed to the eye").isEmpty();
    }

    @Test
    @DisplayName("dots of a few pixels keep their colours in a picture of far more than 256 shades: no method is taken for another")
    void smallDots() throws IOException {
        BufferedImage drawn = new BufferedImage(1200, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = drawn.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, 1200, 800);
        Random places = new Random(1);
        for (int i = 0; i < 40; i++) {
            canvas.setColor(new Color(0x252525));
            canvas.drawString("share of the weights within 0.01 of zero", places.nextInt(900), places.nextInt(800));
            canvas.setColor(COLOURS.get(i % COLOURS.size()));
            canvas.fill(new Ellipse2D.Double(1190 * places.nextDouble(), 790 * places.nextDouble(), 8, 8));
        }
        canvas.dispose();
        byte[] indexed = IndexedPng.of(1200, 800, pixels(drawn)).orElseThrow();

        assertThat(read(indexed).getColorModel()).isInstanceOf(IndexColorModel.class);
        assertThat(IntStream.of(pixels(drawn)).distinct().count()).isGreaterThan(3 * 256);
        assertSame(pixels(drawn), indexed);
    }

    @Test
    @DisplayName("a plot is the same to the eye, and its file smaller")
    void plot() throws IOException {
        Picture picture = TrainingPicture.of(PostRuns.of(PostExperiment.LINEAR), "The linear model");

        byte[] indexed = IndexedPng.of(picture);

        assertSame(picture.pixels(), indexed);
        assertThat(indexed.length).isLessThan(picture.png().length * 3 / 4);
    }

    @Test
    @DisplayName("a picture of more colours than rounding can unite gets no palette")
    void tooManyColours() {
        assertThat(IndexedPng.of(100, 100, new Random(1).ints(10_000).toArray())).isEmpty();
    }
}
