package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.Polynomials.Basis;
import dev.regularisation.theory.Polynomials.Polynomial;
import dev.regularisation.theory.Polynomials;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L2PolynomialsTest {

    private static final int POINTS = 14;
    private static final int HIGHEST = POINTS - 1;
    private static final int DATA_SETS = 200;
    private static final double LAMBDA = 0.001;
    private static final double[] X = grid(-1, 1, POINTS);
    /** A twentieth of the interval's length beyond its ends. */
    private static final double[] OUTSIDE = {-1.1, 1.1};

    /** Fourteen noisy samples of sin 3x on [−1, 1]; the noise's standard deviation is 0.2. */
    private record Data(double[] y) {

        static Data draw(long seed) {
            Random random = new Random(seed);
            return new Data(Arrays.stream(X).map(x -> truth(x) + 0.2 * random.nextGaussian()).toArray());
        }

        static double truth(double x) {
            return StrictMath.sin(3 * x);
        }

        Polynomial fit(int degree) {
            return new Polynomials(degree, -1, 1, Basis.CHEBYSHEV).fit(X, y);
        }

        Polynomial ridge(Basis basis, double lambda) {
            return new Polynomials(HIGHEST, -1, 1, basis).ridge(X, y, lambda);
        }

        double trainingError(Polynomial polynomial) {
            return polynomial.meanSquaredError(X, y);
        }
    }

    @Test
    @DisplayName("l2.polynomials: degree 13 meets all 14 points and goes wild just outside; L2 keeps it in check")
    @Shows(OldRule.L2_POLYNOMIALS)
    void showcase() {
        double[] cubic = outside(data -> errorOutside(data.fit(3)));
        double[] wild = outside(data -> errorOutside(data.fit(HIGHEST)));
        double[] tamed = outside(data -> errorOutside(data.ridge(Basis.POWERS, LAMBDA)));

        page(cubic, wild, tamed).publish();
        requireNested(trainingErrors(Data.draw(1)));
        requireWild(wild, cubic);
        requireTamed(tamed, wild);
    }

    private static Page page(double[] cubic, double[] wild, double[] tamed) {
        Data data = Data.draw(1);
        double[] chebyshev = outside(d -> errorOutside(d.ridge(Basis.CHEBYSHEV, LAMBDA)));
        List<Series> curves = new ArrayList<>();
        shown("sin 3x, the truth", Palette.GREY, Data::truth).forEach(piece -> curves.add(piece.drawn(LineStyle.DOTTED)));
        curves.addAll(shown("Degree 1", Palette.SKY_BLUE, data.fit(1)::value));
        curves.addAll(shown("Degree 3", Palette.GREEN, data.fit(3)::value));
        curves.addAll(shown("Degree 13", Palette.VERMILION, data.fit(HIGHEST)::value));
        curves.addAll(shown("Degree 13 with L2, λ = 0.001", Palette.BLUE, data.ridge(Basis.POWERS, LAMBDA)::value));
        double[] degrees = IntStream.rangeClosed(0, HIGHEST).asDoubleStream().toArray();
        double[] training = medians(L2PolynomialsTest::trainingErrors);
        double[] outside = medians(d -> IntStream.rangeClosed(0, HIGHEST)
                .mapToDouble(k -> errorOutside(d.fit(k))).toArray());
        return Page.of(OldRule.L2_POLYNOMIALS)
                .formula("<munder><mi>min</mi><mi>c</mi></munder><mfrac><mn>1</mn><mi>n</mi></mfrac><munderover>"
                        + "<mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msup><mrow>"
                        + "<mo>(</mo><msub><mi>y</mi><mi>i</mi></msub><mo>−</mo><munderover><mo>∑</mo><mrow>"
                        + "<mi>j</mi><mo>=</mo><mn>0</mn></mrow><mi>k</mi></munderover><msub><mi>c</mi>"
                        + "<mi>j</mi></msub><msubsup><mi>x</mi><mi>i</mi><mi>j</mi></msubsup><mo>)</mo></mrow>"
                        + "<mn>2</mn></msup><mo>+</mo><mfrac><mi>λ</mi><mn>2</mn></mfrac><munderover><mo>∑</mo><mrow>"
                        + "<mi>j</mi><mo>=</mo><mn>1</mn></mrow><mi>k</mi></munderover><msubsup><mi>c</mi><mi>j</mi>"
                        + "<mn>2</mn></msubsup>")
                .setup("Polynomials of degree 0 to 13 are fitted by least squares to 14 noisy samples of sin 3x"
                        + " between −1 and 1. Each class contains the smaller ones, so the training error can only"
                        + " fall; at degree 13 it is zero. The error against the truth is then taken at x = ±1.1,"
                        + " just outside, over 200 data sets; and again for degree 13 with L2 on the coefficients.")
                .picture(new SeriesPicture("A hard limit on the degree, and a soft one on the coefficients",
                        "First of 200 data sets; curves are drawn where they lie within ±2.2", Axis.linear("x"),
                        Axis.linear("y"),
                        List.of(Series.of("Samples", Palette.BLACK, X, data.y())), curves,
                        List.of(), false).picture())
                .picture(SeriesPicture.ofCurves("Higher degrees: less training error, more error outside",
                        "Medians over 200 data sets; no penalty but for the reference line", Axis.linear("Degree"),
                        Axis.log("Mean squared error").covering(1e-4, 1e5), List.of(
                                Series.of("Training error", Palette.TRAINING, head(degrees), head(training)),
                                Series.of("Error at ±1.1", Palette.VALIDATION, degrees, outside)),
                        List.of(ReferenceLine.horizontal("Error at ±1.1 of degree 13 with L2", median(tamed)))).picture())
                .table("Error at x = ±1.1 over 200 data sets", List.of("Fit", "Median", "Least", "Greatest"), List.of(
                        row("Degree 3", cubic), row("Degree 13", wild),
                        row("Degree 13, L2 on powers, λ = 0.001", tamed),
                        row("Degree 13, L2 on Chebyshev coefficients, λ = 0.001", chebyshev)))
                .paragraph("What L2 limits", "the coefficients it is given. On powers of x, wild polynomials need"
                        + " huge coefficients, and L2 forbids them. Written in Chebyshev polynomials, which reach no"
                        + " further than ±1 on the interval, the same wild polynomials have modest coefficients, and"
                        + " the same λ hardly reaches them.")
                .series("by-degree", Text.csv("degree,training_error,error_outside", degrees, training, outside))
                .figure(Text.of("median error outside: %.2g (degree 3), %.1g (13), %.2g (13 with L2)", median(cubic),
                        median(wild), median(tamed)))
                .sure("Nesting is a theorem, tried on 100 further data sets. The errors outside are those of 200 data"
                        + " sets with fixed seeds: degree 13 is worse than degree 3, and L2 better by a factor of 10"
                        + " or more, at every one of them (by chance alone: 2^-200).")
                .reproduce("mvn verify -Dtest=L2PolynomialsTest");
    }

    private static List<String> row(String name, double[] errors) {
        return List.of(name, Text.of("%.3g", median(errors)), Text.of("%.2g", StatUtils.min(errors)),
                Text.of("%.2g", StatUtils.max(errors)));
    }

    /** The pieces between −1.15 and 1.15 of a function that lie within ±2.2. */
    private static List<Series> shown(String name, Color colour, DoubleUnaryOperator function) {
        List<Series> pieces = new ArrayList<>();
        List<Double> piece = new ArrayList<>();
        for (double x : grid(-1.15, 1.15, 2301)) {
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

    @Property(tries = 100)
    @Label("l2.polynomials: the training error never rises with the degree, and degree 13 meets all 14 points")
    @Shows(OldRule.L2_POLYNOMIALS)
    void classesAreNested(@ForAll @IntRange(min = 1, max = 1_000_000) int seed) {
        requireNested(trainingErrors(Data.draw(seed)));
    }

    @Property(tries = 100)
    @Label("l2.polynomials: L2 is a soft limit: a larger λ has smaller coefficients and a larger training error")
    @Shows(OldRule.L2_POLYNOMIALS)
    void isASoftLimit(@ForAll @IntRange(min = 1, max = 1_000_000) int seed) {
        Data data = Data.draw(seed);
        List<Polynomial> fits = DoubleStream.of(10, 1, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 0)
                .mapToObj(lambda -> data.ridge(Basis.POWERS, lambda)).toList();

        // As λ falls, the class grows: nested as the degrees are.
        requireNested(fits.stream().mapToDouble(data::trainingError).toArray());
        double[] sizes = fits.stream().mapToDouble(fit -> StatUtils.sumSq(fit.coefficients().weights())).toArray();
        for (int i = 1; i < sizes.length; i++) {
            assertThat(sizes[i]).as("squared coefficients at the next smaller λ").isGreaterThan(sizes[i - 1]);
        }
    }

    @Test
    @DisplayName("l2.polynomials: fresh samples' errors, degree 5 and a faint penalty fail its checks")
    @Teeth(OldRule.L2_POLYNOMIALS)
    void rejectsFalseClaims() {
        Data data = Data.draw(1);
        double[] fresh = Data.draw(2).y();
        double[] onFresh = IntStream.rangeClosed(0, HIGHEST)
                .mapToDouble(k -> data.fit(k).meanSquaredError(X, fresh)).toArray();
        double[] cubic = outside(d -> errorOutside(d.fit(3)));
        double[] wild = outside(d -> errorOutside(d.fit(HIGHEST)));
        double[] faint = outside(d -> errorOutside(d.ridge(Basis.CHEBYSHEV, 1e-8)));

        assertThatThrownBy(() -> requireNested(onFresh)).hasMessageContaining("training error of class");
        assertThatThrownBy(() -> requireNested(new double[] {1, 0.5, Double.NaN})).hasMessageContaining("class 2");
        assertThatThrownBy(() -> requireWild(outside(d -> errorOutside(d.fit(5))), cubic))
                .hasMessageContaining("outside");
        assertThatThrownBy(() -> requireTamed(faint, wild)).hasMessageContaining("with L2");
    }

    /** Fails unless each class of models fits at least as well as the one before, and the last meets every point. */
    static void requireNested(double[] trainingErrors) {
        // What rounding leaves where the fit is exact: 4e-23 at most in 1,000 data sets, in powers.
        double rounding = 1e-20;
        for (int i = 1; i < trainingErrors.length; i++) {
            assertThat(trainingErrors[i]).as("training error of class %d, compared with the one before", i)
                    .isLessThanOrEqualTo(trainingErrors[i - 1] + rounding);
        }
        assertThat(trainingErrors[trainingErrors.length - 1]).as("training error of class %d, the last",
                trainingErrors.length - 1).isLessThanOrEqualTo(rounding);
    }

    /** Fails unless the errors outside are larger at every data set and by 1,000 in the median; 3e5 was measured. */
    static void requireWild(double[] high, double[] low) {
        for (int i = 0; i < high.length; i++) {
            assertThat(high[i]).as("error just outside of the high degree, data set %d", i + 1).isGreaterThan(low[i]);
        }
        assertThat(median(high) / median(low)).as("median errors just outside, high over low degree")
                .isGreaterThan(1000);
    }

    /** Fails unless L2 divides the error by 10 at every data set, 14 measured, and leaves less than 2, 1.1 measured. */
    static void requireTamed(double[] tamed, double[] wild) {
        for (int i = 0; i < tamed.length; i++) {
            assertThat(wild[i] / tamed[i]).as("error just outside without L2 over that with L2, data set %d", i + 1)
                    .isGreaterThan(10);
        }
        assertThat(median(tamed)).as("median error just outside with L2").isLessThan(2);
    }

    private static double[] trainingErrors(Data data) {
        return IntStream.rangeClosed(0, HIGHEST).mapToDouble(degree -> data.trainingError(data.fit(degree))).toArray();
    }

    private static double errorOutside(Polynomial polynomial) {
        return polynomial.meanSquaredError(OUTSIDE, Arrays.stream(OUTSIDE).map(Data::truth).toArray());
    }

    private static double[] outside(ToDoubleFunction<Data> error) {
        return IntStream.rangeClosed(1, DATA_SETS).mapToObj(Data::draw).mapToDouble(error).toArray();
    }

    /** Medians over the data sets of what each has for every degree. */
    private static double[] medians(Function<Data, double[]> byDegree) {
        List<double[]> all = IntStream.rangeClosed(1, DATA_SETS)
                .mapToObj(seed -> byDegree.apply(Data.draw(seed))).toList();
        return IntStream.rangeClosed(0, HIGHEST)
                .mapToDouble(k -> median(all.stream().mapToDouble(e -> e[k]).toArray())).toArray();
    }

    /** Without the last, whose training error is rounding noise and would stretch the axis. */
    private static double[] head(double[] values) {
        return Arrays.copyOf(values, values.length - 1);
    }

    private static double median(double[] values) {
        return StatUtils.percentile(values, 50);
    }

    private static double[] grid(double from, double to, int n) {
        return IntStream.range(0, n).mapToDouble(i -> from + (to - from) * i / (n - 1)).toArray();
    }
}
