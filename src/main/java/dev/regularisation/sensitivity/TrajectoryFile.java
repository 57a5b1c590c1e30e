package dev.regularisation.sensitivity;

import dev.regularisation.setting.Excerpt;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a {@link Trajectory} from a CSV file of any program.
 *
 * <p>A header, then a row for each epoch, in any order. Commas, semicolons or tabs separate; with semicolons a comma may be the
 * decimal mark. Thousands may be grouped. An empty field is a value that is missing, {@code nan} and {@code inf} are values. Of an
 * epoch that stands in several rows, as in the log of a run that was resumed, the last row counts.
 */
public final class TrajectoryFile {

    /** The name of the column that counts epochs, for {@code names}. */
    public static final String EPOCH = "epoch";

    private static final long MOST_BYTES = 256L << 20;
    private static final Set<String> EPOCH_NAMES = Set.of(EPOCH, "epochs", "step", "steps", "global_step", "iteration", "iter");
    private static final Map<Column, Set<String>> NAMES = Map.of(
            Column.TRAIN_LOSS, Set.of("train_loss", "training_loss", "loss", "train", "loss_train", "trainloss"),
            Column.VALIDATION_LOSS, Set.of("validation_loss", "val_loss", "valid_loss", "eval_loss", "test_loss", "val",
                    "validation", "loss_val", "loss_validation", "valloss"),
            Column.L1_NORM, Set.of("l1_norm"),
            Column.SQUARED_L2_NORM, Set.of("squared_l2_norm"));
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "null", "none", "-");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern GROUPED = Pattern.compile("[+-]?[0-9]{1,3}(?:[,\u00a0\u202f '\u2019_][0-9]{3})+(?:\\.[0-9]*)?");
    private static final Pattern GROUPED_BY_DOTS = Pattern.compile("[+-]?[0-9]{1,3}(?:\\.[0-9]{3})+,[0-9]*");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]*(?:[eE][+-]?[0-9]+)?");
    /** So many digits tell every number of double precision. */
    private static final int ALL_DIGITS = 17;

    private final Path file;
    private final char separator;
    private final Map<Column, Map<Integer, Cell>> cells = new EnumMap<>(Column.class);
    private int repeated;

    /** A number and how it was printed. */
    private record Cell(double value, int decimals, int digits, boolean scientific) {
    }

    private TrajectoryFile(Path file, char separator) {
        this.file = file;
        this.separator = separator;
    }

    /**
     * Reads a file.
     *
     * @param names names of columns in the file by the name that they have here, {@link #EPOCH} or a {@link Column#id()}; usual names
     *              of other programs need none
     * @throws IOException              when it cannot be read
     * @throws IllegalArgumentException naming the place where it is not such a file, and what to do
     */
    public static Trajectory read(Path file, Map<String, String> names) throws IOException {
        return read(file, names, false);
    }

    /**
     * The same of a file whose numbers are exact however few their digits, as ours are.
     *
     * @param exact whether so
     */
    public static Trajectory read(Path file, Map<String, String> names, boolean exact) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + ": wanted a CSV file or a folder of results, got no such file; check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": wanted a CSV file or a folder with history.csv, got neither");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException(file + ": wanted at most " + (MOST_BYTES >> 20) + " MiB, got "
                    + (Files.size(file) >> 20) + "; leave out rows or columns");
        }
        String text = text(file);
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow(() -> new IllegalArgumentException(
                file + ": wanted a header and a row for each epoch, got an empty file; check that it was saved"));
        TrajectoryFile reader = new TrajectoryFile(file, separator(header));
        reader.parse(text, names);
        return reader.trajectory(exact);
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(file + ": wanted text, got a NUL byte; save the table as CSV in UTF-8");
            }
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": wanted UTF-8, got bytes that are none; save the table as CSV in UTF-8", e);
        }
    }

    private static char separator(String header) {
        return Stream.of('\t', ';').filter(mark -> header.indexOf(mark) >= 0).findFirst().orElse(',');
    }

    private void parse(String text, Map<String, String> names) {
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreSurroundingSpaces(true).get();
        try (CSVParser parser = format.parse(new StringReader(text))) {
            int epoch = -1;
            int width = 0;
            Map<Column, Integer> places = Map.of();
            for (CSVRecord record : parser) {
                if (width == 0) {
                    List<String> header = record.stream().map(String::strip).toList();
                    width = header.size();
                    epoch = place(header, EPOCH, EPOCH_NAMES, names).orElseThrow(() -> new IllegalArgumentException(
                            file + ": wanted a column of epochs, such as epoch or step, got " + Excerpt.of(header)
                                    + "; name it with --columns epoch=NAME"));
                    places = places(header, names);
                } else {
                    add(record, parser.getCurrentLineNumber(), width, epoch, places);
                }
            }
        } catch (UncheckedIOException | IOException e) {
            throw new IllegalArgumentException(file + ": wanted each quoted field to end in a quote before a separator or line end, "
                    + "got one that does not; close it", e);
        }
        if (cells.isEmpty()) {
            throw new IllegalArgumentException(file + ": wanted a row for each epoch below the header, got no value; add them");
        }
    }

    private Map<Column, Integer> places(List<String> header, Map<String, String> names) {
        names.forEach((here, there) -> {
            if (!here.equals(EPOCH) && Stream.of(Column.values()).noneMatch(column -> column.id().equals(here))) {
                throw new IllegalArgumentException("columns: wanted epoch=NAME or one of "
                        + Stream.of(Column.values()).map(Column::id).collect(Collectors.joining(", ")) + ", got " + Excerpt.of(here));
            }
        });
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            place(header, column.id(), NAMES.get(column), names).ifPresent(place -> places.put(column, place));
        }
        if (places.isEmpty()) {
            throw new IllegalArgumentException(file + ": wanted a column of " + Stream.of(Column.values()).map(Column::id)
                    .collect(Collectors.joining(", ")) + ", got " + Excerpt.of(header)
                    + "; name one with --columns validation_loss=NAME");
        }
        return places;
    }

    /** The place of a column, by the name that was given or a usual one. */
    private Optional<Integer> place(List<String> header, String here, Set<String> usual, Map<String, String> names) {
        String given = names.get(here);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (given == null ? usual.contains(plain(name)) : given.equals(name)) {
                found.add(i);
            }
        }
        if (given == null && found.size() > 1) {
            // A file of ours may say "loss" beside "train_loss": our own name goes first.
            List<Integer> own = found.stream().filter(i -> plain(header.get(i)).equals(here)).toList();
            found = own.size() == 1 ? own : found;
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(file + ": wanted one column for " + here + ", got "
                    + Excerpt.of(found.stream().map(header::get).toList()) + "; name one with --columns " + here + "=NAME");
        }
        if (given != null && found.isEmpty()) {
            throw new IllegalArgumentException(file + ": wanted a column " + Excerpt.of(given) + " for " + here + ", got "
                    + Excerpt.of(header));
        }
        return found.stream().findFirst();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s/.\\-]+", "_");
    }

    private void add(CSVRecord record, long line, int width, int epochPlace, Map<Column, Integer> places) {
        if (record.size() == 1 && record.get(0).isBlank()) {
            return;
        }
        if (record.size() != width) {
            throw refusal(line, "wanted " + width + " fields, one for each column, got " + record.size()
                    + (separator == ',' ? "; put numbers with commas inside in quotes" : ""));
        }
        int epoch = epoch(record.get(epochPlace), line);
        boolean again = false;
        for (Map.Entry<Column, Integer> place : places.entrySet()) {
            String text = record.get(place.getValue()).strip();
            if (!MISSING.contains(text.toLowerCase(Locale.ROOT))) {
                again |= cells.computeIfAbsent(place.getKey(), column -> new HashMap<>()).put(epoch, cell(text, line,
                        place.getKey())) != null;
            }
        }
        repeated += again ? 1 : 0;
    }

    private int epoch(String text, long line) {
        Optional<Cell> cell = number(text.strip());
        double value = cell.map(Cell::value).orElse(Double.NaN);
        if (!(value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
            throw refusal(line, "wanted a whole number of 0 or more as epoch, got " + Excerpt.of(text));
        }
        return (int) value;
    }

    private Cell cell(String text, long line, Column column) {
        return number(text).orElseThrow(() -> refusal(line, "wanted a number for " + column.id() + ", got " + Excerpt.of(text)
                + "; write 1234.5, nan, inf or nothing"));
    }

    /** A number in any of the forms that are not ambiguous. */
    private Optional<Cell> number(String text) {
        Double special = switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
        if (special != null) {
            return Optional.of(new Cell(special, 0, ALL_DIGITS, true));
        }
        String plain = text;
        if (separator == ';' && GROUPED_BY_DOTS.matcher(text).matches()) {
            plain = text.replace(".", "").replace(',', '.');
        } else if (separator == ';' && DECIMAL_COMMA.matcher(text).matches()) {
            plain = text.replace(',', '.');
        } else if (GROUPED.matcher(text).matches()) {
            plain = text.replaceAll("[,\u00a0\u202f '\u2019_]", "");
        }
        if (!NUMBER.matcher(plain).matches()) {
            return Optional.empty();
        }
        String mantissa = plain.replaceFirst("[eE].*", "");
        int point = mantissa.indexOf('.');
        int digits = mantissa.replaceFirst("^[+-]?[0.]*", "").replace(".", "").length();
        return Optional.of(new Cell(Double.parseDouble(plain), point < 0 ? 0 : mantissa.length() - point - 1, digits,
                mantissa.length() < plain.length()));
    }

    private Trajectory trajectory(boolean exact) {
        Map<Column, Map<Integer, Reading>> columns = new EnumMap<>(Column.class);
        List<String> remarks = new ArrayList<>();
        Map<String, Integer> few = new LinkedHashMap<>();
        cells.forEach((column, byEpoch) -> {
            List<Cell> finite = byEpoch.values().stream().filter(cell -> Double.isFinite(cell.value)).toList();
            boolean fixed = finite.stream().noneMatch(Cell::scientific)
                    && finite.stream().mapToInt(Cell::decimals).distinct().count() == 1;
            int digits = finite.stream().mapToInt(Cell::digits).max().orElse(ALL_DIGITS);
            Map<Integer, Reading> readings = new TreeMap<>();
            byEpoch.forEach((epoch, cell) -> readings.put(epoch, new Reading(cell.value,
                    exact ? 0 : uncertainty(cell, fixed, digits))));
            columns.put(column, readings);
            if (!exact && digits < ALL_DIGITS - 1) {
                few.put(column.title(), fixed ? finite.get(0).decimals : digits);
            }
        });
        if (repeated > 0) {
            remarks.add(repeated + (repeated == 1 ? " row is" : " rows are") + " of an epoch that stands in an earlier row; the last counts");
        }
        few.forEach((title, digits) -> remarks.add("the " + title + " has " + digits + " digits; what they hide is taken for equal"));
        return new Trajectory(file.toString(), columns, remarks);
    }

    /**
     * Half a unit of the last digit. Values that all have as many decimals were printed so; else they were printed with as many
     * significant digits as the longest has, and zeros at the end left out.
     */
    private static double uncertainty(Cell cell, boolean fixed, int digits) {
        if (!Double.isFinite(cell.value) || digits >= ALL_DIGITS - 1) {
            return 0;
        }
        if (fixed) {
            return 0.5 * StrictMath.pow(10, -cell.decimals);
        }
        int exponent = cell.value == 0 ? 0 : (int) Math.floor(StrictMath.log10(Math.abs(cell.value)));
        return 0.5 * StrictMath.pow(10, exponent - digits + 1.0);
    }

    private IllegalArgumentException refusal(long line, String what) {
        return new IllegalArgumentException(file + ", line " + line + ": " + what);
    }
}
