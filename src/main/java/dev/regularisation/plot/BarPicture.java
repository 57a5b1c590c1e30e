package dev.regularisation.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One value by category: bars from zero on a linear axis; on a logarithmic one, which has no zero, dots.
 *
 * @param title      one line
 * @param subtitle   one line: where the data come from, and what an interval is
 * @param values     the axis of the values
 * @param bars       at least one; the first on top
 * @param references vertical lines for orientation
 */
public record BarPicture(String title, String subtitle, Axis values, List<Bar> bars, List<Reference> references) {

    private static final int AROUND_ROWS = 100;

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
        List<Mark> marks = new ArrayList<>();
        boolean fromZero = values.scale() == Scale.LINEAR;
        for (int row = 0; row < bars.size(); row++) {
            Bar bar = bars.get(row);
            marks.add(fromZero
                    ? new BarMark(bar.colour(), row, bar.value())
                    : new PointsMark("", bar.colour(), Key.Symbol.DOT, 14, 1,
                            new double[] {bar.value()}, new double[] {row}));
            if (fromZero) {
                // Paper around it, or it would be lost on a dark bar.
                marks.add(new SpanMark(Style.PAPER, 7, row, bar.lower(), bar.upper()));
            }
            marks.add(new SpanMark(fromZero ? Style.INK : bar.colour(), 3, row, bar.lower(), bar.upper()));
        }
        references.forEach(reference -> marks.add(new ReferenceMark(reference)));
        Rows rows = new Rows(bars.stream().map(Bar::name).toList(), bars.stream().map(Bar::number).toList());
        return new Page(title, subtitle, List.of(), List.of(Page.Row.of(
                AROUND_ROWS + bars.size() * Rows.HEIGHT, Panel.of("", values, rows, marks)))).draw(altText());
    }

    private String altText() {
        return title + ". " + values.title() + ": "
                + IntStream.range(0, bars.size()).mapToObj(i -> bars.get(i).name() + " " + bars.get(i).number())
                        .collect(Collectors.joining("; ")) + "."
                + references.stream().map(r -> " Reference line: " + r.name() + ".").collect(Collectors.joining());
    }
}
