package dev.regularisation.plot;

import java.awt.Color;
import java.util.List;
import java.util.stream.Collectors;
import org.jfree.chart.ui.Layer;

/**
 * One value by category: bars from zero on a linear axis; on a logarithmic one, which has no zero, dots.
 *
 * @param title      one line
 * @param subtitle   one line: where the data come from, and what an interval is
 * @param values     the axis of the values
 * @param bars       at least one; the first on top
 * @param references vertical lines for orientation
 */
public record BarPicture(String title, String subtitle, Axis values, List<Bar> bars, List<ReferenceLine> references) {

    /**
     * The value of one category.
     *
     * @param name   its label
     * @param colour its colour
     * @param value  its value
     * @param lower  lower end of an interval around it; NaN for none
     * @param upper  upper end of that interval; NaN for none
     */
    public record Bar(String name, Color colour, double value, double lower, double upper) {

        /** A bar without an interval. */
        public static Bar of(String name, Color colour, double value) {
            return new Bar(name, colour, value, Double.NaN, Double.NaN);
        }

        /** This bar with an interval. */
        public Bar within(double from, double to) {
            return new Bar(name, colour, value, from, to);
        }

        private String number() {
            return Numbers.of(value)
                    + (Double.isNaN(lower) ? "" : " [" + Numbers.of(lower) + ", " + Numbers.of(upper) + "]");
        }
    }

    public BarPicture {
        Texts.requireSome("bar", bars);
        bars = List.copyOf(bars);
        references = List.copyOf(references);
    }

    /** Draws it. */
    public Picture picture() {
        Panel panel = Panel.ofRows(
                values, bars.stream().map(Bar::name).toList(), bars.stream().map(Bar::number).toList());
        boolean fromZero = values.scale() == Scale.LINEAR;
        for (int row = 0; row < bars.size(); row++) {
            Bar bar = bars.get(row);
            if (fromZero) {
                panel.bar(bar.colour(), null, 22, row, 0, bar.value());
                // Paper around it, or it would be lost on a dark bar.
                panel.bar(Style.PAPER, null, 7, row, bar.lower(), bar.upper());
            } else {
                panel.point("", bar.colour(), Style.circle(14), row, bar.value());
            }
            panel.bar(fromZero ? Style.INK : bar.colour(), null, 3, row, bar.lower(), bar.upper());
        }
        panel.references(references, Layer.FOREGROUND);
        return new Composition(title, List.of(subtitle), List.of()).draw(altText(), panel.rows());
    }

    private String altText() {
        return title + ". " + values.title() + ": "
                + bars.stream().map(bar -> bar.name() + " " + bar.number()).collect(Collectors.joining("; ")) + "."
                + Texts.references(references);
    }
}
