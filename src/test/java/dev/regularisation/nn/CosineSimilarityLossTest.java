package dev.regularisation.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The scale-free loss: its values, its gradient, and what PyTorch's ε does to vectors that have hardly a direction. */
class CosineSimilarityLossTest {

    private final CpuBackend backend = new CpuBackend();

    @Test
    @DisplayName("values by hand: directions count, lengths do not, and the loss is a mean over samples")
    void valuesByHand() {
        assertThat(CosineSimilarityLoss.similarity(new double[] {3, 4}, new double[] {2, 0})).isEqualTo(0.6);
        assertThat(CosineSimilarityLoss.similarity(new double[] {0, 5}, new double[] {0, -1e-3})).isEqualTo(-1);
        assertThat(CosineSimilarityLoss.similarity(new double[] {0, 0}, new double[] {1, 0})).isZero();
        Tensor prediction = backend.tensor(2, 3, new double[] {3, 0, 0, 4, 5, 0});
        Tensor target = backend.tensor(2, 3, new double[] {2, 0, 1, 0, -4, 0});

        // Cosines 0.6, -1 and, for the vector without a direction, 0.
        assertThat(CosineSimilarityLoss.value(backend, prediction, target)).isCloseTo((0.4 + 2 + 1) / 3, offset(1e-15));
    }

    @Test
    @DisplayName("gradients by hand: the part of the target's direction across the embedding, over its length")
    void gradientsByHand() {
        double[] gradient = CosineSimilarityLoss.similarityGradient(new double[] {3, 4}, new double[] {2, 0});

        // ((1, 0) − 0.6 (0.6, 0.8)) / 5; three roundings of numbers below 1.
        assertThat(gradient[0]).isCloseTo(0.128, offset(1e-16));
        assertThat(gradient[1]).isCloseTo(-0.096, offset(1e-16));
    }

    @Property(tries = 200)
    @Label("its gradient is the derivative of its value, for vectors of any length")
    void gradientIsDerivative(
            @ForAll @IntRange(min = 1, max = 8) int features,
            @ForAll @DoubleRange(min = -3, max = 3) @Scale(3) double magnitude, @ForAll long seed) {
        Random random = new Random(seed);
        double scale = StrictMath.pow(10, magnitude);
        double[] p = random.doubles(features, 0.1, 1).map(v -> scale * (random.nextBoolean() ? v : -v)).toArray();
        double[] t = random.doubles(features, -1, 1).toArray();
        double step = 1e-5 * scale;

        double[] gradient = CosineSimilarityLoss.similarityGradient(p, t);

        for (int i = 0; i < features; i++) {
            double[] up = p.clone();
            double[] down = p.clone();
            up[i] += step;
            down[i] -= step;
            double difference = (CosineSimilarityLoss.similarity(up, t) - CosineSimilarityLoss.similarity(down, t))
                    / (2 * step);
            // Relative to 1/‖p‖, at ‖p‖ ≥ 0.1 scale: the third derivative, at most about 3/‖p‖³, leaves 0.5 · 1e-10 · 1e2,
            // and the rounding of two cosines, a few 1e-16, 1e-11 or so.
            assertThat(gradient[i] * scale).isCloseTo(difference * scale, offset(1e-7));
        }
    }

    @Property(tries = 200)
    @Label("a batch is its columns: the gradient of each, over the number of samples, rounded once")
    void batchIsItsColumns(
            @ForAll @IntRange(min = 1, max = 6) int features, @ForAll @IntRange(min = 1, max = 5) int samples,
            @ForAll long seed) {
        Tensor prediction = random(features, samples, new Random(seed));
        Tensor target = random(features, samples, new Random(~seed));
        Tensor gradient = backend.zeros(features, samples);

        CosineSimilarityLoss.gradient(backend, prediction, target, gradient);

        double loss = 0;
        for (int s = 0; s < samples; s++) {
            double[] p = column(prediction, s);
            double[] t = column(target, s);
            double[] expected = CosineSimilarityLoss.similarityGradient(p, t);
            Arrays.setAll(expected, i -> (float) (-expected[i] / samples));
            assertThat(column(gradient, s)).containsExactly(expected);
            loss += 1 - CosineSimilarityLoss.similarity(p, t);
        }
        assertThat(CosineSimilarityLoss.value(backend, prediction, target)).isEqualTo(loss / samples);
    }

    @Test
    @DisplayName("below ε the length no longer divides, as in PyTorch, so that a vector near 0 has a finite gradient")
    void shortVectors() {
        double[] t = {0, 2};
        double epsilon = CosineSimilarityLoss.EPSILON;

        assertThat(CosineSimilarityLoss.similarity(new double[] {0, epsilon / 2}, t)).isEqualTo(0.5);
        assertThat(CosineSimilarityLoss.similarityGradient(new double[] {0, epsilon / 2}, t))
                .containsExactly(0, 1 / epsilon);
        assertThat(CosineSimilarityLoss.similarityGradient(new double[] {0, 0}, t)).containsExactly(0, 1 / epsilon);
        assertThat(CosineSimilarityLoss.similarityGradient(new double[] {1, 1}, new double[2])).containsExactly(0, 0);
        assertThat(CosineSimilarityLoss.similarityGradient(new double[] {0, epsilon}, t))
                .as("at ε itself the length divides, and a longer vector is no closer to its target").containsExactly(0, 0);
    }

    @Test
    @DisplayName("what is not a number is not hidden")
    void notANumberStays() {
        double[] p = {Double.NaN, 1};
        double[] t = {1, 1};

        assertThat(CosineSimilarityLoss.similarity(p, t)).isNaN();
        assertThat(CosineSimilarityLoss.similarity(t, p)).isNaN();
        assertThat(CosineSimilarityLoss.similarityGradient(p, t)).containsOnly(Double.NaN);
    }

    @Test
    @DisplayName("shapes that differ, and batches without a sample, are refused with both shapes")
    void shapesAreChecked() {
        Tensor two = backend.zeros(2, 3);
        Tensor three = backend.zeros(3, 2);
        Tensor none = backend.zeros(2, 0);

        assertThatIllegalArgumentException().isThrownBy(() -> CosineSimilarityLoss.value(backend, two, three))
                .withMessageContaining("prediction is [2 x 3], target is [3 x 2]");
        assertThatIllegalArgumentException().isThrownBy(() -> CosineSimilarityLoss.gradient(backend, none, none, none))
                .withMessageContaining("at least one sample");
        assertThatIllegalArgumentException().isThrownBy(() -> CosineSimilarityLoss.gradient(backend, two, two, three))
                .withMessageContaining("gradient is [3 x 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosineSimilarityLoss.similarity(new double[2], new double[3]))
                .withMessageContaining("got 2 and 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosineSimilarityLoss.similarityGradient(new double[3], new double[2]))
                .withMessageContaining("got 3 and 2");
    }

    private Tensor random(int features, int samples, Random random) {
        return backend.tensor(features, samples, random.doubles((long) features * samples, -2, 2).toArray());
    }

    private double[] column(Tensor tensor, int column) {
        double[] values = backend.read(tensor);
        double[] result = new double[tensor.rows()];
        Arrays.setAll(result, i -> values[i * tensor.columns() + column]);
        return result;
    }
}
