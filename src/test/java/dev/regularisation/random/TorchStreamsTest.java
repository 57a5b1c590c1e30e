package dev.regularisation.random;

import static dev.regularisation.random.TorchGolden.asFloats;
import static dev.regularisation.random.TorchGolden.checkFields;
import static dev.regularisation.random.TorchGolden.doubles;
import static dev.regularisation.random.TorchGolden.endOf;
import static dev.regularisation.random.TorchGolden.equalTo;
import static dev.regularisation.random.TorchGolden.floats;
import static dev.regularisation.random.TorchGolden.ints;
import static dev.regularisation.random.TorchGolden.longs;
import static dev.regularisation.random.TorchGolden.sha256Of;
import static dev.regularisation.random.TorchGolden.startOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The streams have PyTorch's bits: every vector of golden/torch/streams.json, found by walking the file. */
class TorchStreamsTest {
    /** Under each seed; the file's own list, stated here so that a truncated file fails. */
    private static final List<String> STREAMS = List.of("rand_8", "rand_float64_4", "randn_1", "randn_7", "randn_15",
            "randn_16", "randn_17", "randn_33", "randn_200", "randn_10000", "randn_1_twice", "uniform_1250",
            "randperm_10", "randperm_200", "random_int64_4", "bernoulli_0.9", "bernoulli_0.5");
    private static final JsonNode FILE = TorchGolden.read("streams.json");

    @Test
    @DisplayName("the file of vectors is complete, and made by the PyTorch that the package promises")
    void fileIsComplete() {
        assertThat(FILE.fieldNames()).toIterable().containsExactlyInAnyOrder("torch", "cpu_capability",
                "seed 42", "seed 7", "seed 0", "seed -1", "seed 1099511627779", "data train=200", "data train=400",
                "init 50-1", "init 50-25-25-1", "loop shuffles train=200", "dropout 0.1 after one shuffle");
        assertThat(FILE.get("torch").textValue()).startsWith("2.13.");
        FILE.properties().stream().filter(section -> section.getKey().startsWith("seed ")).forEach(section ->
                assertThat(section.getValue().fieldNames()).toIterable()
                        .as(section.getKey()).containsExactlyInAnyOrderElementsOf(STREAMS));
    }

    @TestFactory
    @DisplayName("every vector of the file is drawn bit for bit")
    Stream<DynamicTest> everyVector() {
        return FILE.properties().stream().flatMap(section -> testsOf(section.getKey(), section.getValue()));
    }

    private static Stream<DynamicTest> testsOf(String section, JsonNode vectors) {
        String[] words = section.split(" ");
        return switch (words[0]) {
            case "seed" -> vectors.properties().stream().map(vector -> dynamicTest(section + ": " + vector.getKey(),
                    () -> checkStream(vector.getKey(), Long.parseLong(words[1]), vector.getValue())));
            case "init" -> Stream.of(dynamicTest(section, () -> checkInitialisation(words[1], vectors)));
            case "loop" -> Stream.of(dynamicTest(section, () -> checkLoopShuffles(vectors)));
            case "dropout" -> Stream.of(dynamicTest(section, () -> checkDropout(vectors)));
            // Provenance is checked above; the data sets are those of the package data.
            case "torch", "cpu_capability", "data" -> Stream.empty();
            default -> Stream.of(dynamicTest(section, () -> fail("no check for this section; write one")));
        };
    }

