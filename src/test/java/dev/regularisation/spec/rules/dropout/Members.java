package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Mlp;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.AmbiguityDecomposition;
import dev.regularisation.theory.EnsembleVariance;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Models on the same samples, and their mean.
 *
 * @param predictions models × samples
 * @param targets     of the samples
 */
record Members(double[][] predictions, double[] targets) {

    /** How many networks are averaged. */
    static final int NETWORKS = 16;
    /** For how many epochs each is trained. */
    static final int EPOCHS = 300;
    /** On how many validation samples they predict. */
    static final int VALIDATION = 1000;

    private static final class Trained {
        static final Members NETWORKS_OF_THE_POST = train();
    }

    /** Plain networks trained on the post's samples from the initial weights of other seeds, once in a JVM. */
    static Members trained() {
        return Trained.NETWORKS_OF_THE_POST;
    }

    private static Members train() {
        TrainingPlan plan = PostExperiment.MLP.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, VALIDATION, 0.2)).epochs(EPOCHS).build();
        List<TrainingResult> runs = ParallelRuns.run(IntStream.rangeClosed(1, NETWORKS).boxed().toList(), k -> 1, k ->
                TrainingLoop.train(plan, new CpuBackend(), Recording.LOSSES, ProgressListener.NONE,
                        initial -> initial(plan, k)), 2);
        return new Members(runs.stream().map(run -> run.last().validationPredictions()).toArray(double[][]::new),
                Inputs.labels(runs.get(0).data().validation(), VALIDATION));
    }

    /** PyTorch's initial parameters of a plan's network at a seed. */
    static double[] initial(TrainingPlan plan, long seed) {
        Backend backend = new CpuBackend();
        Mlp network = new Mlp(backend, plan.layers());
        network.initialise(new TorchGenerator(seed));
        return backend.read(network.parameters());
    }

    /** Models whose errors are exactly uncorrelated, each of variance 1 but for rounding, about a common bias. */
    static Members uncorrelated(double bias) {
        return new Members(IntStream.range(0, 4).mapToObj(k -> IntStream.range(0, 64)
                .mapToDouble(s -> bias + 1 - 2 * (s >> k & 1)).toArray()).toArray(double[][]::new), new double[64]);
    }

    double[] meanPrediction() {
        return IntStream.range(0, targets.length)
                .mapToDouble(s -> Arrays.stream(predictions).mapToDouble(p -> p[s]).average().orElseThrow()).toArray();
    }

    /** The upper median, which is no mean. */
    double[] medianPrediction() {
        return IntStream.range(0, targets.length).mapToDouble(s ->
                Arrays.stream(predictions).mapToDouble(p -> p[s]).sorted().toArray()[predictions.length / 2]).toArray();
    }

    double[][] errors() {
        return Arrays.stream(predictions).map(this::errors).toArray(double[][]::new);
    }

    /** Prediction minus target. */
    double[] errors(double[] prediction) {
        return IntStream.range(0, targets.length).mapToDouble(s -> prediction[s] - targets[s]).toArray();
    }

    /** Mean square of {@link #errors(double[])}. */
    double loss(double[] prediction) {
        return Arrays.stream(errors(prediction)).map(e -> e * e).average().orElseThrow();
    }

    /** The least loss of one model. */
    double best() {
        return Arrays.stream(predictions).mapToDouble(this::loss).min().orElseThrow();
    }

    /** The mean error of the mean prediction: what of the models' errors averaging them does not move. */
    double bias() {
        return Arrays.stream(errors(meanPrediction())).average().orElseThrow();
    }

    /** Variance over samples of the mean prediction's error, with divisor n − 1. */
    double spreadOfMean() {
        double bias = bias();
        return Arrays.stream(errors(meanPrediction())).map(e -> (e - bias) * (e - bias)).sum() / (targets.length - 1);
    }

    /** How far that is from σ²/k, as a part of 1 + σ²: what would be its variance were the errors not correlated. */
    double distanceFromUncorrelated() {
        double variance = variance().variance();
        return Math.abs(spreadOfMean() - variance / predictions.length) / (1 + variance);
    }

    /** Loss of the mean of k models, on average over every window of k; the first follows the last. */
    double lossOfMeanOf(int k) {
        return IntStream.range(0, predictions.length).mapToDouble(from -> loss(new Members(IntStream.range(0, k)
                .mapToObj(i -> predictions[(from + i) % predictions.length]).toArray(double[][]::new), targets)
                        .meanPrediction()))
                .average().orElseThrow();
    }

    AmbiguityDecomposition decomposition() {
        return AmbiguityDecomposition.of(predictions, targets);
    }

    EnsembleVariance variance() {
        return EnsembleVariance.of(errors());
    }

    /** Losses of the mean of 1, 2, … models, beside what the formulas say. */
    Map<String, double[]> curves() {
        EnsembleVariance all = variance();
        double[] sizes = IntStream.rangeClosed(1, predictions.length).asDoubleStream().toArray();
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put("networks", sizes);
        curves.put("measured", Arrays.stream(sizes).map(k -> lossOfMeanOf((int) k)).toArray());
        curves.put("formula", Arrays.stream(sizes)
                .map(k -> EnsembleVariance.correlatedMeanVariance(all.variance(), all.correlation(), (int) k)).toArray());
        curves.put("uncorrelated", Arrays.stream(sizes).map(k -> all.variance() / k).toArray());
        return curves;
    }

    /** Losses and what limits them. */
    List<List<String>> rows() {
        AmbiguityDecomposition terms = decomposition();
        EnsembleVariance all = variance();
        return List.of(row("mean of the networks' losses", terms.meanError()), row("best network's loss", best()),
                row("disagreement, mean square distance to the mean prediction", terms.meanAmbiguity()),
                row("loss of the mean prediction", terms.ensembleError()),
                row("correlation ρ of two networks' errors", all.correlation()),
                row("limit ρσ² of averaging ever more", all.correlation() * all.variance()),
                row("mean error of the mean prediction", bias()));
    }

    private static List<String> row(String what, double value) {
        return List.of(what, Document.format("%.4f", value));
    }

    Picture picture(Map<String, double[]> curves) {
        double[] sizes = curves.get("networks");
        return new SeriesPicture("Networks averaged, and what correlation leaves",
                "plain network, 200 training samples, seed 42; other initial weights",
                Axis.linear("Networks averaged").covering(0, 0), Axis.linear("Validation loss of the mean prediction")
                        .covering(0, 0),
                List.of(Series.of("measured, mean over 16 choices of k networks", Palette.VERMILION, sizes,
                        curves.get("measured"))),
                List.of(Series.of("ρσ² + (1 − ρ)σ²/k", Palette.BLUE, sizes, curves.get("formula")),
                        Series.of("σ²/k, were errors uncorrelated", Palette.GREY, sizes, curves.get("uncorrelated"))),
                List.of(ReferenceLine.horizontal("ρσ²", variance().correlation() * variance().variance())), false).picture();
    }
}
