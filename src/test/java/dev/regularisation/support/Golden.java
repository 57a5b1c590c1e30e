package dev.regularisation.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Reference values made by PyTorch, in {@code golden/torch}; its README and CASES.md say how. */
public final class Golden {

    private static final Path FOLDER = Path.of("golden", "torch");

    private Golden() {
    }

    /** A file that a script of the folder names, beside itself or relative to it. */
    public static Path path(String name) {
        return FOLDER.resolve(name).normalize();
    }

    /** A file of the folder; a missing one fails the test that asks for it. */
    public static JsonNode read(String name) {
        try {
            return new ObjectMapper().readTree(FOLDER.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + FOLDER.resolve(name) + " cannot be read", e);
        }
    }

    /** The rows of a CSV file with a header; a missing file fails the test that asks for it. */
    public static List<CSVRecord> rows(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader).getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file + " cannot be read", e);
        }
    }

    /** A member that must be there. */
    public static JsonNode member(JsonNode node, String name) {
        JsonNode member = node.get(name);
        if (member == null) {
            throw new IllegalArgumentException("golden file: wanted a member \"" + name + "\"");
        }
        return member;
    }

    /** A JSON array of numbers. */
    public static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::doubleValue).toArray();
    }

    /** As {@code oracle.py} takes it: over the little-endian float32 bytes. */
    public static String sha256(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The same of values that are float32 numbers held in doubles. */
    public static String sha256(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return sha256(narrow);
    }
}
