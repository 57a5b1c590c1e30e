package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.theory.Polynomials.Basis;
import dev.regularisation.theory.Polynomials.Polynomial;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolynomialsTest {

    private static final double LOWER = -1;
    private static final double UPPER = 3;

    @Property(tries = 300)
    @Label("it is the polynomial itself, inside and outside the interval, whose values it is given")
    void reproducesPolynomials(@ForAll @IntRange(max = 6) int degree, @ForAll long seed) {
        double[] powers = new Random(seed).doubles(degree + 1, -1, 1).toArray();
        double[] x = grid(20);
        double[] y = Arrays.stream(x).map(t -> horner(powers, t)).toArray();

        Polynomial fitted = family(degree).fit(x, y);

        for (double t : new double[] {LOWER, 0.3, UPPER, -2, 4}) {
            // Outside, at 1.5 half-lengths, T₆ is about 160, which amplifies rounding: 1.3e-11 was the largest seen in
            // 5,000 tries.
            assertThat(Math.abs(fitted.value(t) - horner(powers, t))).isLessThanOrEqualTo(1e-9);
        }
    }

    @Property(tries = 100)
    @Label("the training error never rises with the degree, and at n − 1 every point is met")
    void classesAreNested(@ForAll long seed) {
        double[] x = grid(14);
        double[] y = noisySine(x, seed);

        double previous = Double.POSITIVE_INFINITY;
        for (int degree = 0; degree < x.length; degree++) {
            double error = family(degree).fit(x, y).meanSquaredError(x, y);
            // No rise at all was seen in 1,000 data sets; 3e-29 is what rounding leaves at the top degree.
            assertThat(error).isLessThanOrEqualTo(previous + 1e-26);
            previous = error;
        }
        assertThat(previous).isLessThan(1e-26);
    }

    @Test
    @DisplayName("just outside the interval high degrees explode; L2 on powers tames them, on Chebyshev less")
    void ridgeTamesTheOutside() {
        double[] x = grid(14);
        double[] outside = {LOWER - 0.2, UPPER + 0.2};
        double[] truth = Arrays.stream(outside).map(StrictMath::sin).toArray();
        int dataSets = 201;
        double[] low = new double[dataSets];
        double[] wild = new double[dataSets];
        double[] powers = new double[dataSets];
        double[] chebyshev = new double[dataSets];
        for (int seed = 0; seed < dataSets; seed++) {
            double[] y = noisySine(x, seed);
            low[seed] = family(3).fit(x, y).meanSquaredError(outside, truth);
            wild[seed] = family(13).fit(x, y).meanSquaredError(outside, truth);
            powers[seed] = family(13, Basis.POWERS).ridge(x, y, 0.1).meanSquaredError(outside, truth);
            chebyshev[seed] = family(13, Basis.CHEBYSHEV).ridge(x, y, 0.1).meanSquaredError(outside, truth);
        }

        // Medians over 1,000 seeds: 0.05, 7e4, 0.25, 670.
        assertThat(median(low)).isLessThan(0.2);
        assertThat(median(wild)).isGreaterThan(1e4);
        assertThat(median(powers)).isLessThan(1);
        assertThat(median(chebyshev)).isBetween(100.0, 2000.0);
        for (int seed = 0; seed < dataSets; seed++) {
            // The smallest ratio over 1,000 seeds was 24.8.
            assertThat(wild[seed]).isGreaterThan(10 * powers[seed]);
        }
    }

    private static double median(double[] values) {
        return StatUtils.percentile(values, 50);
    }

    @Property(tries = 100)
    @Label("a least squares fit is the same polynomial in either basis")
    void basisDoesNotMatterWithoutPenalty(@ForAll @IntRange(max = 9) int degree, @ForAll long seed) {
        double[] x = grid(14);
        double[] y = noisySine(x, seed);

        Polynomial powers = family(degree, Basis.POWERS).fit(x, y);
        Polynomial chebyshev = family(degree, Basis.CHEBYSHEV).fit(x, y);

        for (double t : grid(40)) {
            // 6e-14 was the largest difference seen in 1,000 data sets.
            assertThat(Math.abs(powers.value(t) - chebyshev.value(t))).isLessThanOrEqualTo(1e-11);
        }
    }

    @Property(tries = 100)
    @Label("L2 is a soft limit: a larger penalty has smaller coefficients and a larger training error")
    void penaltiesAreNested(@ForAll long seed, @ForAll Basis basis) {
        double[] x = grid(14);
        double[] y = noisySine(x, seed);
        Polynomials high = family(13, basis);

        double norm = Double.POSITIVE_INFINITY;
        double error = 0;
        for (double lambda : new double[] {0, 1e-6, 1e-4, 1e-2, 1, 100}) {
            Polynomial fit = high.ridge(x, y, lambda);
            double nextNorm = RandomQuadratic.norm(fit.coefficients().weights());
            double nextError = fit.meanSquaredError(x, y);
            assertThat(nextNorm).isLessThan(norm);
            assertThat(nextError).isGreaterThan(error);
            norm = nextNorm;
            error = nextError;
        }
    }

    @Test
    @DisplayName("the Chebyshev basis is cos(k arccos t) on the interval, the other tᵏ")
    void basesAreTheirNames() {
        for (int k = 1; k <= 5; k++) {
            double[] weights = new double[5];
            weights[k - 1] = 1;
            Polynomial chebyshev = new Polynomial(family(5), new LinearModel(weights, 0));
            Polynomial power = new Polynomial(family(5, Basis.POWERS), new LinearModel(weights, 0));
            for (double t = -1; t <= 1; t += 0.125) {
                double expected = StrictMath.cos(k * StrictMath.acos(t));
                // A recurrence of five steps, each amplified by at most k: 25 ε.
                assertThat(Math.abs(chebyshev.value(1 + 2 * t) - expected)).isLessThan(1e-14);
                assertThat(Math.abs(power.value(1 + 2 * t) - StrictMath.pow(t, k))).isLessThan(1e-14);
            }
        }
    }

    @Test
    @DisplayName("too few points, negative degrees, and intervals that are none are refused")
    void refusesMisuse() {
        assertThatThrownBy(() -> new Polynomials(-1, 0, 1, Basis.POWERS)).hasMessageContaining("degree");
        assertThatThrownBy(() -> new Polynomials(1, 1, 1, Basis.POWERS)).hasMessageContaining("in order");
        assertThatThrownBy(() -> new Polynomials(1, Double.NaN, 1, Basis.POWERS)).hasMessageContaining("lower end");
        Polynomials cubic = new Polynomials(3, 0, 1, Basis.CHEBYSHEV);
        assertThatThrownBy(() -> cubic.fit(new double[] {0, 0.5, 1}, new double[3])).hasMessageContaining("at least 4");
        assertThatThrownBy(() -> cubic.fit(new double[] {0, 0, 1, 1}, new double[4]))
                .hasMessageContaining("independent");
    }

    private static Polynomials family(int degree) {
        return family(degree, Basis.CHEBYSHEV);
    }

    private static Polynomials family(int degree, Basis basis) {
        return new Polynomials(degree, LOWER, UPPER, basis);
    }

    private static double[] grid(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> LOWER + (UPPER - LOWER) * i / (n - 1));
        return x;
    }

    private static double[] noisySine(double[] x, long seed) {
        Random random = new Random(seed);
        return Arrays.stream(x).map(t -> StrictMath.sin(t) + 0.2 * random.nextGaussian()).toArray();
    }

    private static double horner(double[] powers, double x) {
        double sum = 0;
        for (int j = powers.length - 1; j >= 0; j--) {
            sum = sum * x + powers[j];
        }
        return sum;
    }
}
