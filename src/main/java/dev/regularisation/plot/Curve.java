package dev.regularisation.plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A named curve, with or without a band around it. Points that an axis cannot show break it.
 *
 * @param name   its label
 * @param colour its colour
 * @param line   how it is drawn
 * @param x      where its points are, n, copied
 * @param y      their values, n, copied
 * @param lower  lower edge of the band, n or empty, copied
 * @param upper  upper edge of the band, as long as {@code lower}, copied
 */
public record Curve(String name, Color colour, Line line, double[] x, double[] y, double[] lower, double[] upper) {

    private static final double[] NONE = {};

    public Curve {
        Texts.requireSameLength("curve \"" + name + "\"", x, y);
        if (lower.length != upper.length || lower.length != 0 && lower.length != x.length) {
            throw new IllegalArgumentException("curve \"" + name + "\": wanted a band of " + x.length
                    + " or no values, got " + lower.length + " lower and " + upper.length + " upper");
        }
        x = x.clone();
        y = y.clone();
        lower = lower.clone();
        upper = upper.clone();
    }

    /** A solid curve. */
    public static Curve of(String name, Color colour, double[] x, double[] y) {
        return new Curve(name, colour, Line.SOLID, x, y, NONE, NONE);
    }

    /** A solid curve over 0, 1, 2, …: values by epoch. */
    public static Curve byEpoch(String name, Color colour, double[] y) {
        return of(name, colour, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
    }

    /** This curve with a band around it. */
    public Curve withBand(double[] lowerEdge, double[] upperEdge) {
        return new Curve(name, colour, line, x, y, lowerEdge, upperEdge);
    }

    /** This curve drawn another way. */
    public Curve drawn(Line other) {
        return new Curve(name, colour, other, x, y, lower, upper);
    }

    /** Such as {@code "L1: 5.1 at 0, 0.3 at 2,000, least 0.28 at 812"}. */
    String inWords() {
        int[] finite = IntStream.range(0, x.length).filter(i -> Double.isFinite(x[i] + y[i])).toArray();
        if (finite.length == 0) {
            return name + ": no finite value";
        }
        int least = Arrays.stream(finite).reduce(finite[0], (a, b) -> y[b] < y[a] ? b : a);
        int greatest = Arrays.stream(finite).reduce(finite[0], (a, b) -> y[b] > y[a] ? b : a);
        return name + ": " + point(finite[0]) + ", " + point(finite[finite.length - 1]) + ", least " + point(least)
                + ", greatest " + point(greatest);
    }

    private String point(int i) {
        return Numbers.of(y[i]) + " at " + Numbers.setting(x[i]);
    }
}
