package dev.regularisation.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;

/**
 * A whole picture: title, subtitles, notes, plots, legend, each in a band of its own.
 *
 * @param title     one line
 * @param subtitles where the data come from
 * @param notes     what the axes cannot show; stands out
 */
record Composition(String title, List<String> subtitles, List<String> notes) {

    static final double INNER = Style.WIDTH - 2.0 * Style.MARGIN;

    /** A plot and the height of its band, in pixels. */
    record Part(XYPlot plot, int height) {
    }

    private record Band(double height, BiConsumer<Graphics2D, Rectangle2D> painter) {
    }

    Picture draw(String altText, Part... parts) {
        List<Band> bands = new ArrayList<>();
        bands.add(text(title, Style.TITLE, Style.INK, 1));
        subtitles.forEach(line -> bands.add(text(line, Style.TEXT, Style.FAINT_INK, 3)));
        notes.forEach(note -> bands.add(text(note, Style.TEXT, Style.WARNING, 2)));
        List<Rectangle2D> areas = new ArrayList<>();
        for (Part part : parts) {
            bands.add(new Band(part.height(), (g, area) -> {
                PlotRenderingInfo info = new ChartRenderingInfo(null).getPlotInfo();
                part.plot().draw(g, area, null, null, info);
                int count = info.getSubplotCount();
                IntStream.range(0, Math.max(1, count))
                        .forEach(i -> areas.add((count == 0 ? info : info.getSubplotInfo(i)).getDataArea()));
            }));
        }
        bands.add(band(legend(parts)));
        int height = (int) bands.stream().mapToDouble(Band::height).sum() + 2 * Style.MARGIN;
        BufferedImage image = new BufferedImage(Style.WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = Style.graphics(image);
        g.setColor(Style.PAPER);
        g.fillRect(0, 0, Style.WIDTH, height);
        Rectangle2D area = new Rectangle2D.Double(Style.MARGIN, Style.MARGIN, INNER, 0);
        for (Band band : bands) {
            area = new Rectangle2D.Double(Style.MARGIN, area.getMaxY(), INNER, band.height());
            // A copy: titles trim what they are given.
            band.painter().accept(g, area.getBounds2D());
        }
        g.dispose();
        return new Picture(image, new Picture.Layout(areas, area), altText);
    }

    private static Band text(String text, Font font, Color colour, int mostLines) {
        TextTitle title = new TextTitle(text, font);
        title.setPaint(colour);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setTextAlignment(HorizontalAlignment.LEFT);
        title.setMaximumLinesToDisplay(mostLines);
        title.setPadding(0, 0, 6, 0);
        return band(title);
    }

    /** A band as high as the title needs. */
    private static Band band(Title title) {
        Graphics2D ruler = Style.graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        double height = title.arrange(ruler, RectangleConstraint.NONE.toFixedWidth(INNER)).height;
        ruler.dispose();
        return new Band(Math.rint(height), title::draw);
    }

    /** Every name once, whichever plots it is in. */
    private static LegendTitle legend(Part... parts) {
        LegendItemCollection items = new LegendItemCollection();
        Set<String> names = new HashSet<>();
        for (Part part : parts) {
            LegendItemCollection own = part.plot().getLegendItems();
            IntStream.range(0, own.getItemCount()).mapToObj(own::get)
                    .filter(item -> names.add(item.getLabel())).forEach(items::add);
        }
        LegendTitle legend = new LegendTitle(() -> items);
        legend.setItemFont(Style.TEXT);
        legend.setItemPaint(Style.INK);
        legend.setItemLabelPadding(new RectangleInsets(4, 9, 4, 20));
        return legend;
    }
}
