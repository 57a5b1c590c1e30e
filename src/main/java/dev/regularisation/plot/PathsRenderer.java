package dev.regularisation.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;

/**
 * Many thin, translucent curves over the same rising x, that read as one cloud.
 *
 * <p>Java2D takes a second and more for 2,000 of them. As each is a function of x, adding up what they cover, column by
 * column, and blending once gives the same picture in milliseconds.
 */
final class PathsRenderer extends AbstractXYItemRenderer {

    private static final long serialVersionUID = 1;

    private final Color colour;

    PathsRenderer(Color colour) {
        this.colour = colour;
    }

    /** Draws all series with the first item of the first one. */
    @Override
    public void drawItem(Graphics2D g, XYItemRendererState state, Rectangle2D area, PlotRenderingInfo info, XYPlot plot,
            ValueAxis xAxis, ValueAxis yAxis, XYDataset data, int series, int item, CrosshairState crosshair, int pass) {
        if (series > 0 || item > 0) {
            return;
        }
        int width = (int) Math.round(area.getWidth());
        int height = (int) Math.round(area.getHeight());
        double[] px = IntStream.range(0, data.getItemCount(0)).mapToDouble(i -> xAxis.valueToJava2D(
                data.getXValue(0, i), area, plot.getDomainAxisEdge()) - area.getMinX()).toArray();
        double[] edges = new double[width + 1];
        float[] cover = new float[width * height];
        for (int s = 0; s < data.getSeriesCount(); s++) {
            int path = s;
            double[] py = IntStream.range(0, px.length).mapToDouble(i -> yAxis.valueToJava2D(
                    data.getYValue(path, i), area, plot.getRangeAxisEdge()) - area.getMinY()).toArray();
            atColumnEdges(px, py, edges);
            for (int column = 0; column < width; column++) {
                cover(cover, width, height, column, edges[column], edges[column + 1]);
            }
        }
        g.drawImage(blend(cover, width, height, data.getSeriesCount()),
                (int) Math.round(area.getMinX()), (int) Math.round(area.getMinY()), null);
    }

    /** Heights of a curve where the pixel columns meet; NaN where it is not. */
    private static void atColumnEdges(double[] px, double[] py, double[] edges) {
        Arrays.fill(edges, Double.NaN);
        for (int i = 0; i + 1 < px.length; i++) {
            int last = (int) Math.min(edges.length - 1, Math.floor(px[i + 1]));
            for (int edge = (int) Math.max(0, Math.ceil(px[i])); edge <= last; edge++) {
                double share = (edge - px[i]) / (px[i + 1] - px[i]);
                edges[edge] = py[i] + share * (py[i + 1] - py[i]);
            }
        }
    }

    /** Adds a line one pixel thick between two heights of one column. */
    private static void cover(float[] cover, int width, int height, int column, double from, double to) {
        double top = Math.min(from, to) - 0.5;
        double bottom = Math.max(from, to) + 0.5;
        if (!(bottom > 0 && top < height)) {
            return;
        }
        int last = (int) Math.min(height - 1, Math.floor(bottom));
        for (int row = (int) Math.max(0, Math.floor(top)); row <= last; row++) {
            cover[row * width + column] += (float) Math.min(1, Math.min(bottom, row + 1) - Math.max(top, row));
        }
    }

    /** Each curve lets through 1 − opacity of what is under it: some 50 show one by one, some 2,000 where they are dense. */
    private BufferedImage blend(float[] cover, int width, int height, int paths) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        double through = Math.log(1 - Math.min(0.7, Math.max(0.06, 4 / Math.sqrt(paths + 1.0))));
        int rgb = colour.getRGB() & 0xFFFFFF;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double alpha = 1 - Math.exp(through * cover[row * width + column]);
                image.setRGB(column, row, (int) Math.round(255 * alpha) << 24 | rgb);
            }
        }
        return image;
    }
}
