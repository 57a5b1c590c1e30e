package dev.regularisation.sensitivity;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.Precision;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.training.TrainingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Keeps a {@link RoundingBand} in a file, since to train its runs takes minutes and to read them a moment: a line that says whose
 * it is, then a row for each run and epoch, run 0 being the plan's own.
 */
public final class BandFile {

    /** Name of the file, beside results. */
    public static final String NAME = "rounding-band.csv";

    private static final String RUN = "neighbour";
    private static final String EPOCH = TrajectoryFile.EPOCH;
    private static final ObjectMapper JSON = new ObjectMapper();

    private BandFile() {
    }

    /** The first line of a file: what its band is of. */
    private static String head(TrainingPlan plan, Precision precision) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("format", 1);
        head.put("precision", precision.name().toLowerCase(Locale.ROOT));
        head.put("plan", plan.toBuilder().set(TrainingPlan.NEIGHBOUR, null).build().changed());
        head.put("samples", plan.problem().fingerprint());
        return "# neighbours of a run, one unit in the last place away at the start: " + JSON.valueToTree(head);
    }

    /**
     * The band that a file keeps of a plan, with at least so many neighbours; nothing where there is no file, or one of another
     * plan, of fewer neighbours or of another version, or one that is damaged: then it is trained anew.
     */
    public static Optional<RoundingBand> read(Path file, TrainingPlan plan, Precision precision, int neighbours) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            if (!head(plan, precision).equals(reader.readLine())) {
                return Optional.empty();
            }
            List<Map<Column, Map<Integer, Reading>>> runs = new ArrayList<>();
            try (CSVParser parser = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
                for (CSVRecord row : parser) {
                    int run = Integer.parseInt(row.get(RUN));
                    while (runs.size() <= run) {
                        runs.add(new EnumMap<>(Column.class));
                    }
                    for (Column column : Column.values()) {
                        runs.get(run).computeIfAbsent(column, key -> new TreeMap<>()).put(Integer.parseInt(row.get(EPOCH)),
                                Reading.exact(Double.parseDouble(row.get(column.id()))));
                    }
                }
            }
            boolean whole = runs.size() > neighbours && runs.stream().allMatch(run -> !run.isEmpty()
                    && run.get(Column.TRAIN_LOSS).size() == runs.get(0).get(Column.TRAIN_LOSS).size());
            return whole ? Optional.of(band(runs.subList(0, neighbours + 1), precision)) : Optional.empty();
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static RoundingBand band(List<Map<Column, Map<Integer, Reading>>> runs, Precision precision) {
        List<Trajectory> all = new ArrayList<>();
        for (Map<Column, Map<Integer, Reading>> run : runs) {
            all.add(new Trajectory(name(all.size()), run, List.of()));
        }
        return new RoundingBand(all.get(0), all.subList(1, all.size()), precision);
    }

    /** What the run of a number is called. */
    public static String name(int number) {
        return number == Neighbours.NONE ? "the plan's own run" : "neighbour " + number;
    }

    /** Keeps a band, atomically. */
    public static void write(Path file, TrainingPlan plan, Precision precision, RoundingBand band) throws IOException {
        AtomicFiles.write(file, out -> {
            OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(head(plan, precision) + "\n");
            CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
            csv.printRecord(Stream.concat(Stream.of(RUN, EPOCH), Stream.of(Column.values()).map(Column::id)).toList());
            List<Trajectory> runs = Stream.concat(Stream.of(band.own()), band.neighbours().stream()).toList();
            for (int run = 0; run < runs.size(); run++) {
                for (int epoch : band.own().readings(Column.TRAIN_LOSS).keySet()) {
                    List<Object> row = new ArrayList<>(List.of(run, epoch));
                    for (Column column : Column.values()) {
                        row.add(runs.get(run).readings(column).get(epoch).value());
                    }
                    csv.printRecord(row);
                }
            }
            csv.flush();
        });
    }
}
