package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.theory.Ridge;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Mean errors of estimates over data sets of one true model.
 *
 * @param exact    of least squares: the largest |t| of 51 as a part of what is allowed
 * @param trained  of trained models' last weights: the same
 * @param shift    the largest mean difference of trained weights from least squares, in standard deviations of one estimate
 * @param opposite the largest sum of the errors that noise and its opposite make
 */
record LinearBias(double exact, double trained, double shift, double opposite) {

    /** The chance that 51 tests reject an unbiased estimator. */
    private static final double LEVEL = 1e-3;
    /** Trained models, on the first of the data sets. */
    private static final int TRAINED = 100;

    /** Estimated minus true coefficients, a row for each data set, by whom they were estimated. */
    private static final class Errors {
        static final double[][] EXACT = RepeatedData.errors(LinearBias::leastSquares);
        static final double[][] RIDGE = RepeatedData.errors(LinearBias::ridge);
        static final List<TrainingResult> RUNS = train();
        static final double[][] LAST = RUNS.stream().map(run -> less(run.last().parameters())).toArray(double[][]::new);
        static final double[][] BEST = RUNS.stream().map(run -> less(run.best().parameters())).toArray(double[][]::new);
    }

    // Not lambdas of the class that holds the results: other threads run them while it is being initialised.

    private static LinearModel leastSquares(double[][] x, double[] y) {
        return LeastSquares.fit(x, y).model();
    }

    private static LinearModel ridge(double[][] x, double[] y) {
        return new Ridge(0.085, Ridge.Intercept.PENALISED).fit(x, y);
    }

    private static List<TrainingResult> train() {
        LinearModel truth = RepeatedData.truth();
        TrainingPlan plan = PostExperiment.LINEAR.plan(PostRuns.SEED, RepeatedData.TRAIN_SIZE).toBuilder()
                .problem(new Task(50, RepeatedData.TRAIN_SIZE, 200, truth::predict, 0.2)).build();
        return ParallelRuns.run(LongStream.range(RepeatedData.FIRST_SEED, RepeatedData.FIRST_SEED + TRAINED).boxed().toList(),
                seed -> 1, seed -> TrainingLoop.train(plan.toBuilder().seed(seed).build(), new CpuBackend(), Recording.LOSSES,
                        ProgressListener.NONE), 2);
    }

    private static double[] less(double[] coefficients) {
        double[] truth = RepeatedData.truth().coefficients();
        return IntStream.range(0, truth.length).mapToDouble(j -> coefficients[j] - truth[j]).toArray();
    }

    /** What is measured, on opposite noise apart. */
    static LinearBias of(double opposite) {
        return new LinearBias(share(Errors.EXACT), share(Errors.LAST), shift(Errors.LAST), opposite);
    }

    /** Of the first data sets alone, by both estimators. */
    LinearBias first(int sets) {
        double[][] last = Arrays.copyOf(Errors.LAST, sets);
        return new LinearBias(share(Arrays.copyOf(Errors.EXACT, sets)), share(last), shift(last), opposite);
    }

    /** Of ridge regression in the place of least squares, and of training that it replaces. */
    static LinearBias ofRidge(double opposite) {
        return new LinearBias(share(Errors.RIDGE), share(Arrays.copyOf(Errors.RIDGE, TRAINED)),
                shift(Arrays.copyOf(Errors.RIDGE, TRAINED)), opposite);
    }

    /**
     * The largest sum of the errors that noise and its opposite make in some problem; they are of order 1, and rounding errors of a
     * well-posed QR below 1e-13.
     */
    static double opposite(int features, long seed) {
        Random random = new Random(seed);
        LinearModel truth = new LinearModel(normals(features, random), random.nextGaussian());
        double[][] x = IntStream.range(0, 4 * features + 8).mapToObj(s -> normals(features, random)).toArray(double[][]::new);
        double[] noise = normals(x.length, random);
        double[] one = fit(truth, x, noise, 1);
        double[] other = fit(truth, x, noise, -1);
        double[] wanted = truth.coefficients();
        return IntStream.range(0, one.length).mapToDouble(j -> Math.abs(one[j] + other[j] - 2 * wanted[j])).reduce(0, Math::max);
    }

