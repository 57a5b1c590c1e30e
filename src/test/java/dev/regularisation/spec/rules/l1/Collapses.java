package dev.regularisation.spec.rules.l1;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Of the parameters alive at some epoch, those that later come near zero and stay there to the end.
 *
 * @param alive     how many were alive
 * @param collapsed how many of them collapse at least a hundred epochs before the end
 */
record Collapses(int alive, int collapsed) {

    /** Two steps of the optimiser: collapsed parameters rattle closer to zero than that. */
    private static final double COLLAPSED = 0.02;
    /** A parameter at least this large is alive. */
    private static final double ALIVE = 0.05;
    /** Mostly static: from then on the training loss stays within this factor of its last value, up and down. */
    private static final double STATIC = 1.25;

    static Collapses after(History history, int from) {
        int alive = 0;
        int collapsed = 0;
        for (int i = 0; i < history.parameterCount(); i++) {
            if (Math.abs(history.parameter(from, i)) >= ALIVE) {
                alive++;
                collapsed += collapseEpoch(history, i) <= history.epochs() - 100 ? 1 : 0;
            }
        }
        return new Collapses(alive, collapsed);
    }

    /** The epoch from which a parameter stays near zero; one past the last if it does not. */
    private static int collapseEpoch(History history, int index) {
        int epoch = history.epochs() + 1;
        while (epoch > 0 && Math.abs(history.parameter(epoch - 1, index)) < COLLAPSED) {
            epoch--;
        }
        return epoch;
    }

    /** The first epoch from which the training loss is mostly static. */
    static int settled(History history) {
        double last = history.trainLoss(history.epochs());
        int epoch = history.epochs();
        while (epoch > 0 && history.trainLoss(epoch - 1) <= STATIC * last && history.trainLoss(epoch - 1) >= last / STATIC) {
            epoch--;
        }
        return epoch;
    }

    /** At each seed, the share of the L1 norm that goes after the training loss has settled. */
    static double[] normsAfterSettling(StudyRows rows, PostExperiment method) {
        return rows.of(method).stream().mapToDouble(Collapses::goes).toArray();
    }

    /** Of how many runs that settle in their first half it is at least so much. */
    static String early(StudyRows rows, double share) {
        List<StudyRow> early = rows.of(PostExperiment.L1).stream()
                .filter(run -> run.get(Measure.SETTLED_EPOCH) <= run.get(Measure.EPOCHS) / 2).toList();
        return early.stream().filter(run -> goes(run) >= share).count() + " of " + early.size();
    }

    private static double goes(StudyRow run) {
        return 1 - run.get(Measure.L1_LAST) / run.get(Measure.L1_SETTLED);
    }

    /** That share at each seed, by the epoch at which the loss has settled. */
    static Picture seeds(StudyRows rows) {
        return new SeriesPicture("What goes once the training loss is static", "L1 of 0.021, 200 samples; a point is a seed",
                Axis.epochs(), Axis.linear("Share of the L1 norm that goes after that").covering(0, 1),
                List.of(Series.of("L1", Palette.of(PostExperiment.L1), rows.of(PostExperiment.L1, Measure.SETTLED_EPOCH),
                        normsAfterSettling(rows, PostExperiment.L1))), List.of(), List.of(), false).picture();
    }

    /** By method, parameters alive at an epoch of the post's run and those collapsed since. */
    static List<List<String>> byMethod(int from) {
        return Stream.of(PostExperiment.L1, PostExperiment.L2, PostExperiment.MLP).map(method -> {
            Collapses collapses = after(Runs.CPU.of(method).history(), from);
            return List.of(method.title(), "" + collapses.alive(), "" + collapses.collapsed());
        }).toList();
    }

    private static double living(History history, int epoch) {
        return IntStream.range(0, history.parameterCount()).filter(i -> Math.abs(history.parameter(epoch, i)) >= ALIVE).count();
    }

    static List<String> header() {
        return List.of("epoch", "training loss", "L1 norm", "living parameters");
    }

    /** The run on its way and after its loss has settled. */
    static List<List<String>> rows(History history) {
        int settled = settled(history);
        return Stream.of(0, settled / 2, settled, 500, 1000, 1500, 2000).map(epoch -> List.of(Integer.toString(epoch),
                Document.format("%.4f", history.trainLoss(epoch)), Document.format("%.1f", history.l1Norm(epoch)),
                Document.format("%.0f", living(history, epoch)))).toList();
    }

    static Picture picture(History history) {
        Map<String, double[]> series = series(history);
        return SeriesPicture.ofCurves("Parameters that are still alive", "L1 of 0.021, 200 samples, seed 42; alive: |θ| ≥ 0.05",
                Axis.epochs(), Axis.log("Living parameters"),
                List.of(Series.of("L1", Palette.of(PostExperiment.L1), series.get("epoch"), series.get("living"))),
                List.of(ReferenceLine.vertical("Training loss static from here", settled(history)))).picture();
    }

    static Map<String, double[]> series(History history) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        IntStream epochs = IntStream.rangeClosed(0, history.epochs());
        columns.put("epoch", epochs.asDoubleStream().toArray());
        columns.put("train_loss", history.trainLosses());
        columns.put("living", IntStream.rangeClosed(0, history.epochs()).mapToDouble(epoch -> living(history,
                epoch)).toArray());
        return columns;
    }
}
