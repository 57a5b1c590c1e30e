package dev.regularisation.plot;

import java.awt.Color;

/**
 * A line for orientation, named in the legend.
 *
 * @param name      what it stands for
 * @param colour    its colour
 * @param direction which way it runs
 * @param value     where it stands; 0 for the identity
 */
public record ReferenceLine(String name, Color colour, Direction direction, double value) {

    /** Which way a line runs. */
    public enum Direction {
        /** At one x. */
        VERTICAL,
        /** At one y. */
        HORIZONTAL,
        /** Where y = x. */
        IDENTITY
    }

    public ReferenceLine {
        if (name.isBlank()) {
            throw new IllegalArgumentException("reference line: wanted a name for the legend, got none");
        }
    }

    /** A vertical line in grey. */
    public static ReferenceLine vertical(String name, double x) {
        return new ReferenceLine(name, Palette.GREY, Direction.VERTICAL, x);
    }

    /** A horizontal line in grey. */
    public static ReferenceLine horizontal(String name, double y) {
        return new ReferenceLine(name, Palette.GREY, Direction.HORIZONTAL, y);
    }

    /** The line y = x in grey. */
    public static ReferenceLine identity(String name) {
        return new ReferenceLine(name, Palette.GREY, Direction.IDENTITY, 0);
    }

    /** This line in another colour. */
    public ReferenceLine in(Color other) {
        return new ReferenceLine(name, other, direction, value);
    }
}
