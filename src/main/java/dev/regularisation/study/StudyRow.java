package dev.regularisation.study;

import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What a study keeps of a run: which one, {@link Measure}s, and the digest of its whole history. Equal rows have equal bits, NaN
 * being itself.
 *
 * @param cell     which run
 * @param measures those that it has
 * @param sha256   {@link dev.regularisation.training.History#sha256()}
 */
public record StudyRow(StudyCell cell, Map<Measure, Double> measures, String sha256) {

    /** Names of the columns that say which run a row is of, with what they mean. */
    private static final Map<String, String> OF_CELL = Stream.of(
            Map.entry("method", "experiment of the post, whose plan is trained"),
            Map.entry("train_size", "training samples"),
            Map.entry("strength", "weight decay, lambda of L2 or L1, probability of dropout or samples in a minibatch; 0 for none"),
            Map.entry("settings", "further settings of the plan, where not the method's"),
            Map.entry("seed", "seed of every stage")).collect(Collectors.toMap(Map.Entry::getKey,
                    Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));

    private static final String DIGEST = "history_sha256";

    /** Names of the columns, in order. */
    public static final List<String> COLUMNS = Stream.of(OF_CELL.keySet().stream(),
            Stream.of(Measure.values()).map(Measure::column), Stream.of(DIGEST)).flatMap(names -> names).toList();

    private static final String DIGEST_FORM = "[0-9a-f]{64}";

    public StudyRow {
        Map<Measure, Double> copy = new EnumMap<>(Measure.class);
        copy.putAll(measures);
        measures = Collections.unmodifiableMap(copy);
        int epochs = cell.plan().epochs();
        for (Measure measure : List.of(Measure.EPOCHS, Measure.BEST_EPOCH, Measure.DIVERGED)) {
            Double epoch = measures.get(measure);
            if (epoch != null && !(epoch >= 0 && epoch <= epochs)) {
                throw new IllegalArgumentException(measure.column() + ": wanted an epoch from 0 to " + epochs + ", got "
                        + measure.text(epoch));
            }
        }
        // Losses and norms may be anything, NaN too: a run that diverges is a result.
        if (!sha256.matches(DIGEST_FORM)) {
            throw new IllegalArgumentException(DIGEST + ": wanted a SHA-256, got \"" + sha256 + "\"");
        }
    }

    /** The row of a finished run. */
    public static StudyRow of(StudyCell cell, TrainingResult result) {
        MeasuredRun run = new MeasuredRun(result);
        Map<Measure, Double> measures = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            measure.of(run).ifPresent(value -> measures.put(measure, value));
        }
        return new StudyRow(cell, measures, result.history().sha256());
    }

    /**
     * A measure that every run has, or that this one is known to have.
     *
     * @throws IllegalArgumentException where it does not
     */
    public double get(Measure measure) {
        return find(measure).orElseThrow(() -> new IllegalArgumentException(
                measure.column() + ": wanted a run that has it, got " + cell));
    }

    /** A measure. */
    public OptionalDouble find(Measure measure) {
        Double value = measures.get(measure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The least validation loss of all epochs. */
    public double bestValidationLoss() {
        return get(Measure.BEST_VALIDATION_LOSS);
    }

    /** Whether the run diverged. */
    public boolean diverged() {
        return measures.containsKey(Measure.DIVERGED);
    }

    /** The columns in which two rows of one cell differ. */
    public List<String> differences(StudyRow other) {
        List<String> differing = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            if (!Objects.equals(measures.get(measure), other.measures.get(measure))) {
                differing.add(measure.column());
            }
        }
        if (!sha256.equals(other.sha256)) {
            differing.add(DIGEST);
        }
        return differing;
    }

    /** What stands in some of the columns of {@link #differences}. */
    public List<String> texts(List<String> columns) {
        return columns.stream().map(column -> Measure.of(column).map(measure -> measures.containsKey(measure)
                ? measure.text(measures.get(measure)) : "nothing").orElse(sha256)).toList();
    }

    /** What the columns mean, in order, by name. */
    static Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>(OF_CELL);
        Stream.of(Measure.values()).forEach(measure -> definitions.put(measure.column(), measure.definition()));
        definitions.put(DIGEST, "SHA-256 of the losses and all parameters of every epoch");
        return definitions;
    }

    /** The line of a file, without its end. */
    public String line() {
        List<Object> cells = new ArrayList<>(List.of(cell.columns()));
        for (Measure measure : Measure.values()) {
            Double value = measures.get(measure);
            cells.add(value == null ? "" : measure.text(value));
        }
        cells.add(sha256);
        return CSVFormat.DEFAULT.format(cells.toArray());
    }

    /**
     * The row of a line.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static StudyRow parse(String line) {
        String[] f = cells(line);
        if (f.length != COLUMNS.size()) {
            throw new IllegalArgumentException("wanted " + COLUMNS.size() + " columns, got " + f.length);
        }
        StudyCell cell = StudyCell.of(f);
        Map<Measure, Double> measures = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            String text = f[OF_CELL.size() + measure.ordinal()];
            if (!text.isEmpty()) {
                measures.put(measure, measure.read(text));
            }
        }
        return new StudyRow(cell, measures, f[f.length - 1]);
    }

    /** The cells of one line; none of an empty one. */
    static String[] cells(String line) {
        try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? records.get(0).values() : new String[0];
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("wanted comma-separated values, got " + e.getMessage(), e);
        }
    }
}
