package dev.regularisation.spec.rules.remarks;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.training.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** What "L2 norm" can mean of all parameters. */
final class Readings {

    private static final List<PostExperiment> SHOWN = List.of(PostExperiment.MLP, PostExperiment.L2, PostExperiment.L1);

    private Readings() {
    }

    static double sum(double[] theta) {
        return Arrays.stream(theta).map(v -> v * v).sum();
    }

    static double mean(double[] theta) {
        return sum(theta) / theta.length;
    }

    static double norm(double[] theta) {
        return Math.sqrt(sum(theta));
    }

    static double[] times(double factor, double[] theta) {
        return Arrays.stream(theta).map(v -> factor * v).toArray();
    }

    private static double[] parameters(History history, int epoch) {
        return IntStream.range(0, history.parameterCount()).mapToDouble(i -> history.parameter(epoch, i)).toArray();
    }

    /** The largest difference of curves, by run and epoch, from the sums of squares at every hundredth epoch, as a share. */
    static double errorOfCurves(ToDoubleBiFunction<History, Integer> curve) {
        return SHOWN.stream().map(experiment -> Runs.CPU.of(experiment).history()).flatMapToDouble(history ->
                IntStream.rangeClosed(0, history.epochs() / 100).map(i -> 100 * i).mapToDouble(epoch ->
                        Math.abs(curve.applyAsDouble(history, epoch) / sum(parameters(history, epoch)) - 1))).reduce(0, Math::max);
    }

    static List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (PostExperiment experiment : SHOWN) {
            History history = Runs.CPU.of(experiment).history();
            for (int epoch : new int[] {0, history.epochs()}) {
                double[] theta = parameters(history, epoch);
                rows.add(List.of(experiment.title(), Integer.toString(epoch), text(history.l1Norm(epoch)), text(norm(theta)),
                        text(sum(theta)), text(mean(theta))));
            }
        }
        return rows;
    }

    private static String text(double value) {
        return Document.format("%.4f", value);
    }

    /** The three readings by epoch, of the run with L1. */
    static Map<String, double[]> series() {
        History history = Runs.CPU.of(PostExperiment.L1).history();
        double[] sums = IntStream.rangeClosed(0, history.epochs()).mapToDouble(history::squaredL2Norm).toArray();
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("sum_of_squares", sums);
        columns.put("l2_norm", Arrays.stream(sums).map(Math::sqrt).toArray());
        columns.put("mean_of_squares", Arrays.stream(sums).map(v -> v / history.parameterCount()).toArray());
        return columns;
    }

    static Picture picture() {
        Map<String, double[]> columns = series();
        return SeriesPicture.ofCurves("Three readings of the \"L2 norm\"", "L1 of 0.021, 200 samples, seed 42", Axis.epochs(),
                Axis.log("Value"), List.of(Series.byEpoch("Sum of squares", Palette.PURPLE, columns.get("sum_of_squares")),
                        Series.byEpoch("L2 norm", Palette.BLUE, columns.get("l2_norm")),
                        Series.byEpoch("Mean of squares", Palette.ORANGE, columns.get("mean_of_squares"))), List.of()).picture();
    }
}
