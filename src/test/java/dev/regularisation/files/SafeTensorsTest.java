package dev.regularisation.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.files.SafeTensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tensors: their bytes, what Python makes of the same, and what is refused. */
class SafeTensorsTest {

    @TempDir
    private Path folder;

    private static byte[] bytes(SafeTensors tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tensors.writeTo(out);
        return out.toByteArray();
    }

    /** A file with this header, so many bytes of data, and, where {@code length} is not null, another length in front. */
    private static byte[] file(byte[] header, int data, Long length) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length == null ? header.length : length).put(header).array();
    }

    private static byte[] file(String header, int data) {
        return file(header.getBytes(StandardCharsets.UTF_8), data, null);
    }

    @Test
    @DisplayName("a file, byte for byte: length, JSON padded to a multiple of 8, doubles, then floats, little-endian")
    void byteForByte() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.of(Precision.FLOAT32, List.of(1L, 3L), 1, -2, 0.1));
        tensors.put("b", Tensor.of(Precision.FLOAT64, List.of(), 0.1));
        String header = "{\"__metadata__\":{\"k\":\"λ \\\"1\\\"\"},\"b\":{\"dtype\":\"F64\",\"shape\":[],"
                + "\"data_offsets\":[0,8]},\"w\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[8,20]}}   ";
        int[] data = {
            0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f,
            0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0, 0xcd, 0xcc, 0xcc, 0x3d};
        ByteBuffer expected = ByteBuffer.wrap(file(header, data.length)).position(Long.BYTES + 144);
        Arrays.stream(data).forEach(octet -> expected.put((byte) octet));

        assertThat(bytes(new SafeTensors(Map.of("k", "λ \"1\""), tensors))).isEqualTo(expected.array());
    }

    @Test
    @DisplayName("what Python's package wrote is read, with empty tensors, scalars and NaN, and written again to its bytes")
    void readsPython() throws IOException {
        Path golden = Path.of("golden", "torch", "tensors.safetensors");

        SafeTensors read = SafeTensors.read(golden);

        assertThat(read.metadata()).containsOnly(Map.entry("made by", "Python's \"safetensors\"\n"), Map.entry("λ", "0,021"));
        assertThat(read.tensors()).containsOnlyKeys("none", "λ", "0.bias", "0.weight");
        assertThat(read.tensors().get("0.weight").shape()).containsExactly(2L, 3L);
        assertThat(read.tensors().get("0.weight").toArray())
                .containsExactly(1.5, -0.0, Double.POSITIVE_INFINITY, 0x1p-149, 3, -7);
        assertThat(read.tensors().get("0.bias").toArray()).containsExactly(0.1f, Double.NaN);
        assertThat(read.tensors().get("λ").toArray()).containsExactly(0.1);
        assertThat(read.tensors().get("none").shape()).containsExactly(0L, 3L);
        assertThat(bytes(read)).isEqualTo(Files.readAllBytes(golden));
    }

    @Test
    @DisplayName("tensors longer than a buffer keep every value, are asked for it only when they are written, and reach the "
            + "stream a buffer at a time")
    void longTensors() throws IOException {
        Path file = folder.resolve("long.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("floats", new Tensor(Precision.FLOAT32, List.of(3L, 33_333L), i -> i));
        tensors.put("doubles", new Tensor(Precision.FLOAT64, List.of(33_333L), i -> i / 3.0));

        List<Integer> writes = new ArrayList<>();
        AtomicFiles.write(file, out -> new SafeTensors(Map.of(), tensors).writeTo(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                writes.add(length);
            }
        }));
        SafeTensors read = SafeTensors.read(file);

        // The length, the header, and 666,660 bytes of data.
        assertThat(writes).hasSize(13).contains(65536, 11300);
        tensors.forEach((name, tensor) -> {
            assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
            assertThat(read.tensors().get(name).precision()).isEqualTo(tensor.precision());
            assertThat(read.tensors().get(name).toArray()).isEqualTo(tensor.toArray());
        });
    }

    @Test
    @DisplayName("a file that breaks the format is refused in one line that says what was wanted and what came")
    void refusals() throws IOException {
        String tensor = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        String next = tensor + ",\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[";
        byte[] notUtf8 = "{\"?\":0}".getBytes(StandardCharsets.UTF_8);
        notUtf8[2] = (byte) 0xff;
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("8 bytes, the length of a header, got 7 bytes", new byte[7]);
        cases.put("a header of at most 100000000 bytes, got a length of 18446744073709551615", file(new byte[0], 0, -1L));
        cases.put("a header of at most 100000000 bytes, got a length of 100000001", file(new byte[0], 0, 100_000_001L));
        cases.put("a header of 9 bytes, as the first 8 say, got 4", file(new byte[4], 0, 9L));
        cases.put("a header of 100000000 bytes, as the first 8 say, got 0", file(new byte[0], 0, 100_000_000L));
        cases.put("a header that begins with {, got none", file("", 0));
        cases.put("a header that begins with {, got byte 91", file("[]", 0));
        cases.put("a header in UTF-8, got other bytes", file(notUtf8, 0, null));
        cases.put("a header in JSON, in Unicode and without a name twice, got Broken surrogate pair",
                file("{\"__metadata__\":{\"\\ud800\":\"\"}}", 0));
        cases.put("a header in Unicode, got half a surrogate pair in ", file("{\"__metadata__\":{\"k\":\"\\udc00\"}}", 0));
        cases.put("a header in JSON, in Unicode and without a name twice, got Unexpected end-of-input", file(tensor, 8));
        cases.put("a header in JSON, in Unicode and without a name twice, got Trailing token", file(tensor + "} {}", 8));
        cases.put("a header in JSON, in Unicode and without a name twice, got Duplicate field 'a b'", file("{\"a\\nb\":0,\"a\\nb\":0}", 0));
        cases.put("text by key as __metadata__, got array", file("{\"__metadata__\":[]}", 0));
        cases.put("text as __metadata__ \"k\", got number", file("{\"__metadata__\":{\"k\":1}}", 0));
        cases.put("tensor \"a\\nb\" with dtype, shape and data_offsets, got number", file("{\"a\\nb\":1}", 0));
        cases.put("tensor \"a\" of dtype F32 or F64, got none", file("{\"a\":{}}", 0));
        cases.put("tensor \"a\" of dtype F32 or F64, got \"BF16\"", file(tensor.replace("F32", "BF16") + "}", 8));
        cases.put("tensor \"a\" of dtype F32 or F64, got \"" + "B".repeat(60) + "\";",
                file(tensor.replace("F32", "B".repeat(60)) + "}", 8));
        cases.put("tensor \"a\" of dtype F32 or F64, got \"" + "B".repeat(60) + "...\";",
                file(tensor.replace("F32", "B".repeat(61)) + "}", 8));
        cases.put("tensor \"a\" with a shape of natural numbers, got none", file(tensor.replace("shape", "s") + "}", 8));
        cases.put("tensor \"a\" with a shape of natural numbers, got -2", file(tensor.replace("[2]", "[-2]") + "}", 8));
        cases.put("tensor \"a\" with a shape of natural numbers, got 2.0", file(tensor.replace("[2]", "[2.0]") + "}", 8));
        cases.put("tensor \"a\" with a shape of natural numbers, got string", file(tensor.replace("[2]", "[\"2\"]") + "}", 8));
        cases.put("tensor \"a\" with data_offsets of natural numbers, got 18446744073709551616",
                file(tensor.replace("0,8", "0,18446744073709551616") + "}", 8));
        cases.put("tensor \"a\" with data_offsets of a begin and an end, got [8, 0]",
                file(tensor.replace("0,8", "8,0") + "}", 8));
        cases.put("tensor \"a\" with data_offsets of a begin and an end, got [0]", file(tensor.replace("0,8", "0") + "}", 8));
        cases.put("tensor \"a\" of at most 2147483639 numbers, got shape [4294967296, 4294967296]",
                file(tensor.replace("[2]", "[4294967296,4294967296]") + "}", 8));
        cases.put("tensor \"a\" of at most 2147483639 numbers, got shape [2147483640]",
                file(tensor.replace("[2]", "[2147483640]") + "}", 8));
        cases.put("tensor \"a\" of 8589934556 bytes for F32 of shape [2147483639], got data_offsets [0, 8], 8 bytes",
                file(tensor.replace("[2]", "[2147483639]") + "}", 8));
        cases.put("tensor \"a\" of 12 bytes for F32 of shape [3], got data_offsets [4, 12], 8 bytes",
                file(tensor.replace("[2]", "[3]").replace("0,8", "4,12") + "}", 12));
        cases.put("tensor \"b\" to begin at byte 8 of the data, where the one before it ends, got 4",
                file(next + "4,12]}}", 12));
        cases.put("tensor \"b\" to begin at byte 8 of the data, where the one before it ends, got 16",
                file(next + "16,24]}}", 24));
        cases.put("16 bytes of data, as the header says, got 15", file(next + "8,16]}}", 15));
        cases.put("16 bytes of data, as the header says, got 17", file(next + "8,16]}}", 17));

        for (Map.Entry<String, byte[]> refused : cases.entrySet()) {
            Path file = Files.write(folder.resolve("m.safetensors"), refused.getValue());
            assertThatThrownBy(() -> SafeTensors.read(file)).as(refused.getKey()).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + ": wanted " + refused.getKey()).message().hasLineCount(1)
                    .endsWith("; name a whole file in the format safetensors").doesNotContainPattern("\\p{Cntrl}");
        }
        assertThat(SafeTensors.read(Files.write(folder.resolve("whole"), file(next + "8,16]}}\n ", 16))).tensors()).hasSize(2);
        String otherOrder = "{\"late\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}";
        assertThat(SafeTensors.read(Files.write(folder.resolve("order"), file(otherOrder, 4))).tensors().keySet())
                .containsExactly("none", "late");
        assertThatThrownBy(() -> SafeTensors.read(folder)).hasMessageStartingWith(folder + ": wanted a file, got a folder");
        assertThatThrownBy(() -> SafeTensors.read(folder.resolve("none"))).isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("none") + " (no such file or folder)");
    }

    @Test
    @DisplayName("a set that no file could hold cannot be made")
    void impossible() {
        Tensor scalar = Tensor.of(Precision.FLOAT32, List.of(), 1);

        assertThatThrownBy(() -> new SafeTensors(Map.of(), Map.of("__metadata__", scalar))).hasMessageContaining("other names");
        assertThatThrownBy(() -> new SafeTensors(Map.of("k", "\udc00"), Map.of())).hasMessageContaining("half surrogate pairs");
        assertThatThrownBy(() -> new SafeTensors(Map.of(), Map.of("\udc00", scalar)))
                .hasMessageContaining("half surrogate pairs");
        assertThatThrownBy(() -> Tensor.of(Precision.FLOAT32, List.of(2L, 2L), 1, 2, 3))
                .hasMessage("tensor: wanted 4 values for shape [2, 2], got 3");
        assertThatThrownBy(() -> new Tensor(Precision.FLOAT64, List.of(1L << 60), i -> 0))
                .hasMessage("tensor: wanted fewer than 2^63 bytes, got shape [1152921504606846976]");
        assertThatThrownBy(() -> new Tensor(Precision.FLOAT64, List.of(-1L), i -> 0)).hasMessageContaining("at least 0");
    }
}
