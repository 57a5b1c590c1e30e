package dev.regularisation.spec.rules;

import dev.regularisation.spec.Document;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Runs;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** How the squared L2 norm Σ θ² of all parameters goes on in the later part of a run. */
public final class Norms {

    /** Rises by more than a fifth in the second half of a run count as growth. */
    public static final double GROWING = 1.2;
    /** A change of less than a tenth, as training at rest shows too, does not. */
    public static final double STEADY = 1.1;
    private static final int SEEDS = 2;

    private Norms() {
    }

    /** Such as {@code 1e-4}. */
    private static String label(double decay) {
        return decay == 0 ? "0" : Double.toString(decay).replace(".0E", "e");
    }

    /** Σ θ² by epoch. */
    public static double[] squared(History history) {
        return IntStream.rangeClosed(0, history.epochs()).mapToDouble(history::squaredL2Norm).toArray();
    }

    /** Σ θ² at the end over Σ θ² half way: above 1 where parameters still grow. */
    public static double lateGrowth(History history) {
        return history.squaredL2Norm(history.epochs()) / history.squaredL2Norm(history.epochs() / 2);
    }

    /**
     * Longer runs with several weight decays, at two seeds, with 1,000 validation samples, which training does not see.
     *
     * @param decays 0 for none
     */
    public static Ensemble<Double> longRuns(PostExperiment experiment, int epochs, double... decays) {
        LinearProblem problem = new LinearProblem(50, PostRuns.TRAIN_SIZE, 1000, 0.2);
        Map<Double, TrainingPlan> plans = new LinkedHashMap<>();
        for (double decay : decays) {
            plans.put(decay, experiment.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                    .problem(problem).epochs(epochs).weightDecay(decay).build());
        }
        return Ensembles.of("long " + experiment.id(), plans, SEEDS);
    }

    /** The same of a row of a study. */
    public static double lateGrowth(StudyRow run) {
        return run.get(Measure.L2_LAST) / run.get(Measure.L2_HALF);
    }

    /** Σ θ² half way over Σ θ² at a quarter of a run. */
    public static double earlyGrowth(StudyRow run) {
        return run.get(Measure.L2_HALF) / run.get(Measure.L2_QUARTER);
    }

    /**
     * Runs of the study {@code variants} with several weight decays, at the same seeds.
     *
     * @param settings what else is not the post's, such as {@code epochs=3000}; may be empty
     * @param decays   0 for none
     */
    public static Map<Double, List<StudyRow>> byDecay(Runs runs, PostExperiment experiment, String settings, double... decays) {
        Map<Double, List<StudyRow>> byDecay = new LinkedHashMap<>();
        for (double decay : decays) {
            String set = decay == 0 ? settings : OptimiserPlan.WEIGHT_DECAY.name() + "=" + decay + " " + settings;
            byDecay.put(decay, runs.variants(set.trim()).of(experiment));
        }
        return byDecay;
    }

    /** Rows of {@link #decayHeaderOverSeeds()}, one for each decay. */
    public static List<List<String>> decayRows(Map<Double, List<StudyRow>> byDecay) {
        List<List<String>> rows = new ArrayList<>();
        byDecay.forEach((decay, runs) -> {
            double[] growth = runs.stream().mapToDouble(Norms::lateGrowth).toArray();
            rows.add(List.of(label(decay), Document.format("%d", runs.size()), median("%.1f", runs, Measure.L2_FIRST),
                    median("%.1f", runs, Measure.L2_HALF), median("%.1f", runs, Measure.L2_LAST),
                    Document.format("%.2f, %.2f to %.2f", StatUtils.percentile(growth, 50), StatUtils.min(growth),
                            StatUtils.max(growth)), median("%.4f", runs, Measure.BEST_VALIDATION_LOSS)));
        });
        return rows;
    }

    private static String median(String format, List<StudyRow> runs, Measure measure) {
        return Document.format(format, StatUtils.percentile(runs.stream().mapToDouble(run -> run.get(measure)).toArray(), 50));
    }

    /** See {@link #decayRows(Map)}. */
    public static List<String> decayHeaderOverSeeds() {
        return List.of("weight decay", "seeds", "Σθ² at first, median", "half way", "at the end",
                "end / half way: median, range", "best validation loss, median");
    }

    /** Factors of Σ θ² in the second half at each seed, a row for each decay. */
    public static Picture decayPicture(String title, Map<Double, List<StudyRow>> byDecay) {
        List<DistributionPicture.Group> groups = new ArrayList<>();
        byDecay.forEach((decay, runs) -> groups.add(DistributionPicture.Group.of(name(decay), Palette.series(groups.size()),
                runs.stream().mapToDouble(Norms::lateGrowth).toArray())));
        return new DistributionPicture(title, "A point is a run at a seed; 200 training samples",
                Axis.linear("Σθ² at the end over Σθ² half way").covering(1, 1), groups, "",
                List.of(ReferenceLine.vertical("No growth", 1))).picture();
    }

    private static String name(double decay) {
        return decay == 0 ? "no weight decay" : "weight decay " + label(decay);
    }

    /** Rows of {@link #decayHeader()}, one for each decay and seed. */
    public static List<List<String>> decayRows(Ensemble<Double> runs, double... decays) {
        List<List<String>> rows = new ArrayList<>();
        for (double decay : decays) {
            for (Ensemble.Member run : runs.of(decay)) {
                History h = run.history();
                int n = h.epochs();
                rows.add(List.of(label(decay), Document.format("%d", run.plan().seed()), Document.format("%.1f", h.squaredL2Norm(0)),
                        Document.format("%.1f", h.squaredL2Norm(n / 2)), Document.format("%.1f", h.squaredL2Norm(n)),
                                Document.format("%.2f", lateGrowth(h)),
                        Document.format("%.4f", run.bestValidationLoss())));
            }
        }
        return rows;
    }

    /** See {@link #decayRows}. */
    public static List<String> decayHeader() {
        return List.of("weight decay", "seed", "Σθ² at first", "half way", "at the end", "end / half way",
                "best validation loss");
    }

    /** Norms of the first seed over epochs, one curve for each decay. */
    public static Picture decayPicture(String title, Ensemble<Double> runs, double... decays) {
        List<Series> curves = new ArrayList<>();
        for (double decay : decays) {
            curves.add(Series.byEpoch(name(decay), Palette.series(curves.size()),
                    squared(runs.of(decay).get(0).history())));
        }
        return SeriesPicture.ofCurves(title, "seed 1, 200 training samples", Axis.linear("Epoch"),
                Axis.linear("Squared L2 norm Σθ² of all parameters").covering(0, 0), curves, List.of()).picture();
    }

}
