package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.study.Jumps;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The post's minibatch run with one thing about its optimiser changed: training losses at several seeds. */
enum Ablation {
    ADAM("Adam, float32", plan -> plan, CpuBackend::new),
    FLOAT64("Adam, float64", plan -> plan, () -> new CpuProvider().create(Precision.FLOAT64)),
    EPSILON_4("Adam, ε = 1e-4", plan -> plan.set(AdamMoments.EPSILON, 1e-4), CpuBackend::new),
    EPSILON_1("Adam, ε = 0.1", plan -> plan.set(AdamMoments.EPSILON, 0.1), CpuBackend::new),
    NO_MOMENTUM("Adam without momentum (β₁ = 0)", plan -> plan,
            () -> AdamAblation.withoutMomentum(new CpuBackend(), Ablation.RATE)),
    NO_NORMALISATION("Momentum without Adam's normalisation", plan -> plan,
            () -> AdamAblation.withoutNormalisation(new CpuBackend(), Ablation.PLAIN_RATE)),
    SGD("Gradient descent, neither", plan -> plan.rule(OptimiserPlan.UpdateRule.SGD).learningRate(Ablation.PLAIN_RATE),
            CpuBackend::new);

    static final double RATE = 0.01;
    /** Without Adam's normalisation: a rate that reaches float32's floor, loss 1e-12, within 600 epochs. */
    private static final double PLAIN_RATE = 0.03;

    private final String title;
    private final UnaryOperator<TrainingPlan.Builder> change;
    private final Supplier<Backend> backend;

    Ablation(String title, UnaryOperator<TrainingPlan.Builder> change, Supplier<Backend> backend) {
        this.title = title;
        this.change = change;
        this.backend = backend;
    }

    private double[] losses(long seed, int epochs) {
        return train(change.apply(small(PostExperiment.MINIBATCH, seed).epochs(epochs)).build(), backend.get());
    }

    /** Training losses of each variant at each seed. */
    static Map<Ablation, List<double[]>> train(Collection<Ablation> variants, List<Long> seeds, int epochs) {
        record Job(Ablation variant, long seed) {
        }

        List<Job> jobs = seeds.stream().flatMap(seed -> variants.stream().map(variant -> new Job(variant, seed))).toList();
        List<double[]> done = ParallelRuns.run(jobs, job -> job.variant == FLOAT64 ? 2 : 1,
                job -> job.variant.losses(job.seed, epochs), 2);
        Map<Ablation, List<double[]>> losses = new EnumMap<>(Ablation.class);
        for (int i = 0; i < jobs.size(); i++) {
            losses.computeIfAbsent(jobs.get(i).variant, key -> new ArrayList<>()).add(done.get(i));
        }
        return losses;
    }

    /** The post's plan with 1,000 validation samples, which training does not see. */
    static TrainingPlan.Builder small(PostExperiment experiment, long seed) {
        return experiment.plan(seed, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, 1000, 0.2));
    }

    static double[] train(TrainingPlan plan, Backend backend) {
        return TrainingLoop.train(plan, backend, Recording.LOSSES, ProgressListener.NONE).history().trainLosses();
    }

    /** The epoch of the first jump; without any, infinity; NaN where a loss is. */
    static double first(double... losses) {
        if (Double.isNaN(Jumps.count(losses))) {
            return Double.NaN;
        }
        int first = Jumps.first(losses);
        return first < 0 ? Double.POSITIVE_INFINITY : first;
    }

    static double least(double... losses) {
        return Arrays.stream(losses).min().orElse(Double.NaN);
    }

    static List<String> header() {
        return List.of("variant", "first jump", "jumps", "least loss");
    }

    /** A row for each variant, with one number for each seed in its cells. */
    static List<List<String>> rows(Map<Ablation, List<double[]>> losses) {
        return losses.entrySet().stream().map(entry -> List.of(entry.getKey().title,
                cell(entry.getValue(), Ablation::first, "%.0f"), cell(entry.getValue(), Jumps::count, "%.0f"),
                cell(entry.getValue(), Ablation::least, "%.0e"))).toList();
    }

    private static String cell(List<double[]> runs, ToDoubleFunction<double[]> value, String format) {
        return runs.stream().mapToDouble(value).mapToObj(v -> Double.isInfinite(v) ? "none" : Document.format(format, v))
                .collect(Collectors.joining(", "));
    }

    /** Durations of jumps, their numbers, and how many epochs after the hundredth have a loss above 1e-3, at each seed. */
    List<String> recovery(Map<Ablation, List<double[]>> losses, double[] lasts, double[] falls) {
        return List.of(title, numbers(lasts), numbers(falls), cell(losses.get(this), Jumps::count, "%.0f"),
                cell(losses.get(this), run -> Arrays.stream(run).skip(101).filter(loss -> loss > 1e-3).count(), "%.0f"));
    }

    private static String numbers(double... values) {
        return Arrays.stream(values).mapToObj(value -> Document.format("%.0f", value)).collect(Collectors.joining(", "));
    }

    /** Training losses at the first seed. */
    static Picture picture(Map<Ablation, List<double[]>> losses) {
        List<Series> curves = new ArrayList<>();
        for (Ablation variant : List.of(ADAM, FLOAT64, NO_MOMENTUM, NO_NORMALISATION, EPSILON_1)) {
            Series curve = Series.byEpoch(variant.title, Palette.series(curves.size()), losses.get(variant).get(0));
            curves.add(variant == FLOAT64 ? curve.drawn(LineStyle.DASHED)
                    : variant == ADAM ? curve.drawn(LineStyle.WIDE) : curve);
        }
        return SeriesPicture.ofCurves("Which part of the optimiser makes the training loss jump",
                "seed 42, batches of 32", Axis.linear("Epoch"), Axis.log("Training loss"), curves, List.of()).picture();
    }

    /** The losses behind {@link #picture}. */
    static Map<String, double[]> series(Map<Ablation, List<double[]>> losses) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        losses.forEach((variant, runs) -> columns.put(variant.title, runs.get(0)));
        return columns;
    }
}
