package dev.regularisation.spec.rules.setup;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Roughness;
import dev.regularisation.study.Jumps;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The plain network at several learning rates: how rough its paths are, how far its loss climbs, how long it takes. */
final class LearningRates {

    static final double POST = 0.01;
    private static final double[] RATES = {0.0003, 0.001, 0.003, POST, 0.03, 0.1};
    /** Beside the post's seed, where all rates are tried; these see three rates. */
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    private static final double[] FEW_RATES = {0.001, POST, 0.1};
    private static final int EPOCHS = 1000;
    private static final int FEW_EPOCHS = 300;
    private static final int LONG = 2200;
    /** Below this the training loss is float32's rounding and moves at random whatever the rate. */
    private static final double ABOVE_ROUNDING = 1e-10;
    /** The variance of the noise: a training loss below it has begun to fit it. */
    private static final double NOISE = 0.04;

    /** Trained once: all rates at the post's seed, and few at others, seeds outside. */
    private static final class Trained {
        static final List<History> POST_SEED = train(List.of(PostRuns.SEED), RATES, EPOCHS);
        static final History LONGER = TrainingLoop.train(plan(PostRuns.SEED, POST, LONG), new CpuBackend(), Recording.LOSSES,
                ProgressListener.NONE).history();
        static final List<History> OTHERS = train(SEEDS, FEW_RATES, FEW_EPOCHS);
    }

    private LearningRates() {
    }

    private static List<History> train(List<Long> seeds, double[] rates, int epochs) {
        List<TrainingPlan> plans = new ArrayList<>();
        seeds.forEach(seed -> Arrays.stream(rates).forEach(rate -> plans.add(plan(seed, rate, epochs))));
        return ParallelRuns.run(plans, TrainingPlan::epochs, plan -> TrainingLoop.train(plan, new CpuBackend()).history(), 2);
    }

    /** Few validation samples, since only paths and training matter. */
    private static TrainingPlan plan(long seed, double rate, int epochs) {
        return TrainingPlan.builder().problem(new LinearProblem(50, 200, 100, 0.2)).learningRate(rate).epochs(epochs).seed(seed)
                .build();
    }

    /**
     * Roughness over that at the next lower rate: all rates at the post's seed, few at others; on other backends few as
     * well.
     */
    static double[] growth(Runs runs) {
        DoubleStream own = runs.areReference() ? DoubleStream.empty() : growth(Arrays.stream(FEW_RATES)
                .mapToObj(rate -> runs.train(plan(PostRuns.SEED, rate, FEW_EPOCHS)).history()).toList());
        DoubleStream others = IntStream.range(0, SEEDS.size()).boxed().flatMapToDouble(s -> growth(ofSeed(s)));
        return Stream.of(own, growth(Trained.POST_SEED), others).flatMapToDouble(values -> values).toArray();
    }

    private static List<History> ofSeed(int seed) {
        return Trained.OTHERS.subList(seed * FEW_RATES.length, (seed + 1) * FEW_RATES.length);
    }

    private static DoubleStream growth(List<History> byRate) {
        double[] roughness = byRate.stream().mapToDouble(Roughness::of).toArray();
        return IntStream.range(1, roughness.length).mapToDouble(r -> roughness[r] / roughness[r - 1]);
    }

    private static History at(double rate) {
        return Trained.POST_SEED.get(Arrays.binarySearch(RATES, rate));
    }

    static double roughnessAt(double rate) {
        return Roughness.of(at(rate));
    }

    /** How far the post's plain run climbs. */
    static double climb(Runs runs) {
        return climb(runs.of(PostExperiment.MLP).history().trainLosses());
    }

    static double climbAt(double rate) {
        return climb(at(rate).trainLosses());
    }

    /** Σ ln(Lₜ/Lₜ₋₁) over the epochs at which the training loss rises; NaN where a loss is. */
    static double climb(double... losses) {
        return IntStream.range(0, losses.length).mapToDouble(t -> Double.isNaN(losses[t]) ? Double.NaN
                : t > 0 && losses[t] > losses[t - 1] && losses[t] > ABOVE_ROUNDING
                ? StrictMath.log(losses[t] / Math.max(losses[t - 1], ABOVE_ROUNDING)) : 0).sum();
    }

