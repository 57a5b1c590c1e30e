package dev.regularisation.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.regularisation.backend.Precision;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/**
 * Reads a file of {@link SafeTensors}, trusting nothing in it: no more is allocated than the file is long, and what the header
 * says is compared with the file before a number is read.
 */
final class SafeTensorsReader {

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    /** Numbers read at a time. */
    private static final int CHUNK = 1 << 13;
    private static final int LONGEST_REASON = 120;
    private static final ObjectMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Path file;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();

    SafeTensorsReader(Path file) {
        this.file = file;
    }

    /** Where the header places a tensor in the data, in bytes. */
    private record Place(String name, Precision precision, List<Long> shape, long begin, long end) {

        int size() {
            return (int) ((end - begin) / precision.bytes());
        }
    }

    SafeTensors read() throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw refusal("a file", "a folder or device");
        }
        AtomicFiles.naming(file, () -> {
            try (FileChannel channel = FileChannel.open(file)) {
                read(channel);
            }
        });
        return new SafeTensors(metadata, tensors);
    }

    private void read(FileChannel channel) throws IOException {
        long rest = channel.size() - Long.BYTES;
        if (rest < 0) {
            throw refusal("8 bytes, the length of a header", channel.size() + " bytes");
        }
        long length = next(channel, Long.BYTES).getLong();
        if (length < 0 || length > SafeTensors.LONGEST_HEADER) {
            throw refusal("a header of at most " + SafeTensors.LONGEST_HEADER + " bytes",
                    "a length of " + Long.toUnsignedString(length));
        }
        if (length > rest) {
            throw refusal("a header of " + length + " bytes, as the first 8 say", rest);
        }
        List<Place> places = places(header(next(channel, (int) length)));
        requireNoGaps(places, rest - length);
        for (Place place : places) {
            tensors.put(place.name(),
                    new SafeTensors.Tensor(place.precision(), place.shape(), values(channel, place)));
        }
    }

    private JsonNode header(ByteBuffer bytes) {
        if (!bytes.hasRemaining() || bytes.get(0) != '{') {
            throw refusal("a header that begins with {", bytes.hasRemaining() ? "byte " + (bytes.get(0) & 0xff) : "none");
        }
        try {
            return JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            throw refusal("a header in UTF-8", "other bytes", e);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().replaceAll("[\\p{Cntrl}\\s]+", " ");
            throw refusal("a header in JSON, in Unicode and without a name twice",
                    reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), e);
        }
    }

    private List<Place> places(JsonNode header) {
        List<Place> places = new ArrayList<>();
        header.properties().forEach(named -> {
            if (named.getKey().equals(SafeTensors.METADATA)) {
                readMetadata(named.getValue());
            } else {
                places.add(place(unicode(named.getKey()), named.getValue()));
            }
        });
        places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
        return places;
    }

    private void readMetadata(JsonNode entries) {
        if (!entries.isObject()) {
            throw refusal("text by key as " + SafeTensors.METADATA, kind(entries));
        }
        entries.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw refusal("text as " + SafeTensors.METADATA + " " + SafeTensors.quote(entry.getKey()),
                        kind(entry.getValue()));
            }
            metadata.put(unicode(entry.getKey()), unicode(entry.getValue().textValue()));
        });
    }

    private String unicode(String text) {
        if (!SafeTensors.isUnicode(text)) {
            throw refusal("a header in Unicode", "half a surrogate pair in " + SafeTensors.quote(text));
        }
        return text;
    }

    private Place place(String name, JsonNode entry) {
        String tensor = "tensor " + SafeTensors.quote(name);
        if (!entry.isObject()) {
            throw refusal(tensor + " with dtype, shape and data_offsets", kind(entry));
        }
        String dtype = entry.path("dtype").asText();
        Precision precision = switch (dtype) {
            case "F32" -> Precision.FLOAT32;
            case "F64" -> Precision.FLOAT64;
            default -> throw refusal(tensor + " of dtype F32 or F64",
                    entry.path("dtype").isTextual() ? SafeTensors.quote(dtype) : kind(entry.path("dtype")));
        };
        List<Long> shape = naturals(tensor + " with a shape of natural numbers", entry.path("shape"));
        List<Long> offsets = naturals(tensor + " with data_offsets of natural numbers", entry.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw refusal(tensor + " with data_offsets of a begin and an end", offsets);
        }
        Place place = new Place(name, precision, shape, offsets.get(0), offsets.get(1));
        long bytes = bytes(tensor, place);
        if (bytes != place.end() - place.begin()) {
            throw refusal(tensor + " of " + bytes + " bytes for " + dtype + " of shape " + shape,
                    "data_offsets " + offsets + ", " + (place.end() - place.begin()) + " bytes");
        }
        return place;
    }

    private long bytes(String tensor, Place place) {
        String wanted = tensor + " of at most " + LARGEST_ARRAY + " numbers";
        try {
            long count = SafeTensors.Tensor.count(place.shape());
            if (count > LARGEST_ARRAY) {
                throw refusal(wanted, "shape " + place.shape());
            }
            return count * place.precision().bytes();
        } catch (ArithmeticException e) {
            throw refusal(wanted, "shape " + place.shape(), e);
        }
    }

    private List<Long> naturals(String wanted, JsonNode list) {
        List<Long> numbers = new ArrayList<>();
        if (!list.isArray()) {
            throw refusal(wanted, kind(list));
        }
        for (JsonNode number : list) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw refusal(wanted, number.isNumber() ? number : kind(number));
            }
            numbers.add(number.longValue());
        }
        return numbers;
    }

    private void requireNoGaps(List<Place> places, long data) {
        long end = 0;
        for (Place place : places) {
            if (place.begin() != end) {
                throw refusal("tensor " + SafeTensors.quote(place.name()) + " to begin at byte " + end
                        + " of the data, where the one before it ends", place.begin());
            }
            end = place.end();
        }
        if (end != data) {
            throw refusal(end + " bytes of data, as the header says", data);
        }
    }

    private static LongToDoubleFunction values(FileChannel channel, Place place) throws IOException {
        if (place.precision() == Precision.FLOAT32) {
            FloatBuffer floats = FloatBuffer.allocate(place.size());
            while (floats.hasRemaining()) {
                floats.put(next(channel, Math.min(CHUNK, floats.remaining()) * Float.BYTES).asFloatBuffer());
            }
            return i -> floats.get((int) i);
        }
        DoubleBuffer doubles = DoubleBuffer.allocate(place.size());
        while (doubles.hasRemaining()) {
            doubles.put(next(channel, Math.min(CHUNK, doubles.remaining()) * Double.BYTES).asDoubleBuffer());
        }
        return i -> doubles.get((int) i);
    }

    private static ByteBuffer next(FileChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) == -1) {
                throw new EOFException("the file got shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static String kind(JsonNode node) {
        return node.isMissingNode() ? "none" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private IllegalArgumentException refusal(String wanted, Object got) {
        return refusal(wanted, got, null);
    }

    private IllegalArgumentException refusal(String wanted, Object got, Exception cause) {
        String text = String.valueOf(got);
        return new IllegalArgumentException(file + ": wanted " + wanted + ", got " + text
                + "; name a whole file in the format safetensors", cause);
    }
}
