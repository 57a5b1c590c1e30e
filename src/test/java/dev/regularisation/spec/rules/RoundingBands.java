package dev.regularisation.spec.rules;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.sensitivity.Explanation;
import dev.regularisation.sensitivity.Neighbours;
import dev.regularisation.sensitivity.Parting;
import dev.regularisation.sensitivity.SideBySide;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingPlan;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What rounding does to the post's runs at its seed: rows of a hundred neighbours of each, of the study {@code neighbours}, whose
 * initial parameters are a unit in the last place away; and PyTorch's figures under 24 arithmetics, as {@code
 * golden/torch/arithmetics.py} made them.
 */
public final class RoundingBands {

    /** How many neighbours of each run there are. */
    public static final int NEIGHBOURS = 100;
    /** Runs that are as far apart are apart; farther on the distance is that of two trained networks and grows no more. */
    public static final double SATURATED = 0.01;
    /** How many are trained again, to see how they part. */
    private static final int PARTING = 2;
    private static final Map<PostExperiment, List<Parting>> PARTINGS = new ConcurrentHashMap<>();

    private RoundingBands() {
    }

    /** A quantity that the post prints, of a run, first, and its neighbours. */
    public static double[] values(PostExperiment experiment, Quantity quantity) {
        return StudyRows.neighbours(PostRuns.standIn(experiment), NEIGHBOURS).stream().mapToDouble(row -> value(row, quantity)).toArray();
    }

    /** A quantity that the post prints, of a run of the post's samples or of ones that differ from them in last bits. */
    public static double value(StudyRow row, Quantity quantity) {
        return switch (quantity) {
            case BEST_TRAIN_LOSS -> row.get(Measure.BEST_TRAIN_LOSS);
            case BEST_VALIDATION_LOSS -> row.get(Measure.BEST_VALIDATION_LOSS);
            case TRAIN_R2 -> 1 - row.get(Measure.FINAL_TRAIN_LOSS) / variance(PostRuns.of(PostExperiment.LINEAR).data().train());
            case VALIDATION_R2 ->
                1 - row.get(Measure.FINAL_VALIDATION_LOSS) / variance(PostRuns.of(PostExperiment.LINEAR).data().validation());
        };
    }

    private static double variance(Samples samples) {
        return StatUtils.populationVariance(IntStream.range(0, samples.size()).mapToDouble(i -> samples.y()[i]).toArray());
    }

    /** How far the last validation loss of each neighbour is from the run's: |ln of their ratio|. */
    public static double[] ends(PostExperiment experiment) {
        double[] last = StudyRows.neighbours(PostRuns.standIn(experiment), NEIGHBOURS).stream()
                .mapToDouble(row -> row.get(Measure.FINAL_VALIDATION_LOSS)).toArray();
        return IntStream.rangeClosed(1, NEIGHBOURS).mapToDouble(i -> Math.abs(Math.log(last[i] / last[0]))).toArray();
    }

    /** Compares a printed figure with the bands of its experiment. */
    public static Grade grade(Figure figure) {
        return Grade.of(figure, values(figure.experiment(), figure.quantity()), witness(figure.experiment(), figure.quantity()));
    }

    /** A quantity that the post prints in PyTorch's runs of an experiment, under each arithmetic. */
    public static double[] witness(PostExperiment experiment, Quantity quantity) {
        return Golden.rows(Golden.path("arithmetics.csv")).stream().filter(row -> row.get("experiment").equals(experiment.id()))
                .mapToDouble(row -> Double.parseDouble(row.get(quantity.title().replace(' ', '_')))).toArray();
    }

    /**
     * The post's plan with one validation sample of 10,000, of which parameters know nothing, but for dropout's, whose first
     * validation draws masks: {@code setup.validation-size-leaves-training}.
     */
    private static TrainingPlan unvalidated(PostExperiment experiment) {
        TrainingPlan plan = PostRuns.of(experiment).plan();
        return experiment == PostExperiment.DROPOUT ? plan : plan.toBuilder().problem(
                new LinearProblem(plan.problem().features(), plan.problem().trainSize(), 1, 0.2)).build();
    }

    /** How the first neighbours part from the run, epoch by epoch; they are trained once in a JVM. */
    public static List<Parting> partings(PostExperiment experiment) {
        return PARTINGS.computeIfAbsent(PostRuns.standIn(experiment), key -> new Neighbours(unvalidated(key),
                Recording.PARAMETERS, CpuBackend::new, Runtime.getRuntime().availableProcessors()).train(
                IntStream.rangeClosed(1, PARTING).boxed().toList(),
                (number, result) -> Parting.between(result.history(), PostRuns.of(key).history())));
    }

    /** What parts the first neighbour from the run, trained until they are {@link #SATURATED} apart. */
    public static Map<PostExperiment, Explanation> explanations() {
        List<PostExperiment> runs = Stream.of(PostExperiment.values()).map(PostRuns::standIn).distinct().toList();
        List<Explanation> explained = ParallelRuns.run(runs, run -> partings(run).get(0).firstReaching(SATURATED),
                RoundingBands::explain, Runtime.getRuntime().availableProcessors());
        return Stream.of(PostExperiment.values()).collect(Collectors.toMap(run -> run,
                run -> explained.get(runs.indexOf(PostRuns.standIn(run))),
                (one, same) -> one, () -> new EnumMap<>(PostExperiment.class)));
    }

    private static Explanation explain(PostExperiment run) {
        TrainingPlan plan = unvalidated(run);
        TrainingPlan until = plan.toBuilder().epochs(Math.min(plan.epochs(), partings(run).get(0).firstReaching(SATURATED))).build();
        return SideBySide.explain(until, 1, new CpuBackend(), new CpuBackend(), epoch -> {
        });
    }
}