    /** Epochs until the training loss is below the variance of the noise; NaN where it never is. */
    static double epochsToNoise(double rate) {
        History history = at(rate);
        return IntStream.rangeClosed(0, history.epochs()).filter(t -> history.trainLoss(t) < NOISE).asDoubleStream().findFirst()
                .orElse(Double.NaN);
    }

    /** Training losses of the plain network at the post's rate, for more epochs than the post's. */
    static double[] longer() {
        return Trained.LONGER.trainLosses();
    }

    static int seeds() {
        return SEEDS.size();
    }

    static List<String> header() {
        return List.of("learning rate", "roughness R", "total climb of the training loss, factors of e",
                "epochs until the training loss is below the noise", "final training loss");
    }

    static List<List<String>> rows() {
        return Arrays.stream(RATES).mapToObj(rate -> List.of(BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString(),
                Document.format("%.3f", roughnessAt(rate)), Document.format("%.2f", climbAt(rate)),
                Double.isNaN(epochsToNoise(rate)) ? "more than 1,000" : Document.format("%.0f", epochsToNoise(rate)),
                Document.format("%.2g", at(rate).trainLoss(EPOCHS)))).toList();
    }

    /** The post's seven runs. */
    static List<List<String>> runs() {
        return Stream.of(PostExperiment.values()).map(method -> {
            History history = Runs.CPU.of(method).history();
            return List.of(method.title(), Document.format("%,d", history.epochs()),
                    Document.format("%d", Jumps.of(history.trainLosses()).size()), Document.format("%.2f", Roughness.of(history)));
        }).toList();
    }

    static Map<String, double[]> series() {
        double[] seeds = SEEDS.stream().flatMapToDouble(seed -> Arrays.stream(FEW_RATES).map(rate -> seed)).toArray();
        double[] rates = SEEDS.stream().flatMapToDouble(seed -> Arrays.stream(FEW_RATES)).toArray();
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("seed", seeds);
        columns.put("rate", rates);
        columns.put("roughness", Trained.OTHERS.stream().mapToDouble(Roughness::of).toArray());
        return columns;
    }

    static Picture picture() {
        List<Series> curves = new ArrayList<>();
        for (int s = 0; s < SEEDS.size(); s++) {
            curves.add(Series.of("seeds 1 to 8", Palette.GREY, FEW_RATES,
                    ofSeed(s).stream().mapToDouble(Roughness::of).toArray()));
        }
        curves.add(Series.of("seed 42", Palette.BLACK, RATES, Arrays.stream(RATES).map(LearningRates::roughnessAt).toArray()));
        return SeriesPicture.ofCurves("The higher the rate, the rougher the paths",
                "Plain MLP, Adam; black: seed 42, 1,000 epochs; grey: seeds 1 to 8, 300 epochs", Axis.log("Learning rate"),
                Axis.log("Roughness R"), curves, List.of(ReferenceLine.vertical("The post's rate", POST))).picture();
    }

    /** The weight that moved furthest at the post's rate, at three rates. */
    static Picture paths() {
        History post = at(POST);
        int moved = IntStream.range(0, post.parameterCount()).boxed()
                .max(Comparator.comparing(i -> Math.abs(post.parameter(EPOCHS, i) - post.parameter(0, i)))).orElseThrow();
        List<Series> curves = new ArrayList<>();
        for (double rate : new double[] {0.1, POST, 0.001}) {
            curves.add(Series.byEpoch("rate " + rate, Palette.series(curves.size()),
                    IntStream.rangeClosed(0, EPOCHS).mapToDouble(epoch -> at(rate).parameter(epoch, moved)).toArray()));
        }
        return SeriesPicture.ofCurves("The path of one weight at three learning rates",
                "Plain MLP, seed 42; the parameter that moves furthest at rate 0.01", Axis.epochs(), Axis.linear("Parameter θ"),
                curves, List.of()).picture();
    }
}
