package dev.regularisation.spec.rules.remarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.support.Golden;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The curves of a run as the notebook draws them: log10 of its losses, and its norms divided by the number of parameters.
 *
 * @param values by column and epoch, read only
 */
record Curves(Map<Column, double[]> values) {

    /** Of a run; what is no number is infinitely far from every curve, and not a gap in a record. */
    static Curves of(History history, int parameters) {
        Map<Column, double[]> values = new EnumMap<>(Column.class);
        Stream.of(Column.values()).forEach(column -> values.put(column, byEpoch(history, epoch ->
                PrintedCurve.isLoss(column) ? StrictMath.log10(column.of(history, epoch)) : column.of(history, epoch) / parameters)));
        return new Curves(values);
    }

    private static double[] byEpoch(History history, IntToDoubleFunction value) {
        return IntStream.rangeClosed(0, history.epochs()).mapToDouble(value)
                .map(of -> Double.isNaN(of) ? Double.POSITIVE_INFINITY : of).toArray();
    }

    /** Of a run with its parameters; the linear model's last one is its bias, which its picture leaves out. */
    static Curves asPrinted(PostExperiment experiment, History history) {
        Curves all = of(history, history.parameterCount());
        if (experiment != PostExperiment.LINEAR) {
            return all;
        }
        int weights = history.parameterCount() - 1;
        Map<Column, double[]> values = new EnumMap<>(all.values);
        values.put(Column.L1_NORM, byEpoch(history, epoch ->
                (history.l1Norm(epoch) - Math.abs(history.parameter(epoch, weights))) / weights));
        values.put(Column.SQUARED_L2_NORM, byEpoch(history, epoch ->
                (history.squaredL2Norm(epoch) - Math.pow(history.parameter(epoch, weights), 2)) / weights));
        return new Curves(values);
    }

    /** Of PyTorch's run, whose losses are recorded at some epochs: NaN at the others, and no norms. */
    static Curves ofPyTorch(PostExperiment experiment) {
        JsonNode run = Golden.member(Golden.read("training.json"), experiment + " train=200 float32");
        double[] epochs = Golden.numbers(Golden.member(run, "epochs"));
        Map<Column, double[]> values = new EnumMap<>(Column.class);
        Map.of(Column.TRAIN_LOSS, "train_loss", Column.VALIDATION_LOSS, "val_loss").forEach((column, name) -> {
            double[] recorded = Golden.numbers(Golden.member(run, name));
            double[] losses = new double[(int) epochs[epochs.length - 1] + 1];
            Arrays.fill(losses, Double.NaN);
            IntStream.range(0, epochs.length).forEach(i -> losses[(int) epochs[i]] = StrictMath.log10(recorded[i]));
            values.put(column, losses);
        });
        return new Curves(values);
    }

    double[] of(Column column) {
        return values.get(column);
    }

    /** These where another record has values, and NaN elsewhere: what it would have seen of this run. */
    double[] seenBy(Curves other, Column column) {
        double[] seen = of(column).clone();
        double[] there = other.of(column);
        Arrays.setAll(seen, epoch -> epoch < there.length && !Double.isNaN(there[epoch]) ? seen[epoch] : Double.NaN);
        return seen;
    }

    /** Every epoch's values one epoch later. */
    Curves later() {
        Map<Column, double[]> later = new EnumMap<>(Column.class);
        values.forEach((column, of) -> {
            double[] moved = new double[of.length];
            System.arraycopy(of, 0, moved, 1, of.length - 1);
            moved[0] = of[0];
            later.put(column, moved);
        });
        return new Curves(later);
    }
}
