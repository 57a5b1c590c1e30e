package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.parallel.ParallelRuns;
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
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.study.Measure;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** Trained linear models beside least squares. */
final class LinearFits {

    /** What the loss of least squares is on average. */
    static final double THEORY = LeastSquares.expectedValidationLoss(0.04, 200, 50);

    private static final Map<Long, Double> MINIMA = new ConcurrentHashMap<>();

    private LinearFits() {
    }

    /** Losses of fits to many data sets on infinitely many samples: their mean and its standard error. */
    record Mean(double mean, double error) {

        /** Of an estimator on the data sets of one true model. */
        static Mean of(BiFunction<double[][], double[], LinearModel> estimator) {
            double[] losses = Arrays.stream(RepeatedData.errors(estimator))
                    .mapToDouble(error -> 0.04 + StatUtils.sumSq(error)).toArray();
            return new Mean(StatUtils.mean(losses), Math.sqrt(StatUtils.variance(losses) / losses.length));
        }

        /** How far it is from the theory's, in standard errors. */
        double deviation() {
            return (mean - THEORY) / error;
        }
    }

    /** The largest distance of a coefficient. */
    static double distance(double[] parameters, LinearModel exact) {
        double[] wanted = exact.coefficients();
        return IntStream.range(0, wanted.length).mapToDouble(j -> Math.abs(parameters[j] - wanted[j]))
                .reduce(0, Math::max);
    }

    /** The least training losses of any epoch over those of least squares on the same samples, less 1: at each seed. */
    static double[] excess(Runs runs, PostExperiment method) {
        StudyRows rows = runs.seeds();
        List<Double> minima = ParallelRuns.run(rows.seeds(), seed -> 1,
                seed -> MINIMA.computeIfAbsent(seed, LinearFits::minimum),
                Runtime.getRuntime().availableProcessors());
        double[] losses = rows.of(method, Measure.BEST_TRAIN_LOSS);
        return IntStream.range(0, losses.length).mapToDouble(i -> losses[i] / minima.get(i) - 1).toArray();
    }

    /** The training loss of least squares on a seed's samples, which do not depend on how many validation samples follow. */
    private static double minimum(long seed) {
        LinearProblem problem = new LinearProblem(50, PostRuns.TRAIN_SIZE, 1, 0.2);
        return Regressions.leastSquares(problem.draw(seed).train()).meanSquaredError();
    }

    /** Sums of squared parameters along a run. */
    static String norms(TrainingResult run) {
        double[] norms = IntStream.rangeClosed(0, run.history().epochs()).mapToDouble(run.history()::squaredL2Norm).toArray();
        return Document.format("%.2f at the beginning, %.1f at most and %.1f at the end", norms[0], StatUtils.max(norms),
                norms[norms.length - 1]);
    }

    /** The distance at every epoch. */
    static Picture picture(TrainingResult run, LinearModel exact, double allowed) {
        double[] distances = IntStream.rangeClosed(0, run.history().epochs()).mapToDouble(epoch -> distance(
                IntStream.range(0, 51).mapToDouble(i -> run.history().parameter(epoch, i)).toArray(), exact)).toArray();
        return SeriesPicture.ofCurves("Gradient descent arrives at least squares, to the last digits of float32",
                "Linear model, seed 42: the largest distance of a coefficient from the QR solution", Axis.epochs(),
                Axis.log("Largest |trained − least squares|"),
                List.of(Series.byEpoch("Distance", Palette.BLACK, distances).drawn(LineStyle.SOLID)),
                List.of(ReferenceLine.vertical("Best epoch", run.history().bestEpoch()),
                        ReferenceLine.horizontal("Allowed at the end", allowed))).picture();
    }
}
