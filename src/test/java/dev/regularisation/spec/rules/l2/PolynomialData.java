package dev.regularisation.spec.rules.l2;

import dev.regularisation.theory.Polynomials;
import dev.regularisation.theory.Polynomials.Basis;
import dev.regularisation.theory.Polynomials.Polynomial;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Fourteen noisy samples of sin 3x on [−1, 1], and polynomials that are fitted to them.
 *
 * @param y labels; the noise's standard deviation is 0.2
 */
record PolynomialData(double[] y) {

    static final double NOISE = 0.2;
    static final double[] X = grid(-1, 1, 14);
    /** The degree at which a polynomial meets every point. */
    static final int HIGHEST = X.length - 1;
    static final double LAMBDA = 0.001;
    /** Data sets; their seeds are 1, 2, … */
    static final int SETS = 200;
    /** A twentieth of the interval's length beyond its ends. */
    private static final double[] OUTSIDE = {-1.1, 1.1};

    static PolynomialData draw(long seed) {
        Random random = new Random(seed);
        return new PolynomialData(Arrays.stream(X).map(x -> truth(x) + NOISE * random.nextGaussian()).toArray());
    }

    static double truth(double x) {
        return StrictMath.sin(3 * x);
    }

    /** A number of every data set. */
    static double[] each(ToDoubleFunction<PolynomialData> value) {
        return IntStream.rangeClosed(1, SETS).mapToObj(PolynomialData::draw).mapToDouble(value).toArray();
    }

    static double median(double[] values) {
        return StatUtils.percentile(values, 50);
    }

    static double[] grid(double from, double to, int n) {
        return IntStream.range(0, n).mapToDouble(i -> from + (to - from) * i / (n - 1)).toArray();
    }

    Polynomial fit(int degree) {
        return new Polynomials(degree, -1, 1, Basis.CHEBYSHEV).fit(X, y);
    }

    /** Of the highest degree, with coefficients of powers. */
    Polynomial inPowers() {
        return new Polynomials(HIGHEST, -1, 1, Basis.POWERS).fit(X, y);
    }

    Polynomial ridge(Basis basis, double lambda) {
        return new Polynomials(HIGHEST, -1, 1, basis).ridge(X, y, lambda);
    }

    double trainingError(Polynomial polynomial) {
        return polynomial.meanSquaredError(X, y);
    }

    /** By degree from 0. */
    double[] trainingErrors() {
        return IntStream.rangeClosed(0, HIGHEST).mapToDouble(degree -> trainingError(fit(degree))).toArray();
    }

    static double errorOutside(Polynomial polynomial) {
        return polynomial.meanSquaredError(OUTSIDE, Arrays.stream(OUTSIDE).map(PolynomialData::truth).toArray());
    }

    /** Against the truth, over the interval. */
    static double errorInside(Polynomial polynomial) {
        double[] x = grid(-1, 1, 201);
        return polynomial.meanSquaredError(x, Arrays.stream(x).map(PolynomialData::truth).toArray());
    }
}
