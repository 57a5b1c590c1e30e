package dev.regularisation.spec.rules.l2;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.PostRegression;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.Eigenbasis;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The linear model's coordinates along the eigenvectors of its loss's Hessian, trained with L2 over without.
 *
 * @param lambda   strength
 * @param h        eigenvalues
 * @param measured the ratio along each
 */
record RidgeRatios(double lambda, double[] h, double[] measured) {

    /** Trained once, whatever backend is judged. */
    private static final class BySgd {
        static final TrainingResult RUN = PostRegression.train(PostRegression.plan(1).toBuilder().rule(UpdateRule.SGD).build());
    }

    /** Under gradient descent, at a strength of 1. */
    static RidgeRatios bySgd() {
        return of(BySgd.RUN, 1);
    }

    /** The last validation loss over that without decay. */
    static double cost(TrainingResult run) {
        return run.last().fit().validationLoss() / Runs.CPU.of(PostExperiment.LINEAR).last().fit().validationLoss();
    }

    /** The same by strength. */
    static double[] costs() {
        return PostRegression.STRENGTHS.stream().mapToDouble(lambda -> cost(PostRegression.trained(lambda))).toArray();
    }

    /** The largest error over strengths. */
    static double strongest(Runs runs) {
        // One is enough to tell a backend that goes wrong.
        List<Double> strengths = runs.areReference() ? PostRegression.STRENGTHS : List.of(1.0);
        return strengths.stream().mapToDouble(lambda -> of(runs, lambda).worst()).reduce(0, Math::max);
    }

    static RidgeRatios of(Runs runs, double lambda) {
        // Training does not see the validation samples; few make it fast.
        TrainingResult decayed = runs.areReference() ? PostRegression.trained(lambda) : runs.train(PostRegression.plan(lambda)
                .toBuilder().problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, 100, 0.2)).build());
        return of(decayed, runs.of(PostExperiment.LINEAR), lambda);
    }

    /** Of any other training, as if it had that strength. */
    static RidgeRatios of(TrainingResult run, double lambda) {
        return of(run, Runs.CPU.of(PostExperiment.LINEAR), lambda);
    }

    private static RidgeRatios of(TrainingResult decayed, TrainingResult plain, double lambda) {
        Eigenbasis basis = PostRegression.loss().eigenbasis();
        double[] with = basis.coordinates(decayed.last().parameters());
        double[] without = basis.coordinates(plain.last().parameters());
        return new RidgeRatios(lambda, basis.eigenvalues(),
                IntStream.range(0, with.length).mapToDouble(i -> with[i] / without[i]).toArray());
    }

    double worst() {
        return IntStream.range(0, h.length).mapToDouble(i -> Math.abs(measured[i] - h[i] / (h[i] + lambda))).reduce(0, Math::max);
    }

    private static List<RidgeRatios> all() {
        return PostRegression.STRENGTHS.stream().map(lambda -> of(Runs.CPU, lambda)).toList();
    }

    static List<List<String>> rows() {
        return all().stream().map(one -> {
            double least = one.h[one.h.length - 1];
            return List.of(Double.toString(one.lambda), Document.format("%.4f to %.4f", least / (least + one.lambda),
                            one.h[0] / (one.h[0] + one.lambda)),
                    Document.format("%.4f to %.4f", one.measured[one.h.length - 1], one.measured[0]),
                    Document.format("%.1e", one.worst()),
                    Document.format("%.4f", PostRegression.trained(one.lambda).last().fit().validationLoss()));
        }).toList();
    }

    static Picture picture() {
        double[] grid = IntStream.rangeClosed(0, 100).mapToDouble(i -> 5e-4 * i * i).toArray();
        List<Series> clouds = new ArrayList<>();
        List<Series> curves = new ArrayList<>();
        for (RidgeRatios one : all()) {
            clouds.add(Series.of("Trained, λ = " + one.lambda, Palette.series(clouds.size()), one.h, one.measured));
            curves.add(Series.of("h/(h + λ)", Palette.GREY, grid, Arrays.stream(grid).map(x -> x / (x + one.lambda)).toArray()));
        }
        return new SeriesPicture("Training shrinks every eigen-direction as theory says",
                "51 eigen-directions of the post's data, seed 42; curves: h/(h + λ)",
                Axis.linear("Eigenvalue h of the Hessian").covering(0, 5),
                Axis.linear("Coordinate with L2 / without").covering(0, 1), clouds, curves, List.of(), false).picture();
    }

    static Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("eigenvalue", PostRegression.loss().eigenbasis().eigenvalues());
        all().forEach(one -> columns.put("ratio_at_lambda_" + one.lambda, one.measured));
        return columns;
    }
}
