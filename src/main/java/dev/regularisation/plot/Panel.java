package dev.regularisation.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.DefaultIntervalXYDataset;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XYDataset;

/** A plot to which we add what it shows, the first at the bottom; what its axes cannot show is left out. */
final class Panel extends XYPlot {

    private static final long serialVersionUID = 1;

    private static final int ROW = 50;
    private static final int AROUND_ROWS = 88;
    private static final double SIDE = 500;
    private static final double GAP = 50;
    private static final double RIGHT = 18;
    /** For the labels of a square panel's axes. */
    private static final double ROOM = 66;
    private static final double SYMBOL = 11;
    /** In the legend, which is as wide as the page. */
    private static final double LONGEST_NAME = 1080;

    private final Scale domain;
    private Scale range;
    private int datasets;
    /** What the domain axis and the range axes must show beside the data. */
    private final Range[] reach = new Range[3];

    /** A plot with a horizontal and a vertical axis. */
    Panel(Axis x, Axis y) {
        Fonts.require();
        domain = x.scale();
        setDomainAxis(Axes.of(x, true));
        reach(0, domain.places(x.from(), x.to()));
        range(0, y);
        dress(this, 0, RIGHT);
        setFixedLegendItems(new LegendItemCollection());
        // Without one, a plot has no grid.
        setRenderer(new XYLineAndShapeRenderer());
        setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        setNoDataMessage("No finite value to show");
        setNoDataMessageFont(Style.TEXT);
        setDomainGridlinePaint(Style.GRID);
        setRangeGridlinePaint(Style.GRID);
        setDomainGridlineStroke(Style.HAIRLINE);
        setRangeGridlineStroke(Style.HAIRLINE);
    }

    /** A plot of categories, the first on top, row i at i, with its name on the left and a note on the right. */
    static Panel ofRows(Axis values, List<String> names, List<String> notes) {
        Panel panel = new Panel(Axis.linear("Row"), values);
        panel.setOrientation(PlotOrientation.HORIZONTAL);
        panel.setDomainAxes(new ValueAxis[] {Axes.rows(names), Axes.rows(notes)});
        panel.setRangeAxis(Axes.of(values, true));
        return panel;
    }

    /** A panel of rows, in its height. */
    Composition.Part rows() {
        return new Composition.Part(this, AROUND_ROWS + ROW * (int) getDomainAxis().getRange().getLength());
    }

    /** Panels one above the other, over the horizontal axis of the first. */
    static XYPlot above(Panel... panels) {
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(panels[0].getDomainAxis());
        plot.setGap(GAP / 2);
        List.of(panels).forEach(plot::add);
        return dress(plot, 0, RIGHT);
    }

    /** Square panels side by side, all axes over the same values, on the vertical axis of the first. */
    static Composition.Part square(Panel... panels) {
        List<ValueAxis> axes = Stream.of(panels).flatMap(p -> Stream.of(p.getDomainAxis(), p.getRangeAxis())).toList();
        Range values = axes.stream().map(ValueAxis::getRange).reduce(Range::combine).orElseThrow();
        axes.forEach(axis -> axis.setRange(values));
        axes.forEach(axis -> axis.setFixedDimension(ROOM));
        axes.get(1).setTickLabelInsets(new RectangleInsets(24, 4, 24, 4));
        CombinedRangeXYPlot plot = new CombinedRangeXYPlot(panels[0].getRangeAxis());
        plot.setGap(GAP);
        List.of(panels).forEach(plot::add);
        double beside = Composition.INNER - ROOM - panels.length * (SIDE + GAP) + GAP;
        return new Composition.Part(dress(plot, beside / 2, beside / 2), (int) (SIDE + ROOM) + 24);
    }

    private static XYPlot dress(XYPlot plot, double left, double right) {
        plot.setInsets(new RectangleInsets(14, left, 10, right));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        return plot;
    }

