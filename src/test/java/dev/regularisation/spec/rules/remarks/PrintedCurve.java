package dev.regularisation.spec.rules.remarks;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.support.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * A curve of a picture, as far as the picture tells it; of the notebook's, {@code golden/printed} says how they were read.
 * Losses are log10, norms the mean over the parameters.
 *
 * @param experiment of which run
 * @param column     what is drawn
 * @param readings   ascending
 */
record PrintedCurve(PostExperiment experiment, Column column, List<Reading> readings) {

    private static final Path FOLDER = Path.of("golden", "printed");

    PrintedCurve {
        readings = List.copyOf(readings);
    }

    /**
     * What a picture says of one epoch, or of several that share a column of its pixels.
     *
     * @param from      the first epoch
     * @param to        the last
     * @param low       the least value of these epochs
     * @param high      the greatest
     * @param halfWidth how far a value may be beyond either
     */
    record Reading(int from, int to, double low, double high, double halfWidth) {

        boolean allows(double value) {
            return !(value < low - halfWidth || value > high + halfWidth);
        }
    }

    /** All of the notebook's, by run. */
    static List<PrintedCurve> all() {
        List<CSVRecord> losses = rows("curves.csv");
        List<CSVRecord> norms = rows("norms.csv");
        return Stream.of(PostExperiment.values()).flatMap(run -> Stream.of(Column.values()).map(column ->
                new PrintedCurve(run, column, (isLoss(column) ? losses : norms).stream()
                        .filter(row -> row.get("experiment").equals(run.id()) && row.get("curve").equals(name(column)))
                        .map(row -> isLoss(column) ? reading(row, "low", "high") : reading(row, "value", "value")).toList())))
                .toList();
    }

    static List<CSVRecord> rows(String file) {
        return Golden.rows(FOLDER.resolve(file));
    }

    private static Reading reading(CSVRecord row, String low, String high) {
        return new Reading(Integer.parseInt(row.get("epoch")), Integer.parseInt(row.get("last_epoch")),
                Double.parseDouble(row.get(low)), Double.parseDouble(row.get(high)), Double.parseDouble(row.get("half_width")));
    }

    private static String name(Column column) {
        return switch (column) {
            case TRAIN_LOSS -> "train";
            case VALIDATION_LOSS -> "validation";
            case L1_NORM -> "mean_abs";
            case SQUARED_L2_NORM -> "mean_square";
        };
    }

    static boolean isLoss(Column column) {
        return column == Column.TRAIN_LOSS || column == Column.VALIDATION_LOSS;
    }

    String title() {
        return switch (column) {
            case TRAIN_LOSS, VALIDATION_LOSS -> column.title();
            case L1_NORM -> "mean magnitude";
            case SQUARED_L2_NORM -> "mean square";
        };
    }

    /** The first epoch that no reading tells of. */
    int end() {
        return readings.get(readings.size() - 1).to() + 1;
    }

    /**
     * The first epoch at which a run is not on this curve; {@link #end()} where it is on all of it.
     *
     * @param values by epoch; NaN where a record of the run has none, and a record may end early
     */
    int leaves(double[] values) {
        for (Reading reading : readings) {
            double[] these = Arrays.copyOfRange(values, Math.min(reading.from, values.length),
                    Math.min(reading.to + 1, values.length));
            if (isLoss(column)) {
                for (int i = 0; i < these.length; i++) {
                    if (!reading.allows(these[i])) {
                        return reading.from + i;
                    }
                }
            } else if (these.length == reading.to - reading.from + 1 && !reading.allows(mean(these))) {
                return reading.from;
            }
        }
        return end();
    }

    /** What the same picture would tell of another run, of at least as many epochs. */
    PrintedCurve redrawn(double[] values) {
        List<Reading> others = new ArrayList<>();
        for (Reading reading : readings) {
            double[] these = Arrays.copyOfRange(values, reading.from, reading.to + 1);
            others.add(isLoss(column) ? new Reading(reading.from, reading.to, DoubleStream.of(these).min().orElseThrow(),
                    DoubleStream.of(these).max().orElseThrow(), reading.halfWidth)
                    : new Reading(reading.from, reading.to, mean(these), mean(these), reading.halfWidth));
        }
        return new PrintedCurve(experiment, column, others);
    }

    /** How many readings tell of epochs up to one. */
    long readingsTo(int epoch) {
        return readings.stream().filter(reading -> reading.to <= epoch).count();
    }

    /** The same from a picture whose lines are so many times as thick. */
    PrintedCurve thicker(double factor) {
        return new PrintedCurve(experiment, column, readings.stream().map(reading -> new Reading(
                reading.from, reading.to, reading.low, reading.high, factor * reading.halfWidth)).toList());
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElse(Double.NaN);
    }
}
