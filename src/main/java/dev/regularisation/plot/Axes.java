package dev.regularisation.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/** JFreeChart's axes with our ticks. */
final class Axes {

    private static final int PIXELS_PER_LABEL_ACROSS = 90;
    private static final int PIXELS_PER_LABEL_UP = 48;

    private Axes() {
    }

    static ValueAxis of(Axis spec, Range range) {
        Scale scale = spec.scale();
        ValueAxis axis = scale == Scale.LINEAR ? new Linear(null) : new Logarithmic(scale);
        axis.setLabel(spec.title());
        return dress(axis, range);
    }

    /** The axis of rows: their names, the first on top, and no scale. */
    static ValueAxis of(Rows rows) {
        ValueAxis axis = dress(new Linear(rows.names().toArray(String[]::new)),
                new Range(-0.5, rows.names().size() - 0.5));
        axis.setInverted(true);
        axis.setTickMarksVisible(false);
        axis.setTickLabelFont(Style.TEXT);
        return axis;
    }

    private static ValueAxis dress(ValueAxis axis, Range range) {
        axis.setRange(range);
        axis.setLabelFont(Style.TEXT);
        axis.setLabelPaint(Style.INK);
        axis.setTickLabelFont(Style.TICKS);
        axis.setTickLabelPaint(Style.FAINT_INK);
        axis.setAxisLinePaint(Style.AXIS);
        axis.setTickMarkPaint(Style.AXIS);
        axis.setTickMarkOutsideLength(5);
        axis.setMinorTickMarkOutsideLength(3);
        return axis;
    }

    private static List<NumberTick> ticks(
            RectangleEdge edge, Rectangle2D area, Function<Integer, List<Ticks.Tick>> ticks) {
        boolean across = RectangleEdge.isTopOrBottom(edge);
        int most = (int) (across ? area.getWidth() / PIXELS_PER_LABEL_ACROSS : area.getHeight() / PIXELS_PER_LABEL_UP);
        TextAnchor anchor = across ? TextAnchor.TOP_CENTER
                : edge == RectangleEdge.LEFT ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT;
        List<NumberTick> result = new ArrayList<>();
        for (Ticks.Tick tick : ticks.apply(Math.max(most, 2))) {
            TickType type = tick.label().isEmpty() ? TickType.MINOR : TickType.MAJOR;
            result.add(new NumberTick(type, tick.place(), tick.label(), anchor, TextAnchor.CENTER, 0));
        }
        return result;
    }

    private static final class Logarithmic extends LogAxis {

        private static final long serialVersionUID = 1;

        private final Scale scale;

        Logarithmic(Scale scale) {
            this.scale = scale;
        }

        @Override
        public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
            return ticks(edge, area, most -> Ticks.of(scale, getLowerBound(), getUpperBound(), most));
        }
    }

    private static final class Linear extends NumberAxis {

        private static final long serialVersionUID = 1;

        private final String[] names;

        Linear(String[] names) {
            this.names = names;
        }

        @Override
        public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
            return ticks(edge, area, most -> names == null
                    ? Ticks.of(Scale.LINEAR, getLowerBound(), getUpperBound(), most)
                    : rows());
        }

        private List<Ticks.Tick> rows() {
            List<Ticks.Tick> ticks = new ArrayList<>();
            for (int i = 0; i < names.length; i++) {
                ticks.add(new Ticks.Tick(i, names[i]));
            }
            return ticks;
        }
    }
}
