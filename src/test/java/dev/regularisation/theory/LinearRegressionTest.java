package dev.regularisation.theory;

import static dev.regularisation.theory.RandomQuadratic.distance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.regularisation.theory.LinearRegression.Solution;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Regression on whatever samples there are; {@link LeastSquares} and {@link Ridge} judge it where they can. */
class LinearRegressionTest {

    private static final LinearRegression FREE = new LinearRegression(true);
    private static final LinearRegression NONE = new LinearRegression(false);

    /** Of coefficients of some units, with condition numbers below 100. */
    private static final double ROUNDING = 1e-12;

    @Test
    @DisplayName("on well-posed designs it is least squares and ridge, in one block of rows or in many")
    void isLeastSquaresAndRidge() {
        for (int n : new int[] {8, 30, 255, 256, 257, 700}) {
            RandomRegression data = RandomRegression.of(n, 5, 0.5, new Random(n));
            float[] x = x(data.samples());
            float[] y = y(data.targets());
            double[][] samples = IntStream.range(0, n).mapToObj(i -> widen(Arrays.copyOfRange(x, 5 * i, 5 * i + 5)))
                    .toArray(double[][]::new);
            double[] labels = widen(y);

            Solution found = FREE.fit(x, y);
            assertThat(found.unique()).isTrue();
            requireClose(found, LeastSquares.fit(samples, labels).model());
            requireClose(new LinearRegression(true, 0.3, 0).fit(x, y), new Ridge(0.3, Ridge.Intercept.FREE).fit(samples, labels));
            requireClose(new LinearRegression(true, 0.3, 0.3).fit(x, y),
                    new Ridge(0.3, Ridge.Intercept.PENALISED).fit(samples, labels));
        }
    }

    private static void requireClose(Solution found, LinearModel expected) {
        assertThat(distance(found.model().coefficients(), expected.coefficients())).isLessThan(ROUNDING);
    }

    @Test
    @DisplayName("worked examples fix the conventions: no intercept, and an intercept with a strength of its own")
    void workedExamples() {
        // Σxy / Σx² = (1·3 + 2·4) / 5; with λ = 2: 11 / (5 + nλ/2) = 11/7.
        requireModel(NONE.fit(f(1, 2), f(3, 4)), true, 0, 2.2);
        requireModel(new LinearRegression(false, 2, 0).fit(f(1, 2), f(3, 4)), true, 0, 11.0 / 7);
        // Centred: Σx² = 2, Σxy = 2, n = 2; w = 2/(2 + λ), and b = 6/(2 + μ).
        requireModel(new LinearRegression(true, 2, 1).fit(f(-1, 1), f(2, 4)), true, 2, 0.5);
    }

    @Test
    @DisplayName("where many models fit as well it is the one with the smallest weights, whatever the intercept")
    void minimumNorm() {
        requireModel(FREE.fit(f(0, 0, 3, 4), f(1, 6)), false, 1, 0.6, 0.8);
        requireModel(NONE.fit(f(3, 4), f(5)), false, 0, 0.6, 0.8);
        requireModel(NONE.fit(f(3, 4, 0, 1), f(11, 2)), true, 0, 1, 2);
        requireModel(FREE.fit(f(7, 9), f(5)), false, 5, 0, 0);
        // A constant feature beside one of slope 2; the same feature twice, in one unit and in others; features that are all 0.
        requireModel(FREE.fit(f(0.1f, 1, 0.1f, 2, 0.1f, 3), f(3, 5, 7)), false, 1, 0, 2);
        requireModel(FREE.fit(f(1, 1, 2, 2, 3, 3), f(3, 5, 7)), false, 1, 1, 1);
        requireModel(FREE.fit(f(1, 2, 2, 4, 3, 6), f(3, 5, 7)), false, 1, 0.4, 0.8);
        requireModel(NONE.fit(f(0, 0, 0, 0), f(3, 5)), false, 0, 0, 0);
    }

    private static void requireModel(Solution solution, boolean unique, double intercept, double... weights) {
        assertThat(solution.unique()).isEqualTo(unique);
        assertThat(solution.model().weights()).containsExactly(weights, within(4e-15));
        assertThat(solution.model().intercept()).isCloseTo(intercept, offset(2e-14));
    }

