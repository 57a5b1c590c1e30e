package dev.regularisation.sensitivity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.Golden;
import dev.regularisation.training.GoldenCurve;
import dev.regularisation.training.Recording;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The rounding bands of every plan that PyTorch carried out, in one precision, kept in {@code golden/bands}: our run and its
 * neighbours, at epochs of PyTorch's histories. To train all of them takes some two minutes a precision; each build trains
 * {@link #AGAIN} of their runs again.
 */
public record TorchBands(Precision precision) {

    /** Of PyTorch's histories in float32. */
    public static final TorchBands FLOAT32 = new TorchBands(Precision.FLOAT32);
    /** Of those in float64. */
    public static final TorchBands FLOAT64 = new TorchBands(Precision.FLOAT64);
    /** How many neighbours a band has. */
    public static final int NEIGHBOURS = 16;
    /** How many runs a build trains again. */
    public static final int AGAIN = 3;
    private static final Path FOLDER = Path.of("golden", "bands");
    /** What PyTorch's histories have. */
    private static final List<Column> COLUMNS = List.of(Column.TRAIN_LOSS, Column.VALIDATION_LOSS);
    private static final List<String> FILES = List.of("training.json", "options.json", "options-more.json", "cases-training.json");
    /** Of histories that have every epoch; up to 30 all plans have these. */
    private static final Set<Integer> EPOCHS = new TreeSet<>(List.of(0, 1, 2, 3, 4, 5, 7, 9, 12, 15, 20, 25, 30));
    /** A history with more epochs than that is long. */
    private static final int LONG = 100;

    private String title() {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    private Path file() {
        return FOLDER.resolve(title() + ".csv");
    }

    /** PyTorch's histories by name, as they stand in the files. */
    public Map<String, GoldenCurve> histories() {
        String suffix = " " + title();
        Map<String, GoldenCurve> histories = new LinkedHashMap<>();
        for (String file : FILES) {
            JsonNode runs = Golden.read(file);
            runs.fieldNames().forEachRemaining(name -> {
                if (name.endsWith(suffix)) {
                    String plan = name.substring(0, name.length() - suffix.length());
                    if (histories.put(plan, new GoldenCurve(runs.get(name))) != null) {
                        throw new IllegalStateException("golden/torch: wanted names of histories that differ, got \"" + plan
                                + "\" twice, the second time in " + file);
                    }
                }
            });
        }
        return histories;
    }

    /** The name of a history of the post's. */
    public static String name(PostExperiment run, int trainSize) {
        return run.id() + " train=" + trainSize;
    }

    /** PyTorch's record of a run. */
    public static Trajectory torch(String name, GoldenCurve curve) {
        double[] epochs = curve.epochs();
        Map<Integer, Reading> train = new TreeMap<>();
        Map<Integer, Reading> validation = new TreeMap<>();
        for (int i = 0; i < epochs.length; i++) {
            train.put((int) epochs[i], Reading.exact(curve.trainLoss()[i]));
            validation.put((int) epochs[i], Reading.exact(curve.validationLoss()[i]));
        }
        return new Trajectory(name, Map.of(Column.TRAIN_LOSS, train, Column.VALIDATION_LOSS, validation), List.of());
    }

    /** The bands as they are kept, by the name of the history. */
    public Map<String, RoundingBand> kept() {
        Map<String, List<Map<Column, Map<Integer, Reading>>>> runs = new LinkedHashMap<>();
        for (CSVRecord row : Golden.rows(file())) {
            List<Map<Column, Map<Integer, Reading>>> own = runs.computeIfAbsent(row.get("history"), key -> new ArrayList<>());
            int run = Integer.parseInt(row.get("neighbour"));
            while (own.size() <= run) {
                own.add(new EnumMap<>(Column.class));
            }
            for (Column column : COLUMNS) {
                own.get(run).computeIfAbsent(column, key -> new TreeMap<>()).put(Integer.parseInt(row.get("epoch")),
                        Reading.exact(Double.parseDouble(row.get(column.id()))));
            }
        }
        Map<String, RoundingBand> bands = new LinkedHashMap<>();
        runs.forEach((name, own) -> {
            List<Trajectory> all = IntStream.range(0, own.size()).mapToObj(i -> new Trajectory(BandFile.name(i), own.get(i),
                    List.of())).toList();
            bands.put(name, new RoundingBand(all.get(0), all.subList(1, all.size()), precision));
        });
        return Collections.unmodifiableMap(bands);
    }

    /** PyTorch's histories in a precision, each judged by the band of its plan: T in parts of the limit. */
    public DoubleStream judged(TorchBands torch) {
        Map<String, RoundingBand> bands = kept();
        return torch.histories().entrySet().stream().mapToDouble(history ->
                bands.get(history.getKey()).judge(torch(history.getKey(), history.getValue())).share());
    }

    /** Each neighbour of each band, judged by the others. */
    public DoubleStream neighboursByTheOthers() {
        return kept().values().stream().flatMapToDouble(this::eachByTheOthers);
    }

    private DoubleStream eachByTheOthers(RoundingBand band) {
        return band.neighbours().stream().mapToDouble(judged -> new RoundingBand(band.own(), band.neighbours().stream()
                .filter(other -> !other.equals(judged)).toList(), precision).judge(judged).share());
    }

    /** One run of a band, trained now, at the epochs that are kept. */
    Trajectory trained(String name, int neighbour) {
        return trained(name, histories().get(name), List.of(neighbour)).get(0);
    }

    private List<Trajectory> trained(String name, GoldenCurve curve, List<Integer> neighbours) {
        Set<Integer> epochs = new TreeSet<>();
        for (double epoch : curve.epochs()) {
            if (curve.lastEpoch() > LONG || EPOCHS.contains((int) epoch) || epoch == curve.lastEpoch()) {
                epochs.add((int) epoch);
            }
        }
        return new Neighbours(curve.plan(), Recording.LOSSES,
                () -> Backends.named(CpuBackend.NAME).create(precision), Runtime.getRuntime().availableProcessors())
                .train(neighbours, (number, result) -> {
                    Map<Column, Map<Integer, Reading>> columns = new EnumMap<>(Column.class);
                    for (Column column : COLUMNS) {
                        Map<Integer, Reading> readings = new TreeMap<>();
                        epochs.forEach(epoch -> readings.put(epoch, Reading.exact(column.of(result.history(), epoch))));
                        columns.put(column, readings);
                    }
                    return new Trajectory(name, columns, List.of());
                });
    }

    /** Makes the files anew: {@code mvn -q test-compile exec:exec@program} with this class, see {@code golden/README.md}. */
    public static void main(String[] args) throws IOException {
        FLOAT32.write();
        FLOAT64.write();
    }

    private void write() throws IOException {
        AtomicFiles.write(file(), out -> {
            CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8),
                    CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
            csv.printRecord(Stream.concat(Stream.of("history", "neighbour", "epoch"),
                    COLUMNS.stream().map(Column::id)).toList());
            for (Map.Entry<String, GoldenCurve> history : histories().entrySet()) {
                List<Trajectory> runs = trained(history.getKey(), history.getValue(),
                        IntStream.rangeClosed(0, NEIGHBOURS).boxed().toList());
                for (int run = 0; run < runs.size(); run++) {
                    for (int epoch : runs.get(run).readings(Column.TRAIN_LOSS).keySet()) {
                        csv.printRecord(history.getKey(), run, epoch, runs.get(run).readings(Column.TRAIN_LOSS).get(epoch).value(),
                                runs.get(run).readings(Column.VALIDATION_LOSS).get(epoch).value());
                    }
                }
                System.out.println(title() + ": " + history.getKey());
            }
            csv.flush();
        });
    }
}
