package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A picture's pixels, decoded from its PNG as any reader would. */
final class Pixels {

    private final int width;
    private final int height;
    private final int[] rgb;

    private Pixels(int width, int height, int[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    static Pixels of(Picture picture) {
        return new Pixels(picture.width(), picture.height(), picture.pixels());
    }

    static Pixels of(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            return new Pixels(image.getWidth(), image.getHeight(),
                    image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** How many pixels are others than in a picture of the same size. */
    int differing(Pixels other) {
        assertThat(other.width + " x " + other.height).isEqualTo(width + " x " + height);
        return (int) IntStream.range(0, rgb.length).filter(i -> rgb[i] != other.rgb[i]).count();
    }

    /** How many pixels have exactly that colour. */
    int count(Color colour, Rectangle2D area) {
        return count(area, there -> there == colour.getRGB());
    }

    /** How many pixels differ from it by at most {@code distance} in each channel: edges are smoothed. */
    int countNear(Color colour, int distance, Rectangle2D area) {
        return count(area, there -> Math.abs((there >> 16 & 0xFF) - colour.getRed()) <= distance
                && Math.abs((there >> 8 & 0xFF) - colour.getGreen()) <= distance
                && Math.abs((there & 0xFF) - colour.getBlue()) <= distance);
    }

    /** Mean height, downwards, of the pixels near that colour; NaN where there are none. */
    double meanY(Color colour, int distance, Rectangle2D area) {
        double sum = 0;
        int count = 0;
        for (int y = (int) area.getMinY(); y < area.getMaxY(); y++) {
            int here = countNear(colour, distance, new Rectangle2D.Double(area.getMinX(), y, area.getWidth(), 1));
            sum += (double) y * here;
            count += here;
        }
        return sum / count;
    }

    /** How many pixels are neither paper, nor grid, nor a shade between them. */
    int countInk(Rectangle2D area) {
        return count(area, there -> (there & 0xFF) < Style.GRID.getBlue() - 8
                || (there >> 8 & 0xFF) < Style.GRID.getGreen() - 8 || (there >> 16 & 0xFF) < Style.GRID.getRed() - 8);
    }

    private int count(Rectangle2D area, IntPredicate wanted) {
        int count = 0;
        for (int y = (int) area.getMinY(); y < area.getMaxY(); y++) {
            for (int x = (int) area.getMinX(); x < area.getMaxX(); x++) {
                count += wanted.test(rgb[y * width + x]) ? 1 : 0;
            }
        }
        return count;
    }

    Rectangle2D all() {
        return new Rectangle2D.Double(0, 0, width, height);
    }
}