    @Test
    @DisplayName("of more features than samples it interpolates, and is where ridge goes as its strength vanishes")
    void wide() {
        for (int n : new int[] {2, 9, 29}) {
            RandomRegression data = RandomRegression.of(n, 30, 0.5, new Random(n));
            float[] x = x(data.samples());
            float[] y = y(data.targets());

            Solution found = FREE.fit(x, y);

            assertThat(found.unique()).isFalse();
            LinearModel nearly = new LinearRegression(true, 1e-9, 0).fit(x, y).model();
            assertThat(distance(found.model().coefficients(), nearly.coefficients())).isLessThan(1e-6);
            for (int i = 0; i < n; i++) {
                double[] sample = widen(Arrays.copyOfRange(x, 30 * i, 30 * i + 30));
                assertThat(found.model().predict(sample)).isCloseTo(y[i], offset(ROUNDING));
            }
        }
    }

    @Test
    @DisplayName("units do not matter: a feature in billions beside one in billionths, far from 0, one of them twice")
    void units() {
        Random random = new Random(1);
        float[] x = new float[150];
        float[] y = new float[50];
        for (int i = 0; i < 50; i++) {
            int big = random.nextInt(1000);
            int small = random.nextInt(1000);
            x[3 * i] = big * 0x1p30f;
            x[3 * i + 1] = small * 0x1p-40f;
            x[3 * i + 2] = 2000 + big;
            y[i] = 4 * big + 3 * small + 7;
        }

        Solution found = FREE.fit(x, y);

        assertThat(found.unique()).isFalse();
        for (int i = 0; i < 50; i++) {
            double[] sample = widen(Arrays.copyOfRange(x, 3 * i, 3 * i + 3));
            assertThat(found.model().predict(sample)).isCloseTo(y[i], offset(1e-6));
        }
    }

    @Test
    @DisplayName("the work is known beforehand: rows of samples and a penalty, columns of features and a penalised intercept")
    void work() {
        LinearRegression ridge = new LinearRegression(true, 1, 0);
        LinearRegression penalised = new LinearRegression(true, 0, 1);

        assertThat(List.of(FREE, NONE, ridge, penalised)).extracting(LinearRegression::hasIntercept)
                .containsExactly(true, false, true, true);
        assertThat(List.of(FREE, ridge, penalised)).extracting(kind -> kind.multiplications(100, 20))
                .containsExactly(100 * 20.0 * 20, 120 * 20.0 * 20, 121 * 21.0 * 21);
        assertThat(List.of(FREE, ridge, penalised)).extracting(kind -> kind.multiplications(20, 100))
                .containsExactly(100 * 20.0 * 20, 120 * 100.0 * 100, 121 * 101.0 * 101);
        assertThat(List.of(FREE, ridge, penalised)).extracting(kind -> kind.numbers(100, 20))
                .containsExactly(20.0 * 20, 20.0 * 20, 21.0 * 21);
        assertThat(List.of(FREE, ridge, penalised)).extracting(kind -> kind.numbers(20, 100))
                .containsExactly(20.0 * 100, 100.0 * 100, 101.0 * 101);
        // More numbers than an int can count.
        assertThat(FREE.numbers(1_000_000, 100_000)).isEqualTo(1e10);
    }

    @Test
    @DisplayName("what is not finite or has no shape is refused")
    void refusals() {
        assertThatThrownBy(() -> FREE.fit(f(1, Float.NaN), f(1, 2))).hasMessage("samples: wanted a finite number, got NaN");
        assertThatThrownBy(() -> FREE.fit(f(1, 2), f(1, Float.NEGATIVE_INFINITY))).hasMessageContaining("labels: wanted a finite number");
        assertThatThrownBy(() -> FREE.fit(f(1, 2, 3), f(1, 2))).hasMessageContaining("3 inputs for 2 labels");
        assertThatThrownBy(() -> new LinearRegression(false, 1, 1)).hasMessageContaining("wanted 0 without an intercept");
        assertThatThrownBy(() -> new LinearRegression(true, Double.NaN, 0)).hasMessageContaining("lambda: wanted a finite number of at least 0");
    }

    private static float[] f(float... values) {
        return values;
    }

    private static float[] x(double[][] samples) {
        return y(Arrays.stream(samples).flatMapToDouble(Arrays::stream).toArray());
    }

    private static float[] y(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private static double[] widen(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
