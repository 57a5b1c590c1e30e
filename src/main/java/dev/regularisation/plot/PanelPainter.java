package dev.regularisation.plot;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** Draws one panel into its part of the page. */
final class PanelPainter {

    private static final int TITLE_HEIGHT = 32;
    private static final int FLAG_HEIGHT = 24;
    private static final int BELOW = 62;
    private static final int ABOVE = 10;
    private static final int BESIDE_AN_AXIS = 84;
    private static final int BESIDE_NOTHING = 22;
    private static final int GAP = 14;
    private static final int MOST_FOR_NAMES = 320;

    private final Graphics2D g;
    private final Panel panel;
    private final Rectangle2D cell;
    private boolean empty;

    private PanelPainter(Graphics2D g, Panel panel, Rectangle2D cell) {
        this.g = g;
        this.panel = panel;
        this.cell = cell;
    }

    /** Draws the panel and returns the inside of its axes. */
    static Rectangle2D paint(Graphics2D g, Panel panel, Rectangle2D cell) {
        return new PanelPainter(g, panel, cell).paint();
    }

    private Rectangle2D paint() {
        Rectangle2D area = area();
        XYPlot plot = plot(area);
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        chart.setBackgroundPaint(null);
        chart.draw(g, new Rectangle2D.Double(cell.getX(), area.getMinY() - ABOVE, cell.getWidth(),
                ABOVE + area.getHeight() + BELOW), new ChartRenderingInfo());
        Style.prepare(g);
        g.setColor(Style.INK);
        g.setFont(Style.PANEL_TITLE);
        g.drawString(Style.fit(g, panel.title(), cell.getMaxX() - area.getMinX()),
                (float) area.getMinX(), (float) cell.getMinY() + 20);
        g.setFont(Style.TEXT);
        if (panel.flag() != null) {
            drawFlag(plot.getDomainAxis(), area);
        }
        if (panel.rows() != null) {
            drawNotes(plot.getRangeAxis(), area);
        }
        if (empty) {
            String text = "No finite value to show";
            g.drawString(text, (float) (area.getCenterX() - g.getFontMetrics().stringWidth(text) / 2.0),
                    (float) (area.getMinY() + area.getHeight() / 4));
        }
        return area;
    }

    /** The inside of the axes; the space around them is fixed, so that panels in a row line up. */
    private Rectangle2D area() {
        double left = BESIDE_AN_AXIS;
        double right = panel.twin() == null ? BESIDE_NOTHING : BESIDE_AN_AXIS;
        if (panel.rows() != null) {
            FontMetrics metrics = g.getFontMetrics(Style.TEXT);
            left = Math.min(widest(metrics, panel.rows().names()), MOST_FOR_NAMES) + GAP;
            right = Math.max(BESIDE_NOTHING, widest(metrics, panel.rows().notes()) + GAP);
        }
        double above = (panel.title().isEmpty() ? ABOVE : TITLE_HEIGHT) + (panel.flag() == null ? 0 : FLAG_HEIGHT);
        double width = cell.getWidth() - left - right;
        double height = cell.getHeight() - above - BELOW;
        if (panel.square()) {
            double side = Math.min(width, height);
            left += (width - side) / 2;
            width = side;
            height = side;
        }
        return new Rectangle2D.Double(Math.rint(cell.getX() + left), Math.rint(cell.getY() + above),
                Math.rint(width), Math.rint(height));
    }

    private static int widest(FontMetrics metrics, List<String> texts) {
        return texts.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    }

    private XYPlot plot(Rectangle2D area) {
        Extent x = new Extent(panel.x());
        Extent y = new Extent(panel.y());
        panel.marks().forEach(mark -> mark.extend(x, y));
        empty = panel.rows() == null ? y.isEmpty() : x.isEmpty();
        Range xRange = x.range();
        Range yRange = y.range();
        if (panel.square()) {
            xRange = Range.combine(xRange, yRange);
            yRange = xRange;
        }
        XYPlot plot = new XYPlot(null, null, null, new XYLineAndShapeRenderer());
        int up = panel.square() ? Axes.LABEL_ACROSS : Axes.LABEL_UP;
        plot.setDomainAxis(Axes.of(panel.x(), xRange, Axes.LABEL_ACROSS));
        plot.setRangeAxis(panel.rows() == null ? Axes.of(panel.y(), yRange, up) : Axes.of(names()));
        plot.addAnnotation(new Marks(panel.marks(), panel.x().scale(), panel.y().scale(), 0));
        if (panel.twin() != null) {
            Extent twin = new Extent(panel.twin().axis());
            panel.twin().marks().forEach(mark -> mark.extend(new Extent(panel.x()), twin));
            plot.setRangeAxis(1, Axes.of(panel.twin().axis(), twin.range(), up));
            plot.addAnnotation(new Marks(panel.twin().marks(), panel.x().scale(), panel.twin().axis().scale(), 1));
        }
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setBackgroundPaint(Style.PAPER);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Style.GRID);
        plot.setRangeGridlinePaint(Style.GRID);
        plot.setDomainGridlineStroke(Style.HAIRLINE);
        plot.setRangeGridlineStroke(Style.HAIRLINE);
        AxisSpace below = new AxisSpace();
        below.setBottom(BELOW);
        below.setTop(ABOVE);
        plot.setFixedDomainAxisSpace(below);
        AxisSpace beside = new AxisSpace();
        beside.setLeft(area.getMinX() - cell.getMinX());
        beside.setRight(cell.getMaxX() - area.getMaxX());
        plot.setFixedRangeAxisSpace(beside);
        return plot;
    }

    private List<String> names() {
        g.setFont(Style.TEXT);
        return panel.rows().names().stream().map(name -> Style.fit(g, name, MOST_FOR_NAMES)).toList();
    }

    private void drawFlag(ValueAxis axis, Rectangle2D area) {
        double x = axis.valueToJava2D(panel.x().scale().place(panel.flag().x()), area, RectangleEdge.BOTTOM);
        double width = g.getFontMetrics().stringWidth(panel.flag().text());
        double left = Double.isNaN(x)
                ? area.getMinX() : Math.max(area.getMinX(), Math.min(x - width / 2, area.getMaxX() - width));
        g.drawString(panel.flag().text(), (float) left, (float) area.getMinY() - 7);
    }

    private void drawNotes(ValueAxis axis, Rectangle2D area) {
        FontMetrics metrics = g.getFontMetrics();
        for (int i = 0; i < panel.rows().notes().size(); i++) {
            double y = axis.valueToJava2D(i, area, RectangleEdge.LEFT);
            g.drawString(panel.rows().notes().get(i), (float) area.getMaxX() + GAP,
                    (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
        }
    }

    /** Marks as JFreeChart draws them: clipped to the axes, on one of the vertical axes. */
    private static final class Marks extends AbstractXYAnnotation {

        private static final long serialVersionUID = 1;

        private final transient List<Mark> marks;
        private final Scale xScale;
        private final Scale yScale;
        private final int yAxis;

        Marks(List<Mark> marks, Scale xScale, Scale yScale, int yAxis) {
            this.marks = marks;
            this.xScale = xScale;
            this.yScale = yScale;
            this.yAxis = yAxis;
        }

        @Override
        public void draw(Graphics2D g, XYPlot plot, Rectangle2D area, ValueAxis domain, ValueAxis range,
                int renderer, PlotRenderingInfo info) {
            Style.prepare(g);
            Frame frame = new Frame(area, domain, xScale, plot.getRangeAxis(yAxis), yScale);
            marks.forEach(mark -> mark.draw(g, frame));
        }
    }
}
