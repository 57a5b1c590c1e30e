package dev.regularisation.data;

import dev.regularisation.setting.Excerpt;
import dev.regularisation.setting.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a {@link Table}, or says in one line where the file is wrong and how to mend it. */
final class TableReader {

    /** Empty lines are records to the parser, so that a record begins on the line after the one before. */
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).setIgnoreEmptyLines(false).get();
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    /** Narrower than {@link Double#parseDouble}, which takes 1f, 0x1p3 and NaN. It never goes back, so that it is linear. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?+(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");
    private static final Set<String> MISSING = Set.of("", "na", "nan", "null", "?");
    private static final String FILL = "; remove the row or fill in a value";

    private final Path file;
    private final byte[] bytes;
    private final int start;
    private final List<String> columns = new ArrayList<>();
    private final double[] values;
    private final int[] lines;
    private int rows;

    private TableReader(Path file, byte[] bytes, long memory) {
        this.file = file;
        this.bytes = bytes;
        start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        int commas = 0;
        int breaks = 0;
        for (int i = start; i < bytes.length; i++) {
            switch (bytes[i]) {
                case ',' -> commas++;
                case '\n', '\r' -> breaks++;
                case 0 -> throw refusal(lineOf(i), "wanted text, got a NUL byte; save the table as CSV in UTF-8");
                default -> { }
            }
        }
        requireUtf8();
        // No file has more fields than separators and one, nor more records than line ends and one.
        long fields = commas + breaks + 1L;
        requireRoom(file, bytes.length + fields * Double.BYTES + (breaks + 1L) * Integer.BYTES, memory);
        values = new double[(int) fields];
        lines = new int[breaks + 1];
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length && bytes[0] == BYTE_ORDER_MARK[0] && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }

    /** Reads a file within so many bytes of memory. */
    static Table read(Path file, long memory) {
        if (!Files.exists(file)) {
            throw refusal(file, "wanted a CSV file, got no such file; check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw refusal(file, "wanted a CSV file, got a folder or device; name a file");
        }
        try {
            long size = Files.size(file);
            if (size >= Limits.LARGEST_ARRAY) {
                throw refusal(file, "wanted fewer than " + Limits.LARGEST_ARRAY + " bytes, to fit one array, got " + size
                        + "; leave out rows or columns");
            }
            requireRoom(file, size, memory);
            return parse(file, Files.readAllBytes(file), memory);
        } catch (IOException e) {
            String reason = e instanceof AccessDeniedException ? "no permission to" : e.getMessage();
            throw new IllegalStateException(file + ": wanted a file to read, got " + reason + "; check its permissions", e);
        }
    }

    private static void requireRoom(Path file, long wanted, long memory) {
        if (wanted > memory) {
            throw new IllegalStateException(file + ": wanted a table that fits into the " + (memory >> 20)
                    + " MiB that this JVM may use, got one of at least " + (wanted >> 20)
                    + " MiB; leave out rows or columns, or start Java with a larger -Xmx");
        }
    }

    /** The table of a file's bytes. */
    static Table parse(Path file, byte[] bytes, long memory) {
        return new TableReader(file, bytes, memory).table();
    }

    private Table table() {
        int line = 1;
        try (CSVParser parser = FORMAT.parse(new InputStreamReader(
                new ByteArrayInputStream(bytes, start, bytes.length - start), StandardCharsets.UTF_8))) {
            for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext();) {
                add(records.next(), line);
                line = (int) parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | UncheckedIOException e) {
            IllegalArgumentException refusal = refusal(line, "wanted each quoted field to end in a quote before a comma or line "
                    + "end, got one that does not; close it, and write a quote inside a field twice");
            refusal.initCause(e);
            throw refusal;
        }
        if (columns.isEmpty()) {
            throw refusal(file, "wanted a header and rows of numbers, got an empty file; check that it was saved");
        }
        if (rows == 0) {
            throw refusal(file, "wanted rows of numbers below the header, got none; add them");
        }
        return new Table(file, sha256(bytes), columns, values, lines, rows);
    }

    private void add(CSVRecord record, int line) {
        if (record.size() == 1 && record.get(0).isEmpty()) {
            return;
        }
        if (columns.isEmpty()) {
            addHeader(record, line);
        } else {
            addRow(record, line);
        }
    }

    private void addHeader(CSVRecord record, int line) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String field : record) {
            String name = field.strip();
            if (name.isEmpty()) {
                throw refusal(line, "wanted a name for each column, got none for column " + (columns.size() + 1) + " of "
                        + record.size() + "; name it, or remove the comma too many");
            }
            columns.add(name);
            Integer earlier = numbers.put(name, columns.size());
            if (earlier != null) {
                throw refusal(line, name, "wanted a name for this column alone, got it for columns " + earlier + " and "
                        + columns.size() + "; rename one");
            }
        }
        if (record.size() == 1 && (columns.get(0).indexOf(';') >= 0 || columns.get(0).indexOf('\t') >= 0)) {
            throw refusal(line, "wanted columns separated by commas, got " + Excerpt.of(columns.get(0))
                    + "; save the file with commas and decimal points");
        }
    }

    private void addRow(CSVRecord record, int line) {
        int count = columns.size();
        if (record.size() < count) {
            throw refusal(line, columns.get(record.size()), "wanted " + count + " fields, one for each column, got "
                    + record.size() + "; add what is missing or remove the row");
        }
        if (record.size() > count) {
            throw refusal(file + ", line " + line + ", after column " + Excerpt.of(columns.get(count - 1)), "wanted " + count
                    + " fields, one for each column, got " + record.size() + "; write numbers without commas inside");
        }
        for (int c = 0; c < count; c++) {
            values[rows * count + c] = number(record.get(c).strip(), line, columns.get(c));
        }
        lines[rows++] = line;
    }

    private double number(String text, int line, String column) {
        if (!NUMBER.matcher(text).matches()) {
            throw refusal(line, column, "wanted a number, got " + whatInstead(text) + FILL);
        }
        double value = Double.parseDouble(text);
        if (Float.isInfinite((float) value)) {
            throw refusal(line, column, "wanted a number that float32 can hold, below 3.4e38, got " + Excerpt.of(text)
                    + "; use a larger unit for the column");
        }
        return value;
    }

    private static String whatInstead(String text) {
        if (text.isEmpty()) {
            return "an empty field, a missing value";
        }
        return Excerpt.of(text) + (MISSING.contains(text.toLowerCase(Locale.ROOT)) ? ", a missing value" : "");
    }

    private void requireUtf8() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(8192);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw refusal(lineOf(in.position()), "wanted UTF-8, got byte 0x%02x; save the file as CSV in UTF-8"
                    .formatted(bytes[in.position()] & 0xff));
        }
    }

    private int lineOf(int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r' && bytes[i + 1] != '\n') {
                line++;
            }
        }
        return line;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private IllegalArgumentException refusal(int line, String column, String what) {
        return refusal(file + ", line " + line + ", column " + Excerpt.of(column), what);
    }

    private IllegalArgumentException refusal(int line, String what) {
        return refusal(file + ", line " + line, what);
    }

    private static IllegalArgumentException refusal(Object place, String what) {
        return new IllegalArgumentException(place + ": " + what);
    }
}
