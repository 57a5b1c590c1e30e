package dev.regularisation.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.TickUnits;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/** JFreeChart's axes in our style. Its logarithmic one labels powers of ten alone; ours has labels in a short range too. */
final class Axes {

    private static final int LABEL = 60;
    private static final int LONGEST_NAME = 320;
    private static final int FEWEST_LABELS = 3;
    private static final int MOST_DECADES_WITH_DIGITS = 5;
    /** Either end of an axis is left free over this share of its length. */
    private static final double MARGIN = 0.04;

    private Axes() {
    }

    /** The axis, as long as its plot's data; {@code across} is for a horizontal one, whose labels need more room. */
    static ValueAxis of(Axis spec, boolean across) {
        ValueAxis axis = spec.scale() == Scale.LINEAR ? linear() : new Logarithmic(spec.scale());
        axis.setLabel(spec.title());
        axis.setTickLabelInsets(across ? new RectangleInsets(2, 22, 4, 22) : new RectangleInsets(16, 4, 16, 4));
        axis.setLowerMargin(MARGIN);
        axis.setUpperMargin(MARGIN);
        axis.setAutoRangeMinimumSize(Double.MIN_NORMAL);
        return dress(axis);
    }

    /** The axis of rows: their names, the first on top, and no scale. */
    static ValueAxis rows(List<String> names) {
        SymbolAxis axis = new SymbolAxis(
                null, names.stream().map(name -> Style.fit(name, LONGEST_NAME)).toArray(String[]::new));
        axis.setInverted(true);
        axis.setRange(-0.5, names.size() - 0.5);
        axis.setGridBandsVisible(false);
        axis.setTickMarksVisible(false);
        axis.setTickLabelInsets(new RectangleInsets(2, 12, 2, 12));
        axis.setAxisLineVisible(false);
        return dress(axis);
    }

    private static ValueAxis dress(ValueAxis axis) {
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

    /** With ticks at 1, 2 and 5 times powers of ten; the library's own write numbers in the machine's language. */
    private static NumberAxis linear() {
        NumberAxis axis = new NumberAxis();
        axis.setAutoRangeIncludesZero(false);
        axis.setAutoRangeStickyZero(false);
        TickUnits units = new TickUnits();
        for (int exponent = -100; exponent <= 100; exponent++) {
            for (int digit : new int[] {1, 2, 5}) {
                units.add(new NumberTickUnit(digit * Math.pow(10, exponent)) {
                    @Override
                    public String valueToString(double value) {
                        return Numbers.tick(value, getSize());
                    }
                });
            }
        }
        axis.setStandardTickUnits(units);
        return axis;
    }

    private static final class Logarithmic extends LogAxis {

        private static final long serialVersionUID = 1;

        private final Scale scale;

        Logarithmic(Scale scale) {
            this.scale = scale;
        }

        @Override
        public List<?> refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
            boolean across = RectangleEdge.isTopOrBottom(edge);
            TextAnchor anchor = across ? TextAnchor.TOP_CENTER
                    : edge.equals(RectangleEdge.LEFT) ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT;
            double length = across ? area.getWidth() : area.getHeight();
            List<NumberTick> ticks = ticks(Math.max(2, (int) (length / LABEL)), anchor);
            if (scale == Scale.EPOCH
                    || ticks.stream().filter(tick -> tick.getTickType().equals(TickType.MAJOR)).count() >= FEWEST_LABELS) {
                return ticks;
            }
            ValueAxis linear = of(Axis.linear(getLabel()), across);
            linear.setRange(getRange());
            // Here the upper ones stand closer than on a linear axis.
            linear.setTickLabelInsets(new RectangleInsets(16, 32, 16, 32));
            return linear.refreshTicks(g, state, area, edge);
        }

        /** Powers of ten, with labels at {@code most} of them; digits where the powers are few; epoch 0. */
        private List<NumberTick> ticks(int most, TextAnchor anchor) {
            List<NumberTick> ticks = new ArrayList<>();
            boolean epochs = scale == Scale.EPOCH;
            if (epochs && getRange().contains(scale.place(0))) {
                ticks.add(new NumberTick(TickType.MAJOR, scale.place(0), "0", anchor, TextAnchor.CENTER, 0));
            }
            double lower = epochs ? Math.max(1, getLowerBound()) : getLowerBound();
            int last = (int) Math.floor(Math.log10(getUpperBound()));
            int powers = last - (int) Math.ceil(Math.log10(lower)) + 1;
            boolean digits = powers <= MOST_DECADES_WITH_DIGITS;
            for (int exponent = (int) Math.floor(Math.log10(lower)); exponent <= last; exponent++) {
                for (int digit = 1; digit <= (digits ? 9 : 1); digit++) {
                    double value = digit * Math.pow(10, exponent);
                    boolean labelled = digits ? digit == 1 || powers < FEWEST_LABELS && (digit == 2 || digit == 5)
                            : exponent % ((powers - 1) / most + 1) == 0;
                    String label = digits ? Numbers.tick(value, value) : Numbers.powerOfTen(exponent);
                    if (value >= lower && value <= getUpperBound()) {
                        ticks.add(new NumberTick(labelled ? TickType.MAJOR : TickType.MINOR, value, labelled ? label : "",
                                anchor, TextAnchor.CENTER, 0));
                    }
                }
            }
            return ticks;
        }
    }
}
