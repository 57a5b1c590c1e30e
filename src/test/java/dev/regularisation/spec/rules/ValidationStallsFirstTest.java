package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationStallsFirstTest {

    /** Well before: over 200 seeds, 195 epochs or more lay between the two. */
    private static final int WELL_BEFORE = 100;
    /** A hundredth more than the least validation loss counts as having reached it. */
    private static final double NEARLY = 1.01;
    /** Ten times the loss at which training ends counts as having reached its floor. */
    private static final double AT_FLOOR = 10;
    /** A floor is rounding, 1e-13 in float32 and less in float64; a run that ends above it has none. */
    private static final double ROUNDING = 1e-12;
    /** From the floor on, the validation loss moved by at most 4e-7 over 200 seeds. */
    private static final double FROZEN = 1e-5;

    @Test
    @Shows(OldRule.MLP_VALIDATION_STALLS_FIRST)
    @DisplayName("mlp.validation-stalls-first: the best epoch is 72, the training loss reaches its floor after 300")
    void postsRun() {
        TrainingResult run = PostRuns.of(PostExperiment.MLP);
        List<History> withFloor = Ensembles.post(PostRuns.TRAIN_SIZE).of(PostExperiment.MLP).stream()
                .map(Ensemble.Member::history)
                .filter(ValidationStallsFirstTest::hasFloor).toList();
        page(run.history(), withFloor).publish();

        withFloor.forEach(ValidationStallsFirstTest::requireStallsWellBeforeFloor);
        withFloor.forEach(ValidationStallsFirstTest::requireFrozenFromFloor);
        Check.that(withFloor.size() >= 0.8 * Ensembles.SEEDS, "only %d of %d runs reach a floor", withFloor.size(),
                Ensembles.SEEDS);
    }

    @ParameterizedTest(name = "on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.MLP_VALIDATION_STALLS_FIRST)
    @DisplayName("mlp.validation-stalls-first: validation is best well before the floor, and still from then on")
    void everyBackend(String backend) {
        History history = BackendRuns.of(backend, PostExperiment.MLP, PostRuns.TRAIN_SIZE).history();

        requireStallsWellBeforeFloor(history);
        requireFrozenFromFloor(history);
        Check.that(history.bestEpoch() + WELL_BEFORE <= floorEpoch(history), "best epoch %d, floor at %d",
                history.bestEpoch(),
                floorEpoch(history));
    }

    @Test
    @Teeth(OldRule.MLP_VALIDATION_STALLS_FIRST)
    @DisplayName(
            "mlp.validation-stalls-first: rejects L1, which improves to the end, and validation that goes on moving")
    void teeth() {
        History penalised = PostRuns.of(PostExperiment.L1).history();
        History linear = PostRuns.of(PostExperiment.LINEAR).history();

        assertThatThrownBy(() -> requireStallsWellBeforeFloor(penalised))
                .hasMessageContaining("validation settles at epoch");
        assertThatThrownBy(() -> requireStallsWellBeforeFloor(linear))
                .hasMessageContaining("validation settles at epoch");
        assertThatThrownBy(() -> requireFrozenFromFloor(penalised)).hasMessageContaining("still moves");
    }

    static void requireStallsWellBeforeFloor(History history) {
        int settled = settledEpoch(history);
        int floor = floorEpoch(history);
        Check.that(settled + WELL_BEFORE <= floor,
                "validation settles at epoch %d, the training loss reaches its floor at %d",
                settled, floor);
    }

    static void requireFrozenFromFloor(History history) {
        double moved = movedFrom(history, floorEpoch(history));
        Check.that(moved <= FROZEN, "from the floor on, validation still moves by %.2g", moved);
    }

    /** The first epoch within 1 % of the least validation loss. */
    private static int settledEpoch(History history) {
        double enough = NEARLY * history.validationLoss(history.bestEpoch());
        int epoch = 0;
        while (!(history.validationLoss(epoch) <= enough)) {
            epoch++;
        }
        return epoch;
    }

    /** The first epoch within a factor of 10 of the median training loss of the last fifth. */
    private static int floorEpoch(History history) {
        double floor = floor(history);
        int epoch = 0;
        while (!(history.trainLoss(epoch) <= AT_FLOOR * floor)) {
            epoch++;
        }
        return epoch;
    }

    private static double floor(History history) {
        double[] losses = history.trainLosses();
        return StatUtils.percentile(Arrays.copyOfRange(losses, losses.length * 4 / 5, losses.length), 50);
    }

    private static boolean hasFloor(History history) {
        return floor(history) <= ROUNDING;
    }

    private static double movedFrom(History history, int epoch) {
        double[] rest = Arrays.copyOfRange(history.validationLosses(), epoch, history.epochs() + 1);
        return StatUtils.max(rest) - StatUtils.min(rest);
    }

    private static Page page(History post, List<History> ensemble) {
        double[] settled = ensemble.stream().mapToDouble(ValidationStallsFirstTest::settledEpoch).toArray();
        double[] floors = ensemble.stream().mapToDouble(ValidationStallsFirstTest::floorEpoch).toArray();
        int best = post.bestEpoch();
        int floor = floorEpoch(post);
        return Page.of(OldRule.MLP_VALIDATION_STALLS_FIRST)
                .setup("For the plain MLP, two epochs are compared: when the validation loss comes within 1 % of the "
                        + "least it ever reaches, and when the training loss comes within a factor of 10 of the "
                        + "rounding noise at which it ends.")
                .table("The post's seed", List.of("what", "epoch", "training loss", "validation loss"), List.of(
                        row("validation within 1 % of its best", settledEpoch(post), post),
                        row("best validation", best, post),
                        row("training loss at its floor", floor, post),
                        row("last epoch", post.epochs(), post)))
                .picture(SeriesPicture.ofCurves(
                        "Validation has stopped improving long before the training loss has stopped falling",
                        "Plain MLP, seed 42", Axis.epochs(), Axis.log("Mean squared error"),
                        List.of(Series.byEpoch("Training loss", Palette.TRAINING, post.trainLosses()),
                                Series.byEpoch("Validation loss", Palette.VALIDATION, post.validationLosses())),
                        List.of(ReferenceLine.vertical("Best validation", best).in(Palette.VALIDATION),
                                ReferenceLine.vertical("Training loss at its floor", floor).in(Palette.TRAINING)))
                                        .picture())
                .picture(scatter(settled, floors))
                .paragraph("The qualification", Check.text("\"As that stage begins\" is too late by far: at the best "
                        + "epoch, %d, the training loss is %.1g, still %.0f orders of magnitude above its floor, which "
                        + "it reaches at epoch %d. What begins near the best epoch is the fitting of noise: the "
                        + "training loss is by then a tenth of the noise variance, 0.04. From the floor on the "
                        + "validation loss does not move at all, by less than %.0g.", best, post.trainLoss(best),
                        StrictMath.log10(post.trainLoss(best) / floor(post)), floor, movedFrom(post, floor) * 2))
                .figure(Check.text("best at epoch %d, floor at %d", best, floor))
                .sure(Check.text("Deterministic at the post's seed, on every backend. Of %d seeds, %d reach a floor; "
                        + "at all of these validation settles first, by %.0f epochs or more (median %.0f "
                        + "against %.0f).",
                        Ensembles.SEEDS, ensemble.size(), leastGap(settled, floors),
                        StatUtils.percentile(settled, 50), StatUtils.percentile(floors, 50)))
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post --experiment mlp\"");
    }

    private static double leastGap(double[] settled, double[] floors) {
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s < settled.length; s++) {
            least = Math.min(least, floors[s] - settled[s]);
        }
        return least;
    }

    private static List<String> row(String what, int epoch, History history) {
        return List.of(what, String.valueOf(epoch), Check.text("%.2g", history.trainLoss(epoch)),
                Check.text("%.4f", history.validationLoss(epoch)));
    }

    private static Picture scatter(double[] settled, double[] floors) {
        return new SeriesPicture("At every seed validation settles before the training loss reaches its floor",
                "Plain MLP; one point a seed, of those that reach a floor",
                        Axis.linear("Epoch at which validation is within 1 % of its best").covering(0, 400),
                Axis.linear("Epoch at which the training loss reaches its floor").covering(0, 400),
                List.of(Series.of("Seeds", Palette.of(PostExperiment.MLP), settled, floors)), List.of(),
                List.of(ReferenceLine.identity("At the same time")), true).picture();
    }
}
