package dev.regularisation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels are the true model's answers plus the noise on record, rounded once. */
class LinearProblemTest {

    @Property(tries = 200)
    @Label("setup.linear-plus-noise: what the true model leaves of the labels is the noise")
    void residualIsTheNoise(@ForAll("problems") LinearProblem problem, @ForAll long seed) {
        LinearData data = problem.draw(seed);
        requireNoise(data, data.train(), data.trainNoise());
        requireNoise(data, data.validation(), data.validationNoise());
    }

    private static void requireNoise(LinearData data, Samples samples, float[] noise) {
        for (int s = 0; s < samples.size(); s++) {
            BigDecimal residual = exact(samples.y()[s]).subtract(answer(data, samples, s));
            BigDecimal error = residual.subtract(exact(noise[s])).abs();
            // Half a unit in the last place for the rounding of y; 1e-12 is far above the error of its sum in double.
            BigDecimal bound = exact(Math.ulp(samples.y()[s]) / 2).add(new BigDecimal("1e-12"));
            assertThat(error).isLessThanOrEqualTo(bound);
        }
    }

    @Test
    @DisplayName("a label is the exact sum rounded once, so it depends on no order of summation")
    void labelsAreRoundedOnce() {
        LinearData data = LinearProblem.POST.draw(42);
        Samples samples = data.train();

        for (int s = 0; s < samples.size(); s++) {
            // A float's decimal expansion is finite, so this sum is exact; the parser rounds to nearest.
            BigDecimal exact = answer(data, samples, s).add(exact(data.trainNoise()[s]));
            assertThat(samples.y()[s]).as("label %d", s).isEqualTo(Float.parseFloat(exact.toString()));
        }
    }

    @Property(tries = 50)
    @Label("data.no-noise: without noise the labels are the true model's")
    void noNoise(@ForAll @IntRange(min = 1, max = 20) int dimensions, @ForAll long seed) {
        LinearData data = new LinearProblem(dimensions, 10, 10, 0).draw(seed);

        for (int s = 0; s < 10; s++) {
            assertThat(data.trainNoise()[s]).isZero();
            assertThat((double) data.train().y()[s]).isCloseTo(answer(data, data.train(), s).doubleValue(),
                    offset(Math.ulp(data.train().y()[s]) / 2 + 1e-12));
        }
    }

    @Property(tries = 50)
    @Label("data.seed-counts: the same seed gives the same data, its low 32 bits are what counts, another gives other data")
    void seedCounts(@ForAll("problems") LinearProblem problem, @ForAll int seed) {
        float[] drawn = problem.draw(seed).validation().x();

        assertThat(problem.draw(seed).validation().x()).isEqualTo(drawn);
        assertThat(problem.draw(seed + (1L << 32)).validation().x()).isEqualTo(drawn);
        assertThat(problem.draw(seed + 1L).validation().x()).isNotEqualTo(drawn);
    }

    @Test
    @DisplayName("the post's problem is the one it describes")
    void postsProblem() {
        assertThat(LinearProblem.POST).isEqualTo(new LinearProblem(50, 200, 10_000, 0.2));
        assertThat(LinearProblem.POST.withTrainSize(400)).isEqualTo(new LinearProblem(50, 400, 10_000, 0.2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 1 | 1 | dimensions: wanted at least 1, got 0",
        "1 | 0 | 1 | training samples: wanted at least 1, got 0",
        "1 | 1 | -7 | validation samples: wanted at least 1, got -7",
        "50 | 50000000 | 1 | training samples: wanted at most 2147483583 numbers, to fit one array, got 50000000 x 50;"
            + " ask for fewer samples or dimensions",
        "65536 | 1 | 65536 | validation samples: wanted at most 2147483583 numbers, to fit one array, got 65536 x 65536;"
            + " ask for fewer samples or dimensions",
    })
    @DisplayName("sizes that cannot be are refused with what was wanted and what came")
    void sizesThatCannotBe(int dimensions, int train, int validation, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinearProblem(dimensions, train, validation, 0.2)).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @DisplayName("so is a noise that is no standard deviation")
    void noiseThatCannotBe(double noise) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LinearProblem(1, 1, 1, noise))
                .withMessage("noise: wanted a finite standard deviation of at least 0, got " + noise);
    }

    @Provide
    Arbitrary<LinearProblem> problems() {
        return Combinators.combine(Arbitraries.integers().between(1, 40), Arbitraries.integers().between(1, 40),
                Arbitraries.integers().between(1, 40), Arbitraries.doubles().between(0, 5)).as(LinearProblem::new);
    }

    private static BigDecimal answer(LinearData data, Samples samples, int s) {
        BigDecimal sum = exact(data.intercept());
        for (int i = 0; i < samples.features(); i++) {
            sum = sum.add(exact(data.trueWeights()[i]).multiply(exact(samples.x()[s * samples.features() + i])));
        }
        return sum;
    }

    private static BigDecimal exact(float value) {
        return new BigDecimal(value);
    }
}
