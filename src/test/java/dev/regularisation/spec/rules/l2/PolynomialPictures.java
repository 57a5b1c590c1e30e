package dev.regularisation.spec.rules.l2;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.theory.Polynomials.Basis;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Polynomials of several degrees on a data set, and their errors over many. */
final class PolynomialPictures {

    private PolynomialPictures() {
    }

    static Picture curves() {
        PolynomialData data = PolynomialData.draw(1);
        List<Series> curves = new ArrayList<>();
        shown("sin 3x, the truth", Palette.GREY, PolynomialData::truth)
                .forEach(piece -> curves.add(piece.drawn(LineStyle.DOTTED)));
        curves.addAll(shown("Degree 1", Palette.SKY_BLUE, data.fit(1)::value));
        curves.addAll(shown("Degree 3", Palette.GREEN, data.fit(3)::value));
        curves.addAll(shown("Degree 13", Palette.VERMILION, data.fit(PolynomialData.HIGHEST)::value));
        curves.addAll(shown("Degree 13 with L2, λ = 0.001", Palette.BLUE, data.ridge(Basis.POWERS, PolynomialData.LAMBDA)::value));
        return new SeriesPicture("A hard limit on the degree, and a soft one on the coefficients",
                "First of 200 data sets; curves are drawn where they lie within ±2.2", Axis.linear("x"), Axis.linear("y"),
                List.of(Series.of("Samples", Palette.BLACK, PolynomialData.X, data.y())), curves, List.of(), false).picture();
    }

    /** The pieces between −1.15 and 1.15 of a function that lie within ±2.2. */
    private static List<Series> shown(String name, Color colour, DoubleUnaryOperator function) {
        List<Series> pieces = new ArrayList<>();
        List<Double> piece = new ArrayList<>();
        for (double x : PolynomialData.grid(-1.15, 1.15, 2301)) {
            if (Math.abs(function.applyAsDouble(x)) <= 2.2) {
                piece.add(x);
            } else if (!piece.isEmpty()) {
                pieces.add(curve(name, colour, function, piece));
                piece.clear();
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(curve(name, colour, function, piece));
        }
        return pieces;
    }

    private static Series curve(String name, Color colour, DoubleUnaryOperator function, List<Double> where) {
        double[] x = where.stream().mapToDouble(t -> t).toArray();
        return Series.of(name, colour, x, Arrays.stream(x).map(function).toArray());
    }

    /** Median errors by degree, training and just outside. */
    static Map<String, double[]> byDegree() {
        return Map.of("training_error", medians(PolynomialData::trainingErrors), "error_outside",
                medians(data -> IntStream.rangeClosed(0, PolynomialData.HIGHEST)
                        .mapToDouble(k -> PolynomialData.errorOutside(data.fit(k))).toArray()));
    }

    static Picture errors(Map<String, double[]> byDegree, double tamed) {
        double[] degrees = IntStream.rangeClosed(0, PolynomialData.HIGHEST).asDoubleStream().toArray();
        // Without the last, whose training error is rounding noise and would stretch the axis.
        double[] training = Arrays.copyOf(byDegree.get("training_error"), PolynomialData.HIGHEST);
        return SeriesPicture.ofCurves("Higher degrees: less training error, more error outside",
                "Medians over 200 data sets; no penalty but for the reference line", Axis.linear("Degree"),
                Axis.log("Mean squared error").covering(1e-4, 1e5), List.of(
                        Series.of("Training error", Palette.TRAINING, Arrays.copyOf(degrees, training.length), training),
                        Series.of("Error at ±1.1", Palette.VALIDATION, degrees, byDegree.get("error_outside"))),
                List.of(ReferenceLine.horizontal("Error at ±1.1 of degree 13 with L2", tamed))).picture();
    }

    private static double[] medians(Function<PolynomialData, double[]> byDegree) {
        List<double[]> all = IntStream.rangeClosed(1, PolynomialData.SETS)
                .mapToObj(seed -> byDegree.apply(PolynomialData.draw(seed))).toList();
        return IntStream.rangeClosed(0, PolynomialData.HIGHEST)
                .mapToDouble(k -> PolynomialData.median(all.stream().mapToDouble(e -> e[k]).toArray())).toArray();
    }
}
