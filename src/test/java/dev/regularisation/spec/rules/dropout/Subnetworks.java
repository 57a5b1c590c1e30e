package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Dropout;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What all subnetworks of a network predict.
 *
 * @param predictions masks × samples
 * @param mean        over masks, each with its probability
 * @param evaluation  of the whole network in evaluation mode
 * @param spread      root mean square, over masks and samples, of the distance to the mean
 */
record Subnetworks(double[][] predictions, double[] mean, double[] evaluation, double spread) {

    private static final int SAMPLES = 100;
    /** Masks drawn for a width with p = 1/2: one of 256 that are equally likely is missed with a probability below e⁻⁵⁵. */
    private static final int DRAWN = 1 << 14;

    private static final class Trained {
        static final TrainingResult ONE = train(List.of(50, 8, 1));
        static final TrainingResult TWO = train(List.of(50, 5, 5, 1));
    }

    /** Those of a network with a hidden layer of 8, trained with dropout. */
    static Subnetworks ofOneLayer() {
        return of(Trained.ONE, new Dropout(Trained.ONE.plan().dropout()).scale(Precision.FLOAT64));
    }

    /** How many different masks dropout draws for a layer, of which there are few enough that all are drawn. */
    static double drawn(int units) {
        boolean[] kept = new Dropout(0.5).draw(new TorchGenerator(PostRuns.SEED), DRAWN, units);
        return IntStream.range(0, DRAWN).mapToObj(i -> Arrays.toString(Arrays.copyOfRange(kept, i * units, (i + 1) * units)))
                .distinct().count();
    }

    /** Those of a network with two hidden layers of 5. */
    static Subnetworks ofTwoLayers() {
        return of(Trained.TWO, new Dropout(Trained.TWO.plan().dropout()).scale(Precision.FLOAT64));
    }

    /** Those of the first network without the factor of kept units. */
    static Subnetworks unscaled() {
        return of(Trained.ONE, 1);
    }

    private static Subnetworks of(TrainingResult run, double scale) {
        return of(new EveryMask(run.plan().architecture(), run.last().parameters(), run.data().validation(), SAMPLES,
                new Dropout(run.plan().dropout()), scale));
    }

    private static TrainingResult train(List<Integer> layers) {
        return TrainingLoop.train(TrainingPlan.builder().problem(new LinearProblem(50, 200, 1000, 0.2)).layers(layers)
                .dropout(0.1).epochs(300).build(), new CpuBackend());
    }

    static Subnetworks of(EveryMask network) {
        double[][] predictions = IntStream.range(0, network.count()).mapToObj(network::predict).toArray(double[][]::new);
        double[] mean = new double[predictions[0].length];
        for (int mask = 0; mask < predictions.length; mask++) {
            for (int s = 0; s < mean.length; s++) {
                mean[s] += network.probability(mask) * predictions[mask][s];
            }
        }
        double square = 0;
        for (int mask = 0; mask < predictions.length; mask++) {
            square += network.probability(mask) * meanSquare(predictions[mask], mean);
        }
        return new Subnetworks(predictions, mean, network.evaluate(), Math.sqrt(square));
    }

    private static double meanSquare(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).average().orElseThrow();
    }

    /** Root mean square over samples of the distance between mean and evaluation. */
    double gap() {
        return Math.sqrt(meanSquare(mean, evaluation));
    }

    /** {@link #gap()} as a part of one and the predictions' size. */
    double relativeGap() {
        return gap() / (1 + Math.sqrt(meanSquare(evaluation, new double[evaluation.length])));
    }

    /** How many masks leave networks that predict differently. */
    long different() {
        return Arrays.stream(predictions).map(Arrays::toString).distinct().count();
    }

    static List<String> header() {
        return List.of("hidden layers", "masks", "different networks", "spread of their predictions",
                "mean over masks minus evaluation", "share of the spread");
    }

    List<String> row(String layers) {
        return List.of(layers, Document.format("%,d", predictions.length), Document.format("%,d", different()),
                Document.format("%.3g", spread), Document.format("%.2g", gap()), Document.format("%.2g", gap() / spread));
    }

    static Map<String, double[]> series(Subnetworks one, Subnetworks two) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("one_layer_evaluation", one.evaluation);
        columns.put("one_layer_mean", one.mean);
        columns.put("two_layers_evaluation", two.evaluation);
        columns.put("two_layers_mean", two.mean);
        return columns;
    }

    static Picture picture(Subnetworks one, Subnetworks two) {
        return new SeriesPicture("Mean over all subnetworks against evaluation mode",
                "100 validation samples, seed 42, dropout 0.1",
                Axis.linear("Prediction in evaluation mode"), Axis.linear("Mean over all masks"), List.of(
                        Series.of("one hidden layer: 256 masks", Palette.BLUE, one.evaluation, one.mean),
                        Series.of("two hidden layers: 1,024 masks", Palette.VERMILION, two.evaluation, two.mean)),
                List.of(), List.of(ReferenceLine.identity("mean = evaluation")), true).picture();
    }
}
