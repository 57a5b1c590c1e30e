package dev.regularisation.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** PyTorch's answers in golden/torch, and how they are written there. */
final class TorchGolden {
    private TorchGolden() {
    }

    static JsonNode read(String file) {
        try {
            return new ObjectMapper().readTree(Path.of("golden", "torch", file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("golden/torch/" + file + " is needed; restore it from version control", e);
        }
    }

    /** Runs one check for each field of a vector; a field without a check, or a check without its field, fails. */
    static void checkFields(JsonNode vector, Map<String, Consumer<JsonNode>> checks) {
        assertThat(vector.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(checks.keySet());
        checks.forEach((name, check) -> check.accept(vector.get(name)));
    }

    static Consumer<JsonNode> startOf(float[] actual) {
        return expected -> assertThat(Arrays.copyOf(actual, expected.size()))
                .containsExactly(floats(expected));
    }

    static Consumer<JsonNode> endOf(float[] actual) {
        return expected -> assertThat(
                Arrays.copyOfRange(actual, actual.length - expected.size(), actual.length))
                .containsExactly(floats(expected));
    }

    static Consumer<JsonNode> sha256Of(float[] actual) {
        return expected -> assertThat(sha256(actual)).isEqualTo(expected.asText());
    }

    static Consumer<JsonNode> equalTo(long actual) {
        return expected -> {
            assertThat(expected.isIntegralNumber()).isTrue();
            assertThat(actual).isEqualTo(expected.asLong());
        };
    }

    /** Floats, hexadecimal or integers; each must be a float exactly, so that narrowing hides nothing. */
    static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            double value = Double.parseDouble(array.get(i).asText());
            values[i] = (float) value;
            assertThat((double) values[i]).isEqualTo(value);
        }
        return values;
    }

    static double[] doubles(JsonNode array) {
        return elements(array).mapToDouble(e -> Double.parseDouble(e.asText())).toArray();
    }

    static int[] ints(JsonNode array) {
        return elements(array).mapToInt(JsonNode::intValue).toArray();
    }

    static long[] longs(JsonNode array) {
        return elements(array).mapToLong(JsonNode::longValue).toArray();
    }

    /** Zeros and ones, as PyTorch stores draws that are false or true. */
    static float[] asFloats(boolean[] draws) {
        float[] values = new float[draws.length];
        for (int i = 0; i < draws.length; i++) {
            values[i] = draws[i] ? 1 : 0;
        }
        return values;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String sha256(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
