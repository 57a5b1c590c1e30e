package dev.regularisation.spec.rules.remarks;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.spec.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/** What the page on the notebook's curves shows. */
final class FollowingTables {

    /** Of the PyTorch that printed the figures, as far as it can be told. */
    static final String VERSION = "2.0 or 2.1";
    /** Of points in a picture, so that they can be told apart on its logarithmic axis. */
    private static final double SPACING = 1.06;

    private FollowingTables() {
    }

    static List<String> followedHeader() {
        return List.of("method", "curve", "readings", "last epoch they tell of", "ours leaves it at",
                "neighbours leave ours at", "PyTorch leaves ours at", "neighbours, seen at its epochs");
    }

    static List<List<String>> followed(Following e) {
        return e.printed().stream().map(curve -> {
            boolean loss = PrintedCurve.isLoss(curve.column());
            int trained = e.neighboursEnd(curve.experiment());
            return List.of(curve.experiment().title(), curve.title(), String.valueOf(curve.readings().size()),
                    String.valueOf(curve.end() - 1), epochs(curve, curve.end(), e.ours(curve)),
                    epochs(curve, trained, e.neighbours(curve, false)),
                    loss ? epochs(curve, curve.end(), e.pyTorch(curve)) : "not recorded",
                    loss ? epochs(curve, trained, e.neighbours(curve, true)) : "");
        }).toList();
    }

    /** Such as "94 to 116", or "175 to never"; of runs that were not trained as far as a curve goes "after 600". */
    private static String epochs(PrintedCurve curve, int trained, int... at) {
        List<String> ends = IntStream.of(IntStream.of(at).min().orElseThrow(), IntStream.of(at).max().orElseThrow()).distinct()
                .mapToObj(epoch -> epoch < curve.end() ? String.valueOf(epoch)
                        : trained < curve.end() - 1 ? "after " + trained : "never").toList();
        return String.join(" to ", ends);
    }

    static List<String> rejectedHeader() {
        return Stream.of(Stream.of("method", "number", "curve"), Arrays.stream(ChangedRun.SHARES)
                .mapToObj(share -> Document.format("off by %s %%", percent(share))), Stream.of("an epoch late"))
                .flatMap(part -> part).toList();
    }

    private static String percent(double share) {
        return Document.format("%.2f", 100 * share).replaceAll("\\.?0+$", "");
    }

    static List<List<String>> rejected(Following e) {
        Map<List<String>, List<ChangedRun>> byNumber = e.changes().stream().filter(ChangedRun::isOfNumber).collect(Collectors.groupingBy(
                change -> List.of(change.experiment().title(), change.what()), LinkedHashMap::new, Collectors.toList()));
        List<List<String>> rows = new ArrayList<>();
        byNumber.forEach((number, changes) -> e.of(changes.get(0).experiment()).forEach(curve -> {
            List<String> row = new ArrayList<>(number);
            row.add(curve.title());
            changes.forEach(change -> row.add(from(curve, Rejections.from(curve, change.curves()))));
            row.add(from(curve, e.rejections().fromShifted(curve)));
            rows.add(row);
        }));
        List<String> order = Stream.of(PostExperiment.values()).map(PostExperiment::title).toList();
        rows.sort((one, other) -> Integer.compare(order.indexOf(one.get(0)), order.indexOf(other.get(0))));
        return rows;
    }

    private static String from(PrintedCurve curve, int epoch) {
        return epoch == curve.end() ? "–" : String.valueOf(epoch);
    }

    /** The epoch at which some picture of a run first rejects a change. */
    static int firstRejected(Following e, String what) {
        return e.changes().stream().filter(change -> change.what().equals(what)).flatMapToInt(change ->
                e.of(change.experiment()).stream().mapToInt(curve -> Rejections.from(curve, change.curves()))).min().orElseThrow();
    }

    static List<String> linesHeader() {
        return List.of("method", "printed", "ours");
    }

    static List<List<String>> lines(Following e) {
        return Stream.of(PostExperiment.values()).map(run -> {
            CSVRecord line = Following.redLine(run);
            return List.of(run.title(), range(Integer.parseInt(line.get("first")), Integer.parseInt(line.get("last"))),
                    String.valueOf(e.best().get(run)));
        }).toList();
    }

    private static String range(int... epochs) {
        return IntStream.of(IntStream.of(epochs).min().orElseThrow(), IntStream.of(epochs).max().orElseThrow()).distinct()
                .mapToObj(String::valueOf).collect(Collectors.joining(" to "));
    }

    /** How many neighbours stay longer on the printed training losses than our runs do. */
    static String longer(Following e) {
        return Stream.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L2).map(run -> {
            PrintedCurve curve = e.of(run).stream().filter(one -> one.column() == Column.TRAIN_LOSS).findFirst().orElseThrow();
            int[] neighbours = e.neighboursFromPrint(curve);
            return Document.format("%s: ours to epoch %d, longer %d of %d neighbours", run.title(), e.ours(curve) - 1,
                    Arrays.stream(neighbours).filter(at -> at > e.ours(curve)).count(), neighbours.length);
        }).collect(Collectors.joining("; "));
    }

    /** How many of the printed figures PyTorch reaches under each of its arithmetics. */
    static String arithmetics() {
        int[] reached = Bands.reprinted();
        return Document.format("%d arithmetics of one PyTorch on one processor reach %d to %d", reached.length, reached[0],
                reached[reached.length - 1]);
    }

    /** The printed curves as points over our runs; without L2 by hand, and without what would take ten decades for itself. */
    static Picture picture(Following e, Column column) {
        List<Series> points = new ArrayList<>();
        List<Series> lines = new ArrayList<>();
        for (PrintedCurve curve : e.printed()) {
            PostExperiment run = curve.experiment();
            if (curve.column() != column || run == PostExperiment.L2 || column == Column.TRAIN_LOSS && run == PostExperiment.MLP) {
                continue;
            }
            double[] values = e.ours().get(run).of(column);
            lines.add(Series.of(run.title() + ", ours", Palette.of(run), IntStream.range(1, values.length).asDoubleStream().toArray(),
                    powers(Arrays.stream(values).skip(1))).drawn(LineStyle.THIN));
            List<PrintedCurve.Reading> shown = new ArrayList<>();
            curve.readings().forEach(reading -> {
                if (shown.isEmpty() || reading.from() >= SPACING * shown.get(shown.size() - 1).from()) {
                    shown.add(reading);
                }
            });
            points.add(Series.of(run.title() + ", printed", Palette.of(run), shown.stream().mapToDouble(reading ->
                    Math.sqrt((double) reading.from() * reading.to())).toArray(),
                    powers(shown.stream().mapToDouble(reading -> (reading.low() + reading.high()) / 2))));
        }
        return new SeriesPicture("The notebook's curves as points over ours: " + column.title(),
                "The post's seed, 200 samples; the points are every printed epoch at first, then one in so many",
                Axis.epochs(), Axis.log(column == Column.TRAIN_LOSS ? "Training loss" : "Validation loss"), points, lines, List.of(),
                false).picture();
    }

    private static double[] powers(DoubleStream logarithms) {
        return logarithms.map(value -> Math.pow(10, value)).toArray();
    }
}