    private static double[] fit(LinearModel truth, double[][] x, double[] noise, int sign) {
        double[] y = IntStream.range(0, x.length).mapToDouble(s -> truth.predict(x[s]) + sign * noise[s]).toArray();
        return LeastSquares.fit(x, y).model().coefficients();
    }

    private static double[] normals(int n, Random random) {
        return DoubleStream.generate(random::nextGaussian).limit(n).toArray();
    }

    private static double shift(double[][] errors) {
        return IntStream.range(0, errors[0].length).mapToDouble(j -> Math.abs(IntStream.range(0, errors.length)
                .mapToDouble(s -> errors[s][j] - Errors.EXACT[s][j]).average().orElse(Double.NaN)))
                .reduce(0, Math::max) / deviation();
    }

    /** The standard deviation of one estimate of one coefficient. */
    static double deviation() {
        return Math.sqrt(IntStream.range(0, Errors.EXACT[0].length)
                .mapToDouble(j -> StatUtils.variance(column(Errors.EXACT, j))).average().orElse(Double.NaN));
    }

    private static double share(double[][] errors) {
        return largestT(errors) / critical(errors);
    }

    private static double largestT(double[][] errors) {
        return IntStream.range(0, errors[0].length).mapToDouble(j -> Math.abs(t(errors, j))).reduce(0, Math::max);
    }

    /** Two-sided, of Student's t, with Bonferroni's share of the level for each coefficient. */
    private static double critical(double[][] errors) {
        return new TDistribution(null, errors.length - 1).inverseCumulativeProbability(1 - LEVEL / errors[0].length / 2);
    }

    private static double t(double[][] errors, int j) {
        double[] column = column(errors, j);
        return StatUtils.mean(column) / Math.sqrt(StatUtils.variance(column) / column.length);
    }

    private static double[] column(double[][] errors, int j) {
        return Arrays.stream(errors).mapToDouble(row -> row[j]).toArray();
    }

    private static double[] means(double[][] errors) {
        return IntStream.range(0, errors[0].length).mapToDouble(j -> StatUtils.mean(column(errors, j))).toArray();
    }

    static List<String> header() {
        return List.of("estimator", "data sets", "largest |t| of 51", "allowed", "coefficients beyond",
                "mean distance from least squares, in standard deviations");
    }

    static List<List<String>> rows() {
        return List.of(row("least squares", Errors.EXACT), row("trained, last weights", Errors.LAST),
                row("trained, weights of the best epoch", Errors.BEST), row("ridge, λ = 0.085", Errors.RIDGE));
    }

    private static List<String> row(String name, double[][] errors) {
        double critical = critical(errors);
        return List.of(name, Document.format("%d", errors.length), Document.format("%.2f", largestT(errors)),
                Document.format("%.2f", critical), Document.format("%d", IntStream.range(0, errors[0].length)
                        .filter(j -> Math.abs(t(errors, j)) > critical).count()), Document.format("%.3f", shift(errors)));
    }

    /** A bias of this size in a coefficient would be seen half the time, by the fits. */
    static double visible() {
        return critical(Errors.EXACT) * deviation() / Math.sqrt(Errors.EXACT.length);
    }

    static Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("true", RepeatedData.truth().coefficients());
        columns.put("mean error of least squares", means(Errors.EXACT));
        columns.put("of trained models", means(Errors.LAST));
        columns.put("of ridge", means(Errors.RIDGE));
        return columns;
    }

    static Picture picture() {
        double[] truth = RepeatedData.truth().coefficients();
        return new SeriesPicture("Least squares errs at random, ridge regression towards zero",
                "Mean error of each of 51 coefficients over 400 training sets of 200 samples",
                Axis.linear("True coefficient"), Axis.linear("Mean error of its estimate"),
                List.of(Series.of("Ridge, λ = 0.085", Palette.SKY_BLUE, truth, means(Errors.RIDGE)),
                        Series.of("Least squares", Palette.BLACK, truth, means(Errors.EXACT))),
                List.of(), List.of(ReferenceLine.horizontal("No bias", 0)), false).picture();
    }
}
