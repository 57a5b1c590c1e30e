package dev.regularisation.sensitivity;

import dev.regularisation.post.PublishedFigures.Figure;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * How well a printed figure is reproduced.
 *
 * @param figure the printed figure
 * @param ours   our value, of the unperturbed run
 * @param from   the least value of all runs of the band
 * @param to     the greatest
 * @param runs   number of runs, ours among them
 * @param mark   the verdict
 */
public record Grade(Figure figure, double ours, double from, double to, int runs, Mark mark) {

    /** The verdict on a figure. */
    public enum Mark {
        /** Our value, rounded as the figure was, has the same digits. */
        REPRODUCED,
        /** It has not, but the printed figure lies between the ends of the band, rounded alike. */
        INSIDE,
        /** Neither. */
        OUTSIDE
    }

    /**
     * Grades a figure.
     *
     * @param values the quantity in each run of the band, ours first; read only
     * @throws IllegalArgumentException when there are none, or one is not finite
     */
    static Grade of(Figure figure, double[] values) {
        if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("grade of " + figure.quantity().title() + ": wanted finite values, got "
                    + Arrays.toString(values));
        }
        double from = Arrays.stream(values).min().getAsDouble();
        double to = Arrays.stream(values).max().getAsDouble();
        BigDecimal printed = new BigDecimal(figure.printed());
        boolean inside = new BigDecimal(figure.round(from)).compareTo(printed) <= 0
                && printed.compareTo(new BigDecimal(figure.round(to))) <= 0;
        Mark mark = figure.agrees(values[0]) ? Mark.REPRODUCED : inside ? Mark.INSIDE : Mark.OUTSIDE;
        return new Grade(figure, values[0], from, to, values.length, mark);
    }

    /** The grade in words, such as {@code inside the band [0.2790, 0.3410] of 12 runs}. */
    public String inWords() {
        String band = "the band [" + figure.round(from) + ", " + figure.round(to) + "] of " + runs + " runs";
        return switch (mark) {
            case REPRODUCED -> "reproduced to the last printed digit";
            case INSIDE -> "inside " + band;
            case OUTSIDE -> "outside " + band;
        };
    }
}
