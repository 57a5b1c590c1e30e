package dev.regularisation.spec.rules.setup;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.stat.StatUtils;

/** How validation losses fluctuate: on the post's samples, and of the linear model and the plain network on fresh ones. */
final class FreshSets {

    static final int FEW = 200;
    private static final int MANY = 10_000;
    private static final int SETS_OF_FEW = 400;
    private static final int SETS_OF_MANY = 100;
    private static final List<PostExperiment> MODELS = List.of(PostExperiment.LINEAR, PostExperiment.MLP);

    /** Losses of the two models on fresh sets. */
    private static final class Tried {
        static final List<double[]> FEW_SAMPLES = MODELS.stream().map(m -> losses(Runs.CPU.of(m), FEW, SETS_OF_FEW)).toList();
        static final List<double[]> MANY_SAMPLES = MODELS.stream().map(m -> losses(Runs.CPU.of(m), MANY, SETS_OF_MANY))
                .toList();
    }

    private FreshSets() {
    }

    /**
     * Of each model: variance times number of samples, at few over at many.
     *
     * @param values an entry a model
     * @param few    sets of few samples that they are of
     * @param many   sets of many
     */
    record Ratios(double[] values, int few, int many) {

        /** Of the first sets alone, where there are more. */
        static Ratios ofFirst(int most) {
            int few = Math.min(most, SETS_OF_FEW);
            int many = Math.min(most, SETS_OF_MANY);
            return new Ratios(IntStream.range(0, MODELS.size()).mapToDouble(m ->
                    StatUtils.variance(Tried.FEW_SAMPLES.get(m), 0, few) * FEW
                            / (StatUtils.variance(Tried.MANY_SAMPLES.get(m), 0, many) * MANY)).toArray(), few, many);
        }

        Ratios times(double factor) {
            return new Ratios(Arrays.stream(values).map(value -> factor * value).toArray(), few, many);
        }

        /** F distributes them where variances fall as one over the number of samples. */
        FDistribution distribution() {
            return new FDistribution(null, few - 1, many - 1);
        }
    }

    /** Of the best model, on the post's validation samples. */
    static double[] squaredErrors(TrainingResult run) {
        float[] y = run.data().validation().y();
        double[] p = run.best().validationPredictions();
        return IntStream.range(0, y.length).mapToDouble(s -> (p[s] - y[s]) * (p[s] - y[s])).toArray();
    }

    static double standardError(double[] values) {
        return Math.sqrt(StatUtils.variance(values) / values.length);
    }

    static double relativeError(double[] values) {
        return standardError(values) / StatUtils.mean(values);
    }

    /** Standard errors between two losses on the same samples; none between equals. */
    static double apart(double[] one, double[] other) {
        double[] differences = less(one, other);
        double error = standardError(differences);
        return error == 0 ? 0 : Math.abs(StatUtils.mean(differences)) / error;
    }

    private static double[] less(double[] one, double[] other) {
        return IntStream.range(0, one.length).mapToDouble(s -> one[s] - other[s]).toArray();
    }

    private static double[] losses(TrainingResult run, int samples, int sets) {
        LinearModel truth = Regressions.truth(LinearProblem.POST.draw(PostRuns.SEED));
        List<Long> seeds = LongStream.range(0, sets).map(set -> 1_000_000L + samples * 1000L + set).boxed().toList();
        return ParallelRuns.run(seeds, seed -> 1, seed -> loss(run, truth, samples, new TorchGenerator(seed)), 2)
                .stream().mapToDouble(loss -> loss).toArray();
    }

    /** Inputs are independent normals, so that the order in which they fill the matrix does not matter. */
    private static double loss(TrainingResult run, LinearModel truth, int samples, TorchGenerator generator) {
        int features = truth.weights().length;
        double[] x = Regressions.widen(generator.randn(features * samples));
        double[] y = Regressions.widen(generator.randn(samples));
        double[] w = truth.weights();
        for (int s = 0; s < samples; s++) {
            y[s] = 0.2 * y[s] + truth.intercept();
            for (int i = 0; i < features; i++) {
                y[s] += w[i] * x[i * samples + s];
            }
        }
        try (Backend backend = new CpuBackend()) {
            Mlp network = new Mlp(backend, run.plan().layers());
            backend.write(run.best().parameters(), network.parameters());
            Activations activations = network.activations(samples);
            Tensor inputs = backend.tensor(features, samples, x);
            network.forward(inputs, activations);
            return backend.sumOfLosses(new MeanSquaredError(), activations.prediction(), backend.tensor(1, samples, y),
                    0) / samples;
        }
    }

    static List<String> header() {
        return List.of("model", "loss", "standard error at 10,000", "at 200", "from the row above, on the same samples");
    }

    /** By loss. */
    static List<List<String>> rows() {
        List<PostExperiment> ranked = Stream.of(PostExperiment.values())
                .sorted(Comparator.comparing((PostExperiment e) -> StatUtils.mean(squaredErrors(Runs.CPU.of(e))))).toList();
        List<List<String>> rows = new ArrayList<>();
        double[] above = null;
        for (PostExperiment method : ranked) {
            double[] errors = squaredErrors(Runs.CPU.of(method));
            rows.add(List.of(method.title(), Document.format("%.4f", StatUtils.mean(errors)),
                    Document.format("%.4f (%.1f %%)", standardError(errors), 100 * relativeError(errors)),
                    Document.format("%.4f", standardError(errors) * Math.sqrt((double) MANY / FEW)),
                    above == null ? "" : Document.format("%.4f ± %.4f", StatUtils.mean(less(errors, above)),
                            standardError(less(errors, above)))));
            above = errors;
        }
        return rows;
    }

    static List<String> spreadHeader() {
        return List.of("model", "standard deviation of 200", "of 10,000", "ratio (√50 = 7.07)");
    }

    static List<List<String>> spreads() {
        return IntStream.range(0, MODELS.size()).mapToObj(m -> {
            double few = Math.sqrt(StatUtils.variance(Tried.FEW_SAMPLES.get(m)));
            double many = Math.sqrt(StatUtils.variance(Tried.MANY_SAMPLES.get(m)));
            return List.of(MODELS.get(m).title(), Document.format("%.4f", few), Document.format("%.4f", many),
                    Document.format("%.2f", few / many));
        }).toList();
    }

    static Picture picture() {
        List<DistributionPicture.Group> groups = new ArrayList<>();
        for (int m = 0; m < MODELS.size(); m++) {
            double loss = Runs.CPU.of(MODELS.get(m)).best().fit().validationLoss();
            groups.add(new DistributionPicture.Group(MODELS.get(m).title() + ", 200", Palette.SKY_BLUE, Tried.FEW_SAMPLES.get(m),
                    loss));
            groups.add(new DistributionPicture.Group(MODELS.get(m).title() + ", 10,000", Palette.BLUE, Tried.MANY_SAMPLES.get(m),
                    loss));
        }
        return new DistributionPicture("One model, many validation sets",
                "Losses of the post's trained models on fresh sets of 200 "
                + "and of 10,000 samples", Axis.log("Validation loss"), groups, "On the post's own validation samples",
                List.of())
                .picture();
    }
}