    private static void checkStream(String name, long seed, JsonNode expected) {
        TorchGenerator generator = new TorchGenerator(seed);
        String[] words = name.split("_");
        switch (words[0] + (words.length > 2 ? "_" + words[1] : "")) {
            case "rand" -> assertThat(generator.uniform(8, 0, 1)).containsExactly(floats(expected));
            case "rand_float64" -> assertThat(DoubleStream.generate(generator::uniformDouble).limit(4).toArray())
                    .containsExactly(doubles(expected));
            case "randn" -> {
                float[] normals = generator.randn(Integer.parseInt(words[1]));
                checkFields(expected, Map.of("first", startOf(normals), "last", endOf(normals),
                        "sha256", sha256Of(normals), "next_int64", equalTo(generator.nextInt64())));
            }
            case "randn_1" -> assertThat(new float[] {generator.randn(1)[0], generator.randn(1)[0]})
                    .containsExactly(floats(expected));
            case "uniform" -> {
                double k = 0.1414213562373095; // 1/√50
                float[] values = generator.uniform(Integer.parseInt(words[1]), -k, k);
                checkFields(expected, Map.of("first", startOf(values), "sha256", sha256Of(values)));
            }
            case "randperm" -> assertThat(generator.permutation(Integer.parseInt(words[1])))
                    .containsExactly(ints(expected));
            case "random_int64" -> assertThat(LongStream.generate(generator::nextInt64).limit(4).toArray())
                    .containsExactly(longs(expected));
            case "bernoulli" -> {
                boolean[] draws = generator.bernoulli(5000, Double.parseDouble(words[1]));
                float[] values = asFloats(draws);
                long ones = IntStream.range(0, draws.length).filter(i -> draws[i]).count();
                checkFields(expected, Map.of("first", startOf(values), "ones", equalTo(ones),
                        "sha256", sha256Of(values)));
            }
            default -> fail("no check for the vector " + name + "; write one");
        }
    }

    /**
     * Linear layers in order, each with weights and then biases, uniform in ±1/√inputs; 0, 3, 6 … are their positions.
     */
    private static void checkInitialisation(String layers, JsonNode expected) {
        int[] sizes = Stream.of(layers.split("-")).mapToInt(Integer::parseInt).toArray();
        TorchGenerator generator = new TorchGenerator(42);
        Map<String, Consumer<JsonNode>> checks = new LinkedHashMap<>();
        for (int layer = 0; layer < sizes.length - 1; layer++) {
            int inputs = sizes[layer];
            int outputs = sizes[layer + 1];
            double gain = Math.sqrt(2 / (1 + Math.sqrt(5) * Math.sqrt(5)));
            double k = Math.sqrt(3) * (gain / Math.sqrt(inputs));
            float[] weights = generator.uniform(outputs * inputs, -k, k);
            float[] biases = generator.uniform(outputs, -1 / Math.sqrt(inputs), 1 / Math.sqrt(inputs));
            checks.put(3 * layer + ".weight", array(weights));
            checks.put(3 * layer + ".bias", array(biases));
        }
        checkFields(expected, checks);
    }

    /** Each epoch is one shuffled pass over 200 samples and one plain pass. */
    private static void checkLoopShuffles(JsonNode passes) {
        TorchGenerator global = new TorchGenerator(42);
        assertThat(passes).hasSize(3).allSatisfy(pass -> {
            assertThat(LoaderOrder.shuffledPass(global, 200)).containsExactly(ints(pass));
            LoaderOrder.plainPass(global);
        });
    }

    /** Two masks of 200 samples × 25 units with dropout probability 0.1: draws true with 0.9, over 0.9 in float32. */
    private static void checkDropout(JsonNode expected) {
        double keep = 1 - 0.1;
        TorchGenerator global = new TorchGenerator(42);
        LoaderOrder.shuffledPass(global, 200);
        float[] layer1 = scaled(global.bernoulli(200 * 25, keep), 1f / (float) keep);
        float[] layer2 = scaled(global.bernoulli(200 * 25, keep), 1f / (float) keep);
        checkFields(expected, Map.of("first", startOf(layer1),
                "sha256_layer1", sha256Of(layer1), "sha256_layer2", sha256Of(layer2)));
    }

    private static Consumer<JsonNode> array(float[] actual) {
        return expected -> checkFields(expected, Map.of("first", startOf(actual), "sha256", sha256Of(actual)));
    }

    private static float[] scaled(boolean[] draws, float scale) {
        float[] mask = asFloats(draws);
        for (int i = 0; i < mask.length; i++) {
            mask[i] *= scale;
        }
        return mask;
    }
}
