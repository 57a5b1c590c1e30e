package dev.regularisation.spec.rules;

import dev.regularisation.post.PublishedFigures.Figure;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * How well a printed figure is reproduced.
 *
 * @param figure  the printed figure
 * @param ours    our value, of the run itself
 * @param band    of our run and its neighbours
 * @param witness of PyTorch under other arithmetics
 * @param mark    the verdict
 */
public record Grade(Figure figure, double ours, Range band, Range witness, Mark mark) {

    /** The verdict on a figure. */
    public enum Mark {
        /** Our value, rounded as the figure was, has the same digits. */
        REPRODUCED,
        /** It has not, but the printed figure lies between the ends of our band, rounded alike. */
        INSIDE,
        /** It does not, but between the ends of PyTorch's own. */
        WITNESSED,
        /** Neither. */
        OUTSIDE
    }

    /**
     * The least and the greatest value of some runs.
     *
     * @param runs how many
     */
    public record Range(double from, double to, int runs) {

        /**
         * The range of values.
         *
         * @throws IllegalArgumentException when there are none, or one is not finite
         */
        static Range of(double... values) {
            if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("range: wanted finite values, got " + Arrays.toString(values));
            }
            return new Range(Arrays.stream(values).min().getAsDouble(), Arrays.stream(values).max().getAsDouble(), values.length);
        }

        boolean holds(Figure figure) {
            BigDecimal printed = new BigDecimal(figure.printed());
            return new BigDecimal(figure.round(from)).compareTo(printed) <= 0
                    && printed.compareTo(new BigDecimal(figure.round(to))) <= 0;
        }

        /** With a figure's digits. */
        public String inWords(Figure figure) {
            return "[" + figure.round(from) + ", " + figure.round(to) + "]";
        }
    }

    /**
     * Grades a figure.
     *
     * @param values  the quantity in our run, first, and its neighbours; read only
     * @param witness the same of PyTorch under each arithmetic; read only
     */
    static Grade of(Figure figure, double[] values, double[] witness) {
        Range band = Range.of(values);
        Range theirs = Range.of(witness);
        Mark mark = figure.agrees(values[0]) ? Mark.REPRODUCED : band.holds(figure) ? Mark.INSIDE
                : theirs.holds(figure) ? Mark.WITNESSED : Mark.OUTSIDE;
        return new Grade(figure, values[0], band, theirs, mark);
    }

    /** The grade in words, such as {@code inside the band of our 101 runs}. */
    public String inWords() {
        return switch (mark) {
            case REPRODUCED -> "reproduced to the last printed digit";
            case INSIDE -> "inside the band of our " + band.runs + " runs";
            case WITNESSED -> "outside our band, inside that of PyTorch's " + witness.runs + " arithmetics";
            case OUTSIDE -> "outside both bands";
        };
    }
}
