package dev.regularisation.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.regularisation.backend.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/**
 * Named tensors and a map of text, as the files of the Python package {@code safetensors} hold them.
 *
 * <p>A file is the length N of the header, 8 bytes little-endian; N bytes of JSON, which give each tensor's dtype, shape and
 * place in the data, padded with blanks to a multiple of 8; the data, little-endian, row-major, without gaps. The bytes are a
 * function of the content and its order.
 */
public final class SafeTensors {

    /** The longest header that readers of the format accept, in bytes. */
    static final int LONGEST_HEADER = 100_000_000;
    /** The key of the header that is no tensor. */
    static final String METADATA = "__metadata__";

    private static final int ALIGNMENT = Double.BYTES;
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_QUOTE = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> metadata;
    private final Map<String, Tensor> tensors;
    private final byte[] header;

    /**
     * A set of tensors.
     *
     * @param metadata text by key; copied
     * @param tensors  by name; copied. Those of float64 come first, then those of float32, each in the order given: every
     *                 number then lies at a multiple of its size, for readers that map a file into memory
     */
    public SafeTensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        for (Precision precision : List.of(Precision.FLOAT64, Precision.FLOAT32)) {
            tensors.forEach((name, tensor) -> {
                if (tensor.precision() == precision) {
                    ordered.put(name, tensor);
                }
            });
        }
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        this.tensors = Collections.unmodifiableMap(ordered);
        this.header = header();
    }

    /**
     * A tensor.
     *
     * @param precision the format of its numbers in a file
     * @param shape     its extents, none for a scalar; none is negative
     * @param values    its values in row-major order, from 0; the same for the same index whenever asked
     */
    public record Tensor(Precision precision, List<Long> shape, LongToDoubleFunction values) {

        public Tensor {
            shape = List.copyOf(shape);
            try {
                Math.multiplyExact(count(shape), precision.bytes());
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("tensor: wanted fewer than 2^63 bytes, got shape " + shape, e);
            }
        }

        /** A tensor of these values, which are copied. */
        public static Tensor of(Precision precision, List<Long> shape, double... values) {
            double[] copy = values.clone();
            Tensor tensor = new Tensor(precision, shape, i -> copy[(int) i]);
            if (tensor.size() != copy.length) {
                throw new IllegalArgumentException(
                        "tensor: wanted " + tensor.size() + " values for shape " + shape + ", got " + copy.length);
            }
            return tensor;
        }

        /** Number of values, 1 for a scalar. */
        public long size() {
            return count(shape);
        }

        /** Bytes of the values in a file. */
        long bytes() {
            return size() * precision.bytes();
        }

        /** All values, row-major, a copy. */
        public double[] toArray() {
            double[] result = new double[Math.toIntExact(size())];
            Arrays.setAll(result, values::applyAsDouble);
            return result;
        }

        /** Product of the extents; throws {@link ArithmeticException} where it overflows. */
        static long count(List<Long> shape) {
            long count = 1;
            for (long extent : shape) {
                if (extent < 0) {
                    throw new IllegalArgumentException("tensor: wanted extents of at least 0, got shape " + shape);
                }
                count = Math.multiplyExact(count, extent);
            }
            return count;
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException              when it cannot be read, naming it and the reason
     * @throws IllegalArgumentException when it is not such a file, whole and valid, or has tensors other than of float32 and
     *                                  float64, or too large for an array; one line, which names it
     */
    public static SafeTensors read(Path file) throws IOException {
        return new SafeTensorsReader(file).read();
    }

    /** The text by key, in order; unmodifiable. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The tensors by name, in order; unmodifiable. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** Writes the bytes of a file, asking each tensor for its values as they are needed; {@code out} stays open. */
    public void writeTo(OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(header.length);
        flush(buffer, out);
        out.write(header);
        for (Tensor tensor : tensors.values()) {
            boolean single = tensor.precision() == Precision.FLOAT32;
            long size = tensor.size();
            for (long i = 0; i < size; i++) {
                // Filled to its last byte: its size is a multiple of both formats', and doubles come first.
                if (!buffer.hasRemaining()) {
                    flush(buffer, out);
                }
                double value = tensor.values().applyAsDouble(i);
                if (single) {
                    buffer.putFloat((float) value);
                } else {
                    buffer.putDouble(value);
                }
            }
        }
        flush(buffer, out);
    }

    private static void flush(ByteBuffer buffer, OutputStream out) throws IOException {
        out.write(buffer.array(), buffer.arrayOffset(), buffer.position());
        buffer.clear();
    }

    private byte[] header() {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            entries.put(METADATA, metadata);
            metadata.forEach((key, text) -> List.of(key, text).forEach(SafeTensors::requireUnicode));
        }
        long end = 0;
        for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            requireUnicode(named.getKey());
            long begin = end;
            end = Math.addExact(begin, named.getValue().bytes());
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", dtype(named.getValue().precision()));
            entry.put("shape", named.getValue().shape());
            entry.put("data_offsets", List.of(begin, end));
            if (named.getKey().equals(METADATA)) {
                throw new IllegalArgumentException("safetensors: wanted tensors of other names than " + METADATA + ", got one");
            }
            entries.put(named.getKey(), entry);
        }
        try {
            byte[] json = JSON.writeValueAsBytes(entries);
            byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
            Arrays.fill(padded, json.length, padded.length, (byte) ' ');
            if (padded.length > LONGEST_HEADER) {
                throw new IllegalArgumentException("safetensors: wanted names and metadata that fit " + LONGEST_HEADER
                        + " bytes, got " + padded.length);
            }
            return padded;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers are JSON", e);
        }
    }

    private static void requireUnicode(String text) {
        if (!isUnicode(text)) {
            throw new IllegalArgumentException(
                    "safetensors: wanted text without half surrogate pairs, which UTF-8 cannot hold, got " + quote(text));
        }
    }

    /** Whether UTF-8 can hold {@code text}. */
    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** What the format calls a precision. */
    static String dtype(Precision precision) {
        return precision == Precision.FLOAT32 ? "F32" : "F64";
    }

    /** Text from a file in a message: in quotation marks, on one line, not too long. */
    static String quote(String text) {
        return TextNode.valueOf(text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text).toString();
    }
}
