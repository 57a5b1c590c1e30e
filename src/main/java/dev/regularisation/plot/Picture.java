package dev.regularisation.plot;

import dev.regularisation.files.AtomicFiles;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A finished picture, and the text that stands for it where it cannot be seen. */
public final class Picture {

    private final BufferedImage image;
    private final String altText;
    private final Layout layout;

    /** Where things stand, in pixels: the inside of each panel's axes, and the band of the legend. */
    record Layout(List<Rectangle2D> dataAreas, Rectangle2D legend) {
    }

    Picture(BufferedImage image, Layout layout, String altText) {
        this.image = image;
        this.layout = layout;
        this.altText = altText;
    }

    /** The PNG file's bytes, made anew at each call. In memory: ImageIO's default stream would go through a temporary file. */
    public byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IllegalStateException(
                        "picture: wanted a PNG writer, and this Java has none; use one with the java.desktop module");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("picture: writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Its pixels, row by row: red, green and blue in the lower 24 bits. */
    public int[] pixels() {
        return image.getRGB(0, 0, width(), height(), null, 0, width());
    }

    /** In pixels. */
    public int width() {
        return image.getWidth();
    }

    /** In pixels. */
    public int height() {
        return image.getHeight();
    }

    /** What a reader sees, with the key numbers. */
    public String altText() {
        return altText;
    }

    /**
     * Writes the PNG file, making its folder if need be. Another process sees the whole file or none of it: the bytes
     * go to a file beside it, which then takes the name. Where that fails, an older file stays as it was.
     */
    public void writePng(Path file) throws IOException {
        AtomicFiles.write(file, out -> out.write(png()));
    }

    Layout layout() {
        return layout;
    }
}
