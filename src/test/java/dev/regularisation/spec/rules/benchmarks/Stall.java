package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * When a run's validation loss and its training loss arrive.
 *
 * @param settled the first epoch within 1 % of the least validation loss
 * @param best    the epoch of the least validation loss
 * @param floor   the first epoch within a factor of 10 of the loss at which training ends
 * @param end     that loss
 * @param moved   how far the validation loss moves from the floor on
 */
record Stall(int settled, int best, int floor, double end, double moved) {

    /** A floor is rounding, 1e-13 in float32; a run that ends above it has none. */
    static final double ROUNDING = 1e-12;

    static Stall of(History history) {
        double enough = 1.01 * history.validationLoss(history.bestEpoch());
        double end = level(history);
        int floor = first(history, epoch -> history.trainLoss(epoch) <= 10 * end);
        double[] rest = Arrays.copyOfRange(history.validationLosses(), floor, history.epochs() + 1);
        return new Stall(first(history, epoch -> history.validationLoss(epoch) <= enough), history.bestEpoch(), floor, end,
                StatUtils.max(rest) - StatUtils.min(rest));
    }

    /** That of a row of a study, if its run has a floor. */
    static Optional<Stall> of(StudyRow row) {
        return row.find(Measure.FLOOR_LOSS).stream().mapToObj(end -> new Stall((int) row.get(Measure.NEAR_BEST_EPOCH),
                (int) row.get(Measure.BEST_EPOCH), (int) row.get(Measure.FLOOR_EPOCH), end,
                row.get(Measure.FLOOR_MOVE))).findFirst();
    }

    private static int first(History history, IntPredicate condition) {
        return IntStream.rangeClosed(0, history.epochs()).filter(condition).findFirst().orElse(history.epochs());
    }

    /** The median training loss of the last fifth. */
    private static double level(History history) {
        double[] losses = history.trainLosses();
        return StatUtils.percentile(Arrays.copyOfRange(losses, losses.length * 4 / 5, losses.length), 50);
    }

    /** Epochs from validation's arrival to the floor. */
    double lead() {
        return floor - settled;
    }

    static List<String> header() {
        return List.of("what", "epoch", "training loss", "validation loss");
    }

    static List<List<String>> rows(History run) {
        Stall stall = of(run);
        return List.of(row("validation within 1 % of its best", stall.settled, run),
                row("best validation", run.bestEpoch(), run),
                row("training loss at its floor", stall.floor, run), row("last epoch", run.epochs(), run));
    }

    private static List<String> row(String what, int epoch, History history) {
        return List.of(what, String.valueOf(epoch), Document.format("%.2g", history.trainLoss(epoch)),
                Document.format("%.4f", history.validationLoss(epoch)));
    }

    static Picture picture(History run) {
        return SeriesPicture.ofCurves("Validation has stopped improving long before the training loss has stopped falling",
                "Plain MLP, seed 42", Axis.epochs(), Axis.log("Mean squared error"),
                List.of(Series.byEpoch("Training loss", Palette.TRAINING, run.trainLosses()),
                        Series.byEpoch("Validation loss", Palette.VALIDATION, run.validationLosses())),
                List.of(ReferenceLine.vertical("Best validation", run.bestEpoch()).in(Palette.VALIDATION),
                        ReferenceLine.vertical("Training loss at its floor", of(run).floor).in(Palette.TRAINING))).picture();
    }

    static Picture scatter(List<Stall> stalls) {
        return new SeriesPicture("At every seed validation settles before the training loss reaches its floor",
                "Plain MLP; one point a seed, of those that reach a floor",
                Axis.linear("Epoch at which validation is within 1 % of its best").covering(0, 400),
                Axis.linear("Epoch at which the training loss reaches its floor").covering(0, 400),
                List.of(Series.of("Seeds", Palette.of(PostExperiment.MLP),
                stalls.stream().mapToDouble(Stall::settled).toArray(),
                        stalls.stream().mapToDouble(Stall::floor).toArray())), List.of(),
                List.of(ReferenceLine.identity("At the same time")), true).picture();
    }
}
