package dev.regularisation.spec;

import dev.regularisation.plot.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures for the report in a palette of at most 256 colours, as large as before in pixels and smaller in bytes.
 *
 * <p>The commonest colours of a picture, those of its lines, dots and text, stay as they are; shades along edges are rounded,
 * no more than it takes, so that no colour is taken for another. A picture of too many colours stays as it is. A palette that
 * is chosen by how many pixels a colour covers, as for photographs, would give up colours of dots, which are data.
 */
final class IndexedPng {

    private static final int COLOURS = 256;
    /** So many of the commonest colours are not rounded. */
    private static final int EXACT = 64;
    /** Steps that each channel may keep, from all down to those 32 apart. */
    private static final int[] STEPS = {255, 51, 25, 17, 12, 8};
    private static final int CHANNEL = 255;
    private static final int RGB = 0xFFFFFF;
    /** Of ImageIO's compression quality, where PNG loses nothing: 0 takes 100 ms for a picture, this 40 for 3 % more bytes. */
    private static final float SMALL = 1 / 8F;

    private IndexedPng() {
    }

    /** A picture as a PNG file with a palette. */
    static byte[] of(Picture picture) {
        return of(picture.width(), picture.height(), picture.pixels()).orElseGet(picture::png);
    }

    /** The same of opaque pixels, row by row; nothing where they have too many colours. */
    static Optional<byte[]> of(int width, int height, int[] pixels) {
        Map<Integer, Integer> palette = palette(pixels);
        try {
            return palette.isEmpty() ? Optional.empty() : Optional.of(encode(indexed(width, height, pixels, palette)));
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
    }

    /** What becomes of each colour; nothing where even the coarsest rounding leaves too many. */
    private static Map<Integer, Integer> palette(int[] pixels) {
        Map<Integer, Integer> counts = counts(pixels);
        List<Integer> common = new ArrayList<>(counts.keySet());
        common.sort(Comparator.comparing((Integer colour) -> -counts.get(colour)).thenComparing(Comparator.naturalOrder()));
        Set<Integer> exact = new HashSet<>(common.subList(0, Math.min(EXACT, common.size())));
        for (int steps : STEPS) {
            Map<Integer, Integer> palette = new HashMap<>();
            common.forEach(colour -> palette.put(colour, exact.contains(colour) ? colour : rounded(colour, steps)));
            if (new HashSet<>(palette.values()).size() <= COLOURS) {
                return palette;
            }
        }
        return Map.of();
    }

    /** How many pixels have each colour; neighbours are mostly equal, and are counted together. */
    private static Map<Integer, Integer> counts(int[] pixels) {
        Map<Integer, Integer> counts = new HashMap<>();
        int from = 0;
        for (int i = 1; i <= pixels.length; i++) {
            if (i == pixels.length || pixels[i] != pixels[from]) {
                counts.merge(pixels[from] & RGB, i - from, Integer::sum);
                from = i;
            }
        }
        return counts;
    }

    private static int rounded(int colour, int steps) {
        int result = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int step = (int) Math.rint((colour >> shift & CHANNEL) * steps / (double) CHANNEL);
            result |= (int) Math.rint(step * CHANNEL / (double) steps) << shift;
        }
        return result;
    }

    private static BufferedImage indexed(int width, int height, int[] pixels, Map<Integer, Integer> palette) {
        Map<Integer, Integer> indices = new LinkedHashMap<>();
        palette.values().stream().sorted().distinct().forEach(colour -> indices.put(colour, indices.size()));
        int[] colours = indices.keySet().stream().mapToInt(Integer::intValue).toArray();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE));
        int[] samples = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            samples[i] = i > 0 && pixels[i] == pixels[i - 1] ? samples[i - 1] : indices.get(palette.get(pixels[i] & RGB));
        }
        WritableRaster raster = image.getRaster();
        raster.setSamples(0, 0, width, height, 0, samples);
        return image;
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(SMALL);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
