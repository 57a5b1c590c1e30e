package dev.regularisation.random;

import static dev.regularisation.random.TorchGolden.asFloats;
import static dev.regularisation.random.TorchGolden.checkFields;
import static dev.regularisation.random.TorchGolden.endOf;
import static dev.regularisation.random.TorchGolden.equalTo;
import static dev.regularisation.random.TorchGolden.startOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Corners of the streams, against golden/torch/edges.json. */
class TorchEdgesTest {
    private static final JsonNode FILE = TorchGolden.read("edges.json");

    private final TorchGenerator generator = new TorchGenerator(42);

    @Test
    @DisplayName("the file holds the vectors that are checked here, and no others")
    void fileIsComplete() {
        assertThat(FILE.fieldNames()).toIterable().containsExactlyInAnyOrder("torch", "cpu_capability",
                "uniform_ from 1 to 1 + 2^-23", "uniform_ from -8 to -8 + 2^-19",
                "randn with seed 123, elements 1207472 to 1207487", "randn 3, randn 20, rand 2, randn 2",
                "bernoulli_ of 5 with p = 0.0", "bernoulli_ of 5 with p = 1.0",
                "randn 0, rand 0, randperm 0, randperm 1");
    }

    @ParameterizedTest(name = "uniform_ from {0}")
    @CsvSource({"1 to 1 + 2^-23, 1, 0x1p-23", "-8 to -8 + 2^-19, -8, 0x1p-19"})
    @DisplayName("a uniform value that rounds to the upper bound is given as the lower bound")
    void upperBoundIsNeverGiven(String bounds, double from, double range) {
        float[] values = generator.uniform(16, from, from + range);

        checkFields(FILE.get("uniform_ from " + bounds), Map.of("values", startOf(values)));
    }

    @Test
    @DisplayName("a uniform of 0 makes normals of 0, never of -0")
    void zeroNormalsArePositive() {
        float[] normals = new TorchGenerator(123).randn(1_207_488);

        checkFields(FILE.get("randn with seed 123, elements 1207472 to 1207487"), Map.of("values", endOf(normals)));
        assertThat(Float.floatToRawIntBits(normals[1_207_482])).as("not -0").isZero();
    }

    @Test
    @DisplayName("the normal that a short randn keeps outlives a long randn and other draws")
    void keptNormalOutlivesOtherDraws() {
        FloatBuffer values = FloatBuffer.allocate(27);
        values.put(generator.randn(3)).put(generator.randn(20)).put(generator.uniform(2, 0, 1)).put(generator.randn(2));

        checkFields(FILE.get("randn 3, randn 20, rand 2, randn 2"),
                Map.of("values", startOf(values.array()), "next_int64", equalTo(generator.nextInt64())));
    }

    @ParameterizedTest(name = "p = {0}")
    @ValueSource(strings = {"0.0", "1.0"})
    @DisplayName("certain outcomes take draws all the same")
    void certainOutcomesTakeDraws(String p) {
        float[] draws = asFloats(generator.bernoulli(5, Double.parseDouble(p)));

        checkFields(FILE.get("bernoulli_ of 5 with p = " + p),
                Map.of("values", startOf(draws), "next_int64", equalTo(generator.nextInt64())));
    }

    @Test
    @DisplayName("where there is nothing to draw or nothing to choose, no draw is taken")
    void nothingTakesNoDraws() {
        assertThat(generator.randn(0)).isEmpty();
        assertThat(generator.uniform(0, 0, 1)).isEmpty();
        assertThat(generator.permutation(0)).isEmpty();
        assertThat(generator.permutation(1)).containsExactly(0);

        checkFields(FILE.get("randn 0, rand 0, randperm 0, randperm 1"),
                Map.of("next_int64", equalTo(generator.nextInt64())));
    }
}
