package dev.regularisation.training;

import static dev.regularisation.training.SmallPlans.PLAIN;
import static dev.regularisation.training.SmallPlans.train;
import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Patience ends a run early and changes nothing before; a run that diverged says from where on. */
class PatienceTest {

    /** Validation losses that rise and fall again: minibatches and a large rate. */
    private static final TrainingPlan RESTLESS =
            PLAIN.toBuilder().batchSize(4).learningRate(0.1).epochs(120).build();

    @Test
    @DisplayName("a run stops after N epochs without a better validation loss; what it did is what it would have done")
    void stops() {
        TrainingResult whole = train(RESTLESS);
        List<Integer> ends = new ArrayList<>();
        for (int patience : new int[] {1, 2, 3, 5, 8, 20, 60, 119, 120, 500}) {
            int end = lastEpoch(whole.history().validationLosses(), patience);
            ends.add(end);
            List<Integer> heard = new ArrayList<>();

            TrainingResult result = TrainingLoop.train(
                    RESTLESS.toBuilder().set(TrainingPlan.PATIENCE, patience).build(), new CpuBackend(),
                    Recording.PARAMETERS, (epoch, trainLoss, validationLoss) -> heard.add(epoch));

            // The digest covers losses and parameters of every epoch: the first epochs alone have the same bits.
            assertThat(result.history().sha256()).as("patience %d", patience)
                    .isEqualTo(train(RESTLESS.toBuilder().epochs(end)).history().sha256());
            assertThat(result.history().epochs()).isEqualTo(end).isEqualTo(heard.get(heard.size() - 1));
            assertThat(result.history().validationLosses())
                    .isEqualTo(Arrays.copyOf(whole.history().validationLosses(), end + 1));
            assertThat(result.last().epoch()).isEqualTo(end);
            assertThat(result.last().parameters()).isEqualTo(TrainingSemanticsTest.parameters(whole.history(), end));
            assertThat(result.best().epoch()).isEqualTo(result.history().bestEpoch());
            assertThat(result.best().parameters())
                    .isEqualTo(TrainingSemanticsTest.parameters(whole.history(), result.best().epoch()));
        }
        assertThat(ends).as("epochs at which runs ended").isSorted().contains(120).hasSizeGreaterThan(5);
        assertThat(ends.get(0)).as("with patience 1").isLessThan(ends.get(5)).isLessThan(100);
    }

    /** The first epoch that ends N in a row of which none improves on an earlier one. */
    private static int lastEpoch(double[] losses, int patience) {
        int end = patience;
        while (end < losses.length - 1 && least(losses, end - patience + 1, end) < least(losses, 0, end - patience)) {
            end++;
        }
        return Math.min(end, losses.length - 1);
    }

    private static double least(double[] losses, int from, int to) {
        return Arrays.stream(losses, from, to + 1).min().orElseThrow();
    }

    @Test
    @DisplayName("a loss that is not a number is no better: a run of nothing else ends after N epochs, with what it began with")
    void notANumber() {
        UnaryOperator<double[]> broken = parameters -> {
            parameters[0] = Double.NaN;
            return parameters;
        };
        for (int patience : new int[] {1, 4}) {
            TrainingResult result = TrainingLoop.train(RESTLESS.toBuilder().set(TrainingPlan.PATIENCE, patience).build(),
                    new CpuBackend(), Recording.PARAMETERS, ProgressListener.NONE, broken);

            assertThat(result.history().epochs()).isEqualTo(patience);
            assertThat(result.best().epoch()).isZero();
            assertThat(result.history().divergence()).hasValue(0);
        }
    }

    @Test
    @DisplayName("a run of too large a rate diverges, and its history says from which epoch on")
    void diverges() {
        History history = train(PLAIN.toBuilder().rule(UpdateRule.SGD)
                .learningRate(1e4).epochs(40)).history();

        int epoch = history.divergence().orElseThrow();
        assertThat(epoch).isBetween(1, 39);
        assertThat(history.validationLoss(epoch - 1)).isFinite();
        assertThat(history.trainLoss(epoch - 1)).isFinite();
        assertThat(train(PLAIN).history().divergence()).isEmpty();
    }

    @Test
    @DisplayName("divergence is the first loss, of either kind, that is infinite or no number")
    void divergence() {
        double[][] train = {{1, 2}, {1, Double.NaN, 3}, {1, 2, 3}, {Double.POSITIVE_INFINITY}, {1, Double.MAX_VALUE},
            {1, 2, Double.NEGATIVE_INFINITY}};
        double[][] validation = {{1, 2}, {1, 2, Double.NaN}, {1, Double.POSITIVE_INFINITY, 3}, {Double.NaN},
            {1, Double.MIN_VALUE}, {1, 2, 3}};
        int[] expected = {-1, 1, 1, 0, -1, 2};
        for (int row = 0; row < expected.length; row++) {
            HistoryRecorder recorder = new HistoryRecorder(Precision.FLOAT64, 9, 1, Recording.LOSSES);
            for (int epoch = 0; epoch < train[row].length; epoch++) {
                recorder.add(train[row][epoch], validation[row][epoch], new double[1]);
            }
            History history = new History(recorder);

            assertThat(history.divergence()).as("row %d", row)
                    .isEqualTo(expected[row] < 0 ? OptionalInt.empty() : OptionalInt.of(expected[row]));
            assertThat(history.epochs()).as("a recorder need not be full").isEqualTo(train[row].length - 1);
        }
    }
}
