package dev.regularisation.plot;

import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Named points: a curve through them, with or without a band around it, or a cloud. Those that an axis cannot show break
 * a curve.
 *
 * @param name   its label
 * @param colour its colour
 * @param line   how a curve is drawn
 * @param x      where its points are, n, copied
 * @param y      their values, n, copied
 * @param lower  lower edge of the band, n or empty, copied
 * @param upper  upper edge of the band, as long as {@code lower}, copied
 */
public record Series(
        String name, Color colour, LineStyle line, double[] x, double[] y, double[] lower, double[] upper) {

    private static final double[] NONE = {};

    public Series {
        if (x.length != y.length) {
            throw new IllegalArgumentException("series \"" + name + "\": wanted as many y as x, got " + x.length + " x and "
                    + y.length + " y");
        }
        if (lower.length != upper.length || lower.length != 0 && lower.length != x.length) {
            throw new IllegalArgumentException("series \"" + name + "\": wanted a band of " + x.length
                    + " or no values, got " + lower.length + " lower and " + upper.length + " upper");
        }
        x = x.clone();
        y = y.clone();
        lower = lower.clone();
        upper = upper.clone();
    }

    /** Points, or a solid curve. */
    public static Series of(String name, Color colour, double[] x, double[] y) {
        return new Series(name, colour, LineStyle.SOLID, x, y, NONE, NONE);
    }

    /** A solid curve over 0, 1, 2, …: values by epoch. */
    public static Series byEpoch(String name, Color colour, double[] y) {
        return of(name, colour, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
    }

    /** This curve with a band around it. */
    public Series withBand(double[] lowerEdge, double[] upperEdge) {
        return new Series(name, colour, line, x, y, lowerEdge, upperEdge);
    }

    /** This curve drawn another way. */
    public Series drawn(LineStyle other) {
        return new Series(name, colour, other, x, y, lower, upper);
    }

    /** Such as {@code "L1: 5.1 at 0, 0.3 at 2,000, least 0.28 at 812"}. */
    String inWords() {
        List<Integer> finite = IntStream.range(0, x.length).filter(i -> Double.isFinite(x[i] + y[i])).boxed().toList();
        if (finite.isEmpty()) {
            return name + ": no finite value";
        }
        Comparator<Integer> byValue = Comparator.comparingDouble(i -> y[i]);
        return name + ": " + point(finite.get(0)) + ", " + point(finite.get(finite.size() - 1))
                + ", least " + point(finite.stream().min(byValue).orElseThrow())
                + ", greatest " + point(finite.stream().max(byValue.thenComparing(Comparator.reverseOrder())).orElseThrow());
    }

    private String point(int i) {
        return Numbers.of(y[i]) + " at " + Numbers.setting(x[i]);
    }
}
