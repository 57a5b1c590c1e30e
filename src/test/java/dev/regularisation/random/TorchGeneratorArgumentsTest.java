package dev.regularisation.random;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be drawn is refused before a draw is taken, with what was wanted and what came. */
class TorchGeneratorArgumentsTest {
    private final TorchGenerator generator = new TorchGenerator(42);

    @Test
    @DisplayName("a negative number of values is refused by name and number")
    void negativeCounts() {
        assertRefused("uniform", "n = -1", () -> generator.uniform(-1, 0, 1));
        assertRefused("randn", "n = -1", () -> generator.randn(-1));
        assertRefused("permutation", "n = -1", () -> generator.permutation(-1));
        assertRefused("bernoulli", "n = -1", () -> generator.bernoulli(-1, 0.5));
    }

    @ParameterizedTest(name = "p = {0}")
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    @DisplayName("what is no probability is refused")
    void noProbability(double p) {
        assertRefused("bernoulli", "got " + p, () -> generator.bernoulli(3, p));
        assertRefused("bernoulli", "got " + p, () -> generator.bernoulli(p, new boolean[3]));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"1, 0", "NaN, 1", "0, NaN", "0, Infinity", "-Infinity, 0", "Infinity, Infinity", "-3e38, 3e38",
        "0, 1e39"})
    @DisplayName("bounds in the wrong order, or no finite distance apart in float32, are refused as PyTorch does")
    void noInterval(double from, double to) {
        assertRefused("uniform", "got from " + from + " to " + to, () -> generator.uniform(3, from, to));
    }

    @Test
    @DisplayName("a permutation so long that PyTorch draws it in another way is refused")
    void longPermutation() {
        assertRefused("permutation", "got 214748364", () -> generator.permutation(214_748_364));
    }

    private void assertRefused(String method, String what, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run)
                .withMessageStartingWith("TorchGenerator." + method + ": wanted").withMessageContaining(what);
        StreamPosition.assertAdvancedBy(0, 42, generator);
        generator.seed(42);
    }
}
