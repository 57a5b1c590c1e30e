package dev.regularisation.spec.rules.l2;

import dev.regularisation.theory.LinearModel;
import dev.regularisation.theory.Polynomials.Basis;
import dev.regularisation.theory.Polynomials.Polynomial;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Classes of polynomials on one data set.
 *
 * @param byDegree  training errors of degrees from 0 to the highest
 * @param leading   magnitudes of the highest coefficient of degrees from 1
 * @param byLambda  training errors at the highest degree as L2 gets weaker, at last 0
 * @param sizes     sums of its squared coefficients, likewise
 * @param sameSize  the least training error tried of polynomials with coefficients of one size, over that of L2's
 */
record PolynomialClasses(double[] byDegree, double[] leading, double[] byLambda, double[] sizes, double sameSize) {

    private static final int NEIGHBOURS = 20;

    static PolynomialClasses of(PolynomialData data) {
        List<Polynomial> fits = DoubleStream.of(10, 1, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 0)
                .mapToObj(lambda -> data.ridge(Basis.POWERS, lambda)).toList();
        return new PolynomialClasses(data.trainingErrors(), IntStream.rangeClosed(1, PolynomialData.HIGHEST)
                .mapToDouble(degree -> Math.abs(data.fit(degree).coefficients().weights()[degree - 1])).toArray(),
                fits.stream().mapToDouble(data::trainingError).toArray(),
                fits.stream().mapToDouble(PolynomialClasses::size).toArray(),
                sameSize(data, data.ridge(Basis.POWERS, PolynomialData.LAMBDA)));
    }

    private static double size(Polynomial polynomial) {
        return StatUtils.sumSq(polynomial.coefficients().weights());
    }

    /** Coefficients nearby and on the same sphere: none may fit better, or L2's would not be the best of its size. */
    static double sameSize(PolynomialData data, Polynomial best) {
        double[] weights = best.coefficients().weights();
        Random random = new Random(1);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < NEIGHBOURS; i++) {
            double[] other = Arrays.stream(weights).map(w -> w + 0.01 * Math.sqrt(size(best)) * random.nextGaussian()).toArray();
            double onto = Math.sqrt(size(best) / StatUtils.sumSq(other));
            Polynomial neighbour = new Polynomial(best.family(), new LinearModel(
                    Arrays.stream(other).map(w -> onto * w).toArray(), best.coefficients().intercept()));
            least = Math.min(least, data.trainingError(neighbour));
        }
        return least / data.trainingError(best);
    }

    /** The same with training errors of other degrees. */
    PolynomialClasses withDegrees(double... errors) {
        return new PolynomialClasses(errors, leading, byLambda, sizes, sameSize);
    }

    /** The same as if L2 got stronger where it gets weaker. */
    PolynomialClasses reversed() {
        return new PolynomialClasses(byDegree, leading, reversed(byLambda), reversed(sizes), sameSize);
    }

    private static double[] reversed(double[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[values.length - 1 - i]).toArray();
    }

    /** The largest rise from one class to the next. */
    static double rise(double[] errors) {
        return IntStream.range(1, errors.length).mapToDouble(i -> errors[i] - errors[i - 1])
                .reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    /** The least factor from one size to the next. */
    double growth() {
        return IntStream.range(1, sizes.length).mapToDouble(i -> sizes[i] / sizes[i - 1])
                .reduce(Double.POSITIVE_INFINITY, Math::min);
    }

    double last() {
        return byDegree[byDegree.length - 1];
    }

    /** The training error without L2. */
    double unpenalised() {
        return byLambda[byLambda.length - 1];
    }

    double leastLeading() {
        return Arrays.stream(leading).reduce(Double.POSITIVE_INFINITY, Math::min);
    }
}
