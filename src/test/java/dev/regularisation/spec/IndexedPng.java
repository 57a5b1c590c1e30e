package dev.regularisation.spec;

import com.twelvemonkeys.image.ImageUtil;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures for the report in a palette of 256 colours, as large as before in pixels and half as large in bytes. A plot has
 * few colours, and the palette holds them and most of the shades along the edges of its lines: no difference is seen.
 */
final class IndexedPng {

    private static final int COLOURS = 256;
    /** Of ImageIO's compression quality, 0 is the smallest file; PNG loses nothing by it. */
    private static final float SMALLEST = 0;

    private IndexedPng() {
    }

    /** The picture of a PNG file as a PNG file with a palette. */
    static byte[] of(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            return encode(ImageUtil.createIndexed(image, COLOURS, null,
                    ImageUtil.DITHER_NONE | ImageUtil.COLOR_SELECTION_FAST));
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(SMALLEST);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
