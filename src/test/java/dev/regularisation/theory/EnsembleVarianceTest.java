package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.StatUtils;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EnsembleVarianceTest {

    /** Sums of at most 400 squares of numbers below about 10: 400 · 100 ε is 1e-11. */
    private static final Offset<Double> ROUNDING = Offset.offset(1e-11);

    @Property
    @Label("ensemble error is mean error less mean ambiguity, on any predictions and targets")
    void ambiguityDecompositionIsExact(
            @ForAll @IntRange(min = 1, max = 8) int models,
            @ForAll @IntRange(min = 1, max = 50) int samples,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] predictions = correlated(models, samples, random);
        double[] targets = random.doubles(samples, -3, 3).toArray();

        AmbiguityDecomposition terms = AmbiguityDecomposition.of(predictions, targets);

        assertThat(terms.ensembleError()).isCloseTo(terms.meanError() - terms.meanAmbiguity(), ROUNDING);
        assertThat(terms.meanAmbiguity() > 1e-20).isEqualTo(models > 1);
    }

    @Test
    @DisplayName("a worked decomposition: predictions 0 and 4 of the target 1")
    void workedDecomposition() {
        AmbiguityDecomposition terms = AmbiguityDecomposition.of(new double[][] {{0}, {4}}, new double[] {1});

        assertThat(terms).isEqualTo(new AmbiguityDecomposition(1, 5, 4));
    }

    @Property
    @Label("the variance of the mean is ρσ² + (1 − ρ)σ²/k with the average variance and covariance, exactly")
    void varianceOfTheMeanIsExact(
            @ForAll @IntRange(min = 2, max = 8) int models,
            @ForAll @IntRange(min = 2, max = 50) int samples,
            @ForAll long seed) {
        double[][] errors = correlated(models, samples, new Random(seed));
        double[] mean = new double[samples];
        Arrays.setAll(mean, i -> Arrays.stream(errors).mapToDouble(e -> e[i]).average().orElseThrow());

        EnsembleVariance variance = EnsembleVariance.of(errors);

        assertThat(variance.ofMean()).isCloseTo(StatUtils.variance(mean), ROUNDING);
        assertThat(variance.members()).isEqualTo(models);
    }

    @Test
    @DisplayName("a worked variance: members of variance 2 and 8 and covariance 4")
    void workedVariance() {
        EnsembleVariance variance = EnsembleVariance.of(new double[][] {{0, 2}, {0, 4}});

        assertThat(variance).isEqualTo(new EnsembleVariance(5, 0.8, 2));
        assertThat(variance.variance()).isEqualTo(5);
        assertThat(variance.correlation()).isEqualTo(0.8);
    }

    @Test
    @DisplayName("limits: one member σ², independent members σ²/k, equal ones σ², and never below ρσ²")
    void varianceLimits() {
        assertThat(EnsembleVariance.correlatedMeanVariance(3, 0.7, 1)).isCloseTo(3, Offset.offset(1e-15));
        assertThat(EnsembleVariance.correlatedMeanVariance(3, 0, 6)).isEqualTo(0.5);
        assertThat(EnsembleVariance.correlatedMeanVariance(3, 1, 6)).isEqualTo(3);
        assertThat(EnsembleVariance.correlatedMeanVariance(3, -0.5, 3)).isCloseTo(0, Offset.offset(1e-15));
        assertThat(EnsembleVariance.correlatedMeanVariance(3, 0.5, 1_000_000))
                .isCloseTo(1.5, Offset.offset(2e-6))
                .isGreaterThan(1.5);
    }

    @Test
    @DisplayName("impossible correlations, NaN, other shapes and single members are refused")
    void refusesMisuse() {
        assertThatThrownBy(() -> EnsembleVariance.correlatedMeanVariance(1, -0.6, 3))
                .hasMessageContaining("correlation");
        assertThatThrownBy(() -> EnsembleVariance.correlatedMeanVariance(1, 1.1, 3))
                .hasMessageContaining("correlation");
        assertThatThrownBy(() -> EnsembleVariance.correlatedMeanVariance(1, Double.NaN, 3))
                .hasMessageContaining("correlation");
        assertThatThrownBy(() -> EnsembleVariance.of(new double[][] {{1, 2}})).hasMessageContaining("members");
        assertThatThrownBy(() -> EnsembleVariance.of(new double[][] {{1, 1}, {1, 1}})).hasMessageContaining("variance");
        assertThatThrownBy(() -> AmbiguityDecomposition.of(new double[][] {{1, 2}, {1}}, new double[2]))
                .hasMessageContaining("predictions row 1: wanted a length of 2, got 1");
        assertThatThrownBy(() -> AmbiguityDecomposition.of(new double[][] {{1, 2}}, new double[3]))
                .hasMessageContaining("targets");
        assertThatThrownBy(() -> AmbiguityDecomposition.of(new double[][] {{Double.NaN}}, new double[1]))
                .hasMessageContaining("finite");
    }

    /** Members that share half of what they are, each at a scale and place of its own. */
    private static double[][] correlated(int models, int samples, Random random) {
        double[] common = random.doubles(samples, -1, 1).toArray();
        double[][] outputs = new double[models][samples];
        for (double[] output : outputs) {
            double scale = 0.5 + random.nextDouble();
            double place = random.nextGaussian();
            Arrays.setAll(output, i -> place + scale * (common[i] + 2 * random.nextDouble() - 1));
        }
        return outputs;
    }
}
