package dev.regularisation.spec.rules.l2;

import dev.regularisation.theory.Polynomials.Polynomial;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which degree is chosen at each data set.
 *
 * @param fitted           by the least training error
 * @param weighed          by the least sum of training error and price
 * @param leastCoefficient of all coefficients of powers in the fits of the highest degree, the least magnitude
 * @param errorOfFitted    logarithm of the first choice's error against the truth between the samples
 * @param errorOfWeighed   and of the second's
 */
record ChosenDegrees(double[] fitted, double[] weighed, double leastCoefficient, double[] errorOfFitted,
        double[] errorOfWeighed) {

    /** With Mallows' price, 2σ² (k + 1)/n for a degree of k, times a factor. */
    static ChosenDegrees of(double factor) {
        return new ChosenDegrees(PolynomialData.each(data -> chosen(data, 0)), PolynomialData.each(data -> chosen(data, factor)),
                least(PolynomialData.each(data -> leastCoefficient(data.inPowers()))),
                PolynomialData.each(data -> error(data, 0)), PolynomialData.each(data -> error(data, factor)));
    }

    /** At the first data sets alone. */
    ChosenDegrees first(int sets) {
        return new ChosenDegrees(Arrays.copyOf(fitted, sets), Arrays.copyOf(weighed, sets),
                least(Arrays.copyOf(PolynomialData.each(data -> leastCoefficient(data.inPowers())), sets)),
                Arrays.copyOf(errorOfFitted, sets), Arrays.copyOf(errorOfWeighed, sets));
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    private static int chosen(PolynomialData data, double factor) {
        double price = factor * 2 * PolynomialData.NOISE * PolynomialData.NOISE / PolynomialData.X.length;
        double[] errors = data.trainingErrors();
        return IntStream.range(0, errors.length)
                .reduce((a, b) -> errors[b] + price * (b + 1) < errors[a] + price * (a + 1) ? b : a).orElseThrow();
    }

    private static double error(PolynomialData data, double factor) {
        return StrictMath.log10(PolynomialData.errorInside(data.fit(chosen(data, factor))));
    }

    private static double leastCoefficient(Polynomial polynomial) {
        return least(Arrays.stream(polynomial.coefficients().weights()).map(Math::abs).toArray());
    }

    /** How often each degree is chosen. */
    List<List<String>> counts() {
        return IntStream.rangeClosed(0, PolynomialData.HIGHEST).mapToObj(degree -> List.of(Integer.toString(degree),
                Long.toString(Arrays.stream(fitted).filter(d -> d == degree).count()),
                Long.toString(Arrays.stream(weighed).filter(d -> d == degree).count()))).toList();
    }
}