    /** Sets one of the vertical axes, 0 on the left or 1 on the right: what is added from here on is measured on it. */
    Panel range(int index, Axis axis) {
        setRangeAxis(index, Axes.of(axis, false));
        range = axis.scale();
        return reach(1 + index, range.places(axis.from(), axis.to()));
    }

    /** Adds a curve; a point between two breaks becomes a dot. */
    Panel curve(Series curve) {
        double[][] points = {domain.places(curve.x()), range.places(curve.y())};
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer() {
            @Override
            public boolean getItemShapeVisible(int series, int item) {
                return !visible(item - 1) && !visible(item + 1);
            }

            private boolean visible(int i) {
                return i >= 0 && i < points[1].length && !Double.isNaN(points[0][i] + points[1][i]);
            }
        };
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setSeriesStroke(0, curve.line().stroke());
        add(renderer, curve.colour(), Style.circle(5), points);
        // A thin line alone would not show its colour.
        return key(curve.name(), curve.colour(), curve.line() == LineStyle.THIN ? LineStyle.SOLID : curve.line());
    }

    /** Adds the band of a curve that has one, broken where either edge cannot be shown. */
    Panel band(Series curve) {
        double[] x = domain.places(curve.x());
        double[] lower = range.places(curve.lower());
        double[] upper = range.places(curve.upper());
        DefaultIntervalXYDataset pieces = new DefaultIntervalXYDataset();
        for (int from = 0, i = 0; i <= lower.length; i++) {
            if (i == lower.length || Double.isNaN(x[i] + lower[i] + upper[i])) {
                if (from < i) {
                    double[] xs = Arrays.copyOfRange(x, from, i);
                    double[] bottom = Arrays.copyOfRange(lower, from, i);
                    pieces.addSeries(from, new double[][] {xs, xs, xs, bottom, bottom, Arrays.copyOfRange(upper, from, i)});
                }
                from = i + 1;
            }
        }
        DeviationRenderer renderer = new DeviationRenderer(false, false);
        renderer.setAlpha(0.2f);
        renderer.setDefaultFillPaint(curve.colour());
        return add(renderer, pieces);
    }

    /** Adds a point to a row. */
    Panel point(String name, Color colour, Shape shape, double row, double value) {
        return points(name, colour, shape, new double[] {row}, new double[] {value});
    }

