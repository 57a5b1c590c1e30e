package dev.regularisation.spec.rules.data;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/** The best validation loss of every method from 100 to 1,600 samples. */
final class LearningCurves {

    /** Training samples, each twice the one before. */
    static final List<Integer> SIZES = List.of(100, 200, 400, 800, 1600);

    private static final int SEEDS = 3;
    /** L2 by hand is weight decay over again. */
    private static final List<PostExperiment> METHODS = List.of(PostExperiment.LINEAR, PostExperiment.MLP,
            PostExperiment.WEIGHT_DECAY, PostExperiment.L1, PostExperiment.MINIBATCH, PostExperiment.DROPOUT);
    private static final int VALIDATION_SIZE = 2000;

    private record Cell(PostExperiment method, int size) {
    }

    private LearningCurves() {
    }

    /** Fewer than the post's, which costs L1 most: its weights go to zero late. */
    private static int epochs(PostExperiment method) {
        return method == PostExperiment.L1 ? 800 : 300;
    }

    private static double[] losses(PostExperiment method, int trainSize) {
        Map<Cell, TrainingPlan> plans = new LinkedHashMap<>();
        for (PostExperiment each : METHODS) {
            for (int size : SIZES) {
                plans.put(new Cell(each, size), each.plan(PostRuns.SEED, size).toBuilder()
                        .problem(new LinearProblem(50, size, VALIDATION_SIZE, 0.2)).epochs(epochs(each)).build());
            }
        }
        return Ensembles.of("learning curves", plans, SEEDS).bestValidationLosses(new Cell(method, trainSize));
    }

    /** For every network, seed and doubling, the loss after it over the loss before. */
    static double[] doublings() {
        return METHODS.stream().filter(method -> method != PostExperiment.LINEAR).flatMapToDouble(method ->
                IntStream.range(1, SIZES.size()).boxed().flatMapToDouble(i -> {
                    double[] after = losses(method, SIZES.get(i));
                    double[] before = losses(method, SIZES.get(i - 1));
                    return IntStream.range(0, SEEDS).mapToDouble(seed -> after[seed] / before[seed]);
                })).toArray();
    }

    /** The plain network's loss with many samples over that of each regularised one with 200, trained as in the post. */
    static double[] plainOverRegularised(int size, List<PostExperiment> regularised) {
        double[] plain = losses(PostExperiment.MLP, size);
        return regularised.stream().flatMapToDouble(method -> IntStream.range(0, SEEDS)
                .mapToDouble(seed -> plain[seed] / Runs.CPU.seeds().bestValidationLosses(method)[seed])).toArray();
    }

    /** The mean loss of a method over seeds. */
    static double mean(PostExperiment method, int size) {
        return StatUtils.mean(losses(method, size));
    }

    static List<String> header() {
        return Stream.concat(Stream.of("method", "epochs"), SIZES.stream().map(size -> size + " samples")).toList();
    }

    /** Mean over seeds, least to greatest. */
    static List<List<String>> rows() {
        return METHODS.stream().map(method -> {
            List<String> row = new ArrayList<>(List.of(method.title(), String.valueOf(epochs(method))));
            SIZES.forEach(size -> row.add(Document.format("%.3f (%.3f to %.3f)", mean(method, size),
                    StatUtils.min(losses(method, size)), StatUtils.max(losses(method, size)))));
            return row;
        }).toList();
    }

    /** Losses of every size, at one seed after the other. */
    static Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("samples", SIZES.stream().flatMapToDouble(size -> DoubleStream.generate(() -> size).limit(SEEDS))
                .toArray());
        METHODS.forEach(method -> columns.put(method.id(),
                SIZES.stream().flatMapToDouble(size -> Arrays.stream(losses(method, size))).toArray()));
        return columns;
    }

    static Picture picture() {
        double[] sizes = SIZES.stream().mapToDouble(Integer::doubleValue).toArray();
        List<Series> curves = new ArrayList<>();
        METHODS.forEach(method -> curves.add(Series.of(method.title(), Palette.of(method), sizes,
                SIZES.stream().mapToDouble(size -> mean(method, size)).toArray()).withBand(
                SIZES.stream().mapToDouble(size -> StatUtils.min(losses(method, size))).toArray(),
                SIZES.stream().mapToDouble(size -> StatUtils.max(losses(method, size))).toArray())));
        curves.add(Series.of("Least squares in theory", Palette.GREY, sizes, Arrays.stream(sizes)
                .map(n -> LeastSquares.expectedValidationLoss(0.04, (int) n, 50)).toArray()).drawn(LineStyle.DOTTED));
        return SeriesPicture.ofCurves("Best validation loss against the number of samples",
                "Mean of 3 seeds; bands from the least to the greatest; 300 epochs, 800 with L1",
                Axis.log("Training samples"), Axis.log("Best validation loss"), curves,
                List.of(ReferenceLine.horizontal("Variance of the noise, 0.04", 0.04))).picture();
    }
}
