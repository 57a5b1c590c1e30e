package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class L1CollapsesLateTest {

    /** Two steps of the optimiser: collapsed parameters rattle closer to zero than that. */
    private static final double COLLAPSED = 0.02;
    /** A parameter at least this large is alive. */
    private static final double ALIVE = 0.05;
    /** Mostly static: from then on the training loss stays within this factor of its last value, up and down. */
    private static final double STATIC = 1.25;

    /** The first epoch from which the training loss is mostly static. */
    static int settled(History history) {
        double last = history.trainLoss(history.epochs());
        int epoch = history.epochs();
        while (epoch > 0 && history.trainLoss(epoch - 1) <= STATIC * last && history.trainLoss(epoch - 1) >= last / STATIC) {
            epoch--;
        }
        return epoch;
    }

    /** Of the parameters alive at some epoch, those that later come near zero and stay there to the end. */
    private record Collapses(int alive, int collapsed) {

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
    }

    /** The epoch from which a parameter stays near zero; one past the last if it does not. */
    private static int collapseEpoch(History history, int index) {
        int epoch = history.epochs() + 1;
        while (epoch > 0 && Math.abs(history.parameter(epoch - 1, index)) < COLLAPSED) {
            epoch--;
        }
        return epoch;
    }

    /**
     * After the loss has settled, a quarter of the parameters still alive collapse for good, at least 20 of them, with half
     * the epochs or more to go.
     */
    static void requireLateCollapses(History history, int settled) {
        if (!(settled <= history.epochs() / 2)) {
            throw new AssertionError("the training loss is static only from epoch " + settled + " of " + history.epochs());
        }
        Collapses late = Collapses.after(history, settled);
        if (!(late.collapsed() >= 20 && 4 * late.collapsed() >= late.alive())) {
            throw new AssertionError("after epoch " + settled + " only " + late.collapsed() + " of " + late.alive()
                    + " living parameters collapse");
        }
    }

    @Shows(OldRule.L1_COLLAPSES_LATE)
    @ParameterizedTest(name = "l1.collapses-late: parameters collapse while the training loss stands still, on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    void atThePostsSeed(String backend) {
        History history = BackendRuns.of(backend, PostExperiment.L1, PostRuns.TRAIN_SIZE).history();

        requireLateCollapses(history, settled(history));
    }

    @Shows(OldRule.L1_COLLAPSES_LATE)
    @Test
    @DisplayName("l1.collapses-late: the training loss stands still, the count of living parameters falls")
    void showcase() {
        TrainingResult result = PostRuns.of(PostExperiment.L1);
        History history = result.history();
        int settled = settled(history);
        Collapses late = Collapses.after(history, settled);
        double[] epochs = new double[history.epochs() + 1];
        double[] living = new double[epochs.length];
        for (int epoch = 0; epoch < epochs.length; epoch++) {
            epochs[epoch] = epoch;
            living[epoch] = living(history, epoch);
        }

        Page.of(OldRule.L1_COLLAPSES_LATE)
                .setup("The post's L1 run (strength 0.021, 2,000 epochs, seed 42). The training loss counts as static "
                        + "from the epoch after which it stays within a factor of 1.25 of its last value. A parameter "
                        + "is alive while |θ| ≥ 0.05, and has collapsed when it stays below 0.02, two steps of the "
                        + "optimiser, to the end.")
                .table("The run after its loss has settled", List.of("epoch", "training loss", "L1 norm", "living parameters"),
                        rows(history, settled))
                .table("Collapses after epoch " + settled, List.of("method", "alive then", "collapsed since"),
                        Stream.of(PostExperiment.L1, PostExperiment.L2, PostExperiment.MLP).map(method -> {
                            Collapses collapses = Collapses.after(PostRuns.of(method).history(), settled);
                            return List.of(method.title(), "" + collapses.alive(), "" + collapses.collapsed());
                        }).toList())
                .picture(SeriesPicture.ofCurves("Parameters that are still alive",
                        "L1 of 0.021, 200 samples, seed 42; alive: |θ| ≥ 0.05", Axis.epochs(), Axis.log("Living parameters"),
                        List.of(Series.of("L1", Palette.of(PostExperiment.L1), epochs, living)),
                        List.of(ReferenceLine.vertical("Training loss static from here", settled))).picture())
                .picture(TrainingPicture.of(result, PostExperiment.L1.title()))
                .series("living.csv", csv(history, living))
                .figure(late.collapsed() + " of " + late.alive() + " living parameters collapse after epoch " + settled)
                .sure("A statement about one run, counted exactly, at the post's seed on every backend; the thresholds "
                        + "(a quarter of the living, at least 20) leave room for the rounding that L1 amplifies.")
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post --experiment mlp-l1\"")
                .publish();

        requireLateCollapses(history, settled);
    }

    private static int living(History history, int epoch) {
        int living = 0;
        for (int i = 0; i < history.parameterCount(); i++) {
            living += Math.abs(history.parameter(epoch, i)) >= ALIVE ? 1 : 0;
        }
        return living;
    }

    private static List<List<String>> rows(History history, int settled) {
        List<List<String>> rows = new ArrayList<>();
        for (int epoch : new int[] {0, settled / 2, settled, 500, 1000, 1500, 2000}) {
            rows.add(List.of(Integer.toString(epoch), String.format(Locale.ROOT, "%.4f", history.trainLoss(epoch)),
                    String.format(Locale.ROOT, "%.1f", history.l1Norm(epoch)), Integer.toString(living(history, epoch))));
        }
        return rows;
    }

    private static String csv(History history, double[] living) {
        StringBuilder csv = new StringBuilder("epoch,train_loss,l1_norm,living\n");
        for (int epoch = 0; epoch < living.length; epoch++) {
            csv.append(epoch).append(',').append(history.trainLoss(epoch)).append(',').append(history.l1Norm(epoch)).append(',')
                    .append((int) living[epoch]).append('\n');
        }
        return csv.toString();
    }

    @Teeth(OldRule.L1_COLLAPSES_LATE)
    @Test
    @DisplayName("l1.collapses-late: networks without L1, and a loss that has not settled, are rejected")
    void teeth() {
        History plain = PostRuns.of(PostExperiment.MLP).history();
        History ofL2 = PostRuns.of(PostExperiment.L2).history();
        History ofL1 = PostRuns.of(PostExperiment.L1).history();

        assertThatThrownBy(() -> requireLateCollapses(plain, 300)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("after epoch 300 only 0 of");
        assertThatThrownBy(() -> requireLateCollapses(ofL2, 300)).hasMessageContaining("living parameters collapse");
        assertThatThrownBy(() -> requireLateCollapses(ofL1, ofL1.epochs())).hasMessageContaining("static only from epoch 2000");
    }
}
