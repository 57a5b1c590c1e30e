package dev.regularisation.spec.rules;

import dev.regularisation.spec.Document;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
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
            curves.add(Series.byEpoch(decay == 0 ? "no weight decay" : "weight decay " + label(decay),
                    Palette.series(curves.size()),
                    squared(runs.of(decay).get(0).history())));
        }
        return SeriesPicture.ofCurves(title, "seed 1, 200 training samples", Axis.linear("Epoch"),
                Axis.linear("Squared L2 norm Σθ² of all parameters").covering(0, 0), curves, List.of()).picture();
    }

}
