package dev.regularisation.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
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

    /** Room for a label on a horizontal axis; also on both axes of a square panel, so that they have the same ticks. */
    static final int LABEL_ACROSS = 85;
    /** Room for a label on a vertical axis. */
    static final int LABEL_UP = 48;

    private Axes() {
    }

    /** The axis, over a range, with at least {@code labelRoom} pixels for each label. */
    static ValueAxis of(Axis spec, Range range, int labelRoom) {
        Scale scale = spec.scale();
        ValueAxis axis = scale == Scale.LINEAR ? new Linear(null, labelRoom) : new Logarithmic(scale, labelRoom);
        axis.setLabel(spec.title());
        return dress(axis, range);
    }

    /** The axis of rows: their names, the first on top, and no scale. */
    static ValueAxis of(List<String> rows) {
        ValueAxis axis = dress(new Linear(rows.toArray(String[]::new), 1),
                new Range(-0.5, rows.size() - 0.5));
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
        axis.setMinorTickMarksVisible(true);
        return axis;
    }

    private static List<NumberTick> ticks(
            RectangleEdge edge, Rectangle2D area, int labelRoom, IntFunction<List<Ticks.Tick>> ticks) {
        boolean across = RectangleEdge.isTopOrBottom(edge);
        int most = (int) (across ? area.getWidth() : area.getHeight()) / labelRoom;
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
        private final int labelRoom;

        Logarithmic(Scale scale, int labelRoom) {
            this.scale = scale;
            this.labelRoom = labelRoom;
        }

        @Override
        public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
            return ticks(edge, area, labelRoom, most -> Ticks.of(scale, getLowerBound(), getUpperBound(), most));
        }
    }

    private static final class Linear extends NumberAxis {

        private static final long serialVersionUID = 1;

        private final String[] names;
        private final int labelRoom;

        Linear(String[] names, int labelRoom) {
            this.names = names;
            this.labelRoom = labelRoom;
        }

        @Override
        public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
            return ticks(edge, area, labelRoom, most -> names == null
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