    /** Adds points; with a name, they have an entry in the legend. */
    Panel points(String name, Color colour, Shape shape, double[] x, double[] y) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setDrawOutlines(false);
        add(renderer, colour, shape, domain.places(x), range.places(y));
        double scale = SYMBOL / shape.getBounds2D().getHeight();
        return key(new LegendItem(Style.fit(name, LONGEST_NAME), null, null, null,
                AffineTransform.getScaleInstance(scale, scale).createTransformedShape(shape), Style.fade(colour, 1)));
    }

    /** Adds a bar along a row, that many pixels thick; the edge is null for none. */
    Panel bar(Color colour, Color edge, double thickness, int row, double from, double to) {
        XYBarRenderer renderer = new XYBarRenderer();
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setUseYInterval(true);
        renderer.setSeriesPaint(0, colour);
        renderer.setDrawBarOutline(edge != null);
        renderer.setSeriesOutlinePaint(0, edge);
        renderer.setSeriesOutlineStroke(0, Style.HAIRLINE);
        DefaultIntervalXYDataset bar = new DefaultIntervalXYDataset();
        double half = thickness / 2 / ROW;
        double end = range.place(to);
        bar.addSeries("", new double[][] {{row}, {row - half}, {row + half}, {end}, {range.place(from)}, {end}});
        return add(renderer, bar);
    }

    /** Adds many thin curves over the same x that read as one cloud. */
    Panel paths(String name, Color colour, double[] x, double[][] paths) {
        DefaultXYDataset data = new DefaultXYDataset();
        for (int i = 0; i < paths.length; i++) {
            data.addSeries(i, new double[][] {domain.places(x), range.places(paths[i])});
        }
        return add(new PathsRenderer(colour), data).key(name, colour, LineStyle.THIN);
    }

    private Panel add(XYLineAndShapeRenderer renderer, Color colour, Shape shape, double[]... points) {
        renderer.setSeriesPaint(0, colour);
        renderer.setSeriesShape(0, shape);
        DefaultXYDataset data = new DefaultXYDataset();
        data.addSeries("", points);
        return add(renderer, data);
    }

    private Panel add(AbstractXYItemRenderer renderer, XYDataset data) {
        reach[0] = Range.combine(reach[0], DatasetUtils.findDomainBounds(data));
        if (DatasetUtils.findRangeBounds(data) != null) {
            renderer.setDataBoundsIncludesVisibleSeriesOnly(false);
            setRenderer(datasets, renderer);
            mapDatasetToRangeAxis(datasets, getRangeAxisCount() - 1);
            setDataset(datasets++, data);
        }
        return this;
    }

    /** Adds lines for orientation, behind the data or before them. */
    Panel references(List<ReferenceLine> lines, Layer layer) {
        for (ReferenceLine line : lines) {
            key(line.name(), line.colour(), LineStyle.DASHED);
            boolean across = line.direction() == ReferenceLine.Direction.HORIZONTAL;
            boolean onDomain = across == getOrientation().equals(PlotOrientation.HORIZONTAL);
            double place = (onDomain ? domain : range).place(line.value());
            ValueMarker marker = new ValueMarker(place, line.colour(), LineStyle.DASHED.stroke());
            marker.setAlpha(1);
            if (line.direction() == ReferenceLine.Direction.IDENTITY) {
                if (datasets > 0) {
                    getRenderer().addAnnotation(identity(line), layer);
                }
            } else if (onDomain) {
                reach(0, place).addDomainMarker(marker, layer);
            } else {
                reach(1, place).addRangeMarker(marker, layer);
            }
        }
        return this;
    }

    /** As long as the axes turn out to be. */
    private static AbstractXYAnnotation identity(ReferenceLine line) {
        return new AbstractXYAnnotation() {
            @Override
            public void draw(Graphics2D g, XYPlot plot, Rectangle2D area, ValueAxis x, ValueAxis y, int renderer,
                    PlotRenderingInfo info) {
                double from = Math.max(x.getLowerBound(), y.getLowerBound());
                double to = Math.min(x.getUpperBound(), y.getUpperBound());
                new XYLineAnnotation(from, from, to, to, LineStyle.DASHED.stroke(), line.colour())
                        .draw(g, plot, area, x, y, renderer, info);
            }
        };
    }

    private Panel key(String name, Color colour, LineStyle style) {
        return key(new LegendItem(Style.fit(name, LONGEST_NAME), null, null, null,
                new Line2D.Double(-17, 0, 17, 0), style.stroke(), colour));
    }

    /** Adds an entry to the legend where it has a name. */
    Panel key(LegendItem item) {
        if (!item.getLabel().isEmpty()) {
            getFixedLegendItems().add(item);
        }
        return this;
    }

    private Panel reach(int axis, double... places) {
        Arrays.stream(places).filter(place -> !Double.isNaN(place))
                .forEach(place -> reach[axis] = Range.expandToInclude(reach[axis], place));
        configureDomainAxes();
        configureRangeAxes();
        return this;
    }

    /** What an axis must show; equal values, or nearly so, in the middle of a longer range. */
    @Override
    @SuppressWarnings("ReferenceEquality") // Axes that are equal need not be the same.
    public Range getDataRange(ValueAxis axis) {
        // Where panels share an axis, theirs is that of the combined plot.
        int index = axis == getDomainAxis() ? 0 : 1 + getRangeAxisIndex(axis);
        Range data = Range.combine(super.getDataRange(axis), reach[index]);
        double size = data == null ? 0 : Math.max(Math.abs(data.getLowerBound()), Math.abs(data.getUpperBound()));
        if (data == null || data.getLength() > 1e-6 * size) {
            return data;
        }
        return size < 1e-90 ? new Range(0, 1) : new Range(data.getLowerBound() - size / 20, data.getUpperBound() + size / 20);
    }
}
