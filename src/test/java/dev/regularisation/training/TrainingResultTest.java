package dev.regularisation.training;

import static dev.regularisation.training.SmallPlans.PLAIN;
import static dev.regularisation.training.SmallPlans.train;
import static dev.regularisation.training.TrainingSemanticsTest.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run hands back: the best model as it was, the last one, and what a listener heard. */
class TrainingResultTest {

    /** Ten epochs with dropout. Its best epoch is the sixth, on the training samples the eighth. */
    private static final TrainingPlan SMALL = PLAIN.toBuilder().learningRate(0.1).dropout(0.3).build();

    @Test
    @DisplayName("a small run hands back its plan, what ran it, the best model as it was and the last one")
    void smallRun() {
        TrainingResult result = train(SMALL);

        assertThat(result.plan()).isEqualTo(SMALL);
        assertThat(result.backend()).isEqualTo(new CpuBackend().description());
        assertThat(result.history().bestEpoch()).isEqualTo(6);
        assertThat(result.history().bestTrainEpoch()).isEqualTo(8);
        checkBestIsACopy(result);
        checkLastIsTheLast(result);
        checkFitIsOfThePredictions(result);
    }

    @ParameterizedTest
    @EnumSource(PostExperiment.class)
    @Tag(PostRuns.TAG)
    @DisplayName("the best model is a copy: restored, it has exactly the best validation loss on record")
    void bestModelIsACopy(PostExperiment experiment) {
        checkBestIsACopy(PostRuns.of(experiment));
    }

    private static void checkBestIsACopy(TrainingResult result) {
        History history = result.history();

        assertThat(result.best().epoch()).isEqualTo(history.bestEpoch()).isBetween(1, history.epochs() - 1);
        assertThat(result.best().fit().validationLoss()).isEqualTo(history.validationLoss(history.bestEpoch()));
        assertThat(result.best().parameters()).isEqualTo(parameters(history, history.bestEpoch()))
                .isNotEqualTo(result.last().parameters());
    }

    @ParameterizedTest
    @EnumSource(PostExperiment.class)
    @Tag(PostRuns.TAG)
    @DisplayName("the last model is the one after the last epoch")
    void lastModelIsTheLast(PostExperiment experiment) {
        checkLastIsTheLast(PostRuns.of(experiment));
    }

    private static void checkLastIsTheLast(TrainingResult result) {
        History history = result.history();

        assertThat(result.last().epoch()).isEqualTo(history.epochs()).isEqualTo(result.plan().epochs());
        assertThat(result.last().fit().validationLoss()).isEqualTo(history.validationLoss(history.epochs()));
        assertThat(result.last().parameters()).isEqualTo(parameters(history, history.epochs()));
    }

    @Test
    @Tag(PostRuns.TAG)
    @DisplayName("a model's fit is that of its predictions, sample by sample in their order")
    void fitIsOfThePredictions() {
        checkFitIsOfThePredictions(PostRuns.of(PostExperiment.WEIGHT_DECAY));
    }

    private static void checkFitIsOfThePredictions(TrainingResult result) {
        float[] train = result.data().train().y();
        float[] validation = result.data().validation().y();
        for (TrainingResult.Model model : List.of(result.best(), result.last())) {
            // The loss takes differences in float32: 6e-8 of predictions of some units, on errors of some units at most.
            assertThat(model.fit().trainLoss())
                    .isCloseTo(meanSquaredError(train, model.trainPredictions()), offset(1e-6));
            assertThat(model.fit().validationLoss())
                    .isCloseTo(meanSquaredError(validation, model.validationPredictions()), offset(1e-6));
            assertThat(model.fit().trainR2()).isEqualTo(Fit.r2(train, model.trainPredictions()));
            assertThat(model.fit().validationR2()).isEqualTo(Fit.r2(validation, model.validationPredictions()));
        }
    }

    private static double meanSquaredError(float[] y, double[] predictions) {
        double sum = 0;
        for (int s = 0; s < y.length; s++) {
            sum += (predictions[s] - y[s]) * (predictions[s] - y[s]);
        }
        return sum / y.length;
    }

    @Test
    @DisplayName("a run that never leaves not-a-number ends, and its best model is the initial one")
    void divergingRunEnds() {
        TrainingResult result = train(PLAIN.toBuilder().optimiser(new OptimiserPlan(UpdateRule.SGD, 1e38, 0)));

        assertThat(result.history().validationLoss(10)).isNaN();
        assertThat(result.best().epoch()).isZero();
        assertThat(result.last().fit().validationLoss()).isNaN();
    }

    @Test
    @DisplayName("a run says in a line where it diverged and what to do, and where patience ended it; else nothing")
    void remarks() {
        TrainingPlan.Builder sgd = PLAIN.toBuilder().optimiser(new OptimiserPlan(UpdateRule.SGD, 1e38, 0));

        assertThat(train(PLAIN).remarks()).isEmpty();
        assertThat(train(sgd.set(TrainingPlan.PATIENCE, 2)).remarks()).containsExactly(
                "diverged at epoch 1: the validation loss is infinite; lower the learning rate",
                "stopped at epoch 2: 2 epochs without a better validation loss");
        assertThat(train(PLAIN.toBuilder().problem(new LinearProblem(5, 20, 50, 3e38))).remarks())
                .first().isEqualTo("diverged at epoch 0: the training loss is infinite before the first step; scale the samples");
        TrainingResult atTheEnd = train(sgd.set(TrainingPlan.PATIENCE, 10).batchSize(5));
        assertThat(atTheEnd.remarks()).containsExactly("diverged at epoch 1: the training loss is NaN; lower the learning rate");
        assertThat(atTheEnd.stopped()).isEmpty();
    }

    @Test
    @DisplayName("of equally good models the first is best: here no step is large enough to move a float32 number")
    void firstOfEqualsIsBest() {
        TrainingResult result = train(PLAIN.toBuilder().optimiser(new OptimiserPlan(UpdateRule.SGD, 1e-300, 0)));

        assertThat(result.history().validationLoss(10)).isEqualTo(result.history().validationLoss(0));
        assertThat(result.best().epoch()).isEqualTo(result.history().bestEpoch()).isZero();
    }

    @Test
    @DisplayName("the listener hears every epoch once, in order, as it is recorded")
    void listenerHearsEveryEpoch() {
        List<List<Number>> heard = new ArrayList<>();

        History history = TrainingLoop.train(PLAIN, new CpuBackend(), Recording.LOSSES,
                (epoch, train, validation) -> heard.add(List.of(epoch, train, validation))).history();

        assertThat(heard).hasSize(11);
        for (int epoch = 0; epoch <= 10; epoch++) {
            assertThat(heard.get(epoch))
                    .isEqualTo(List.of(epoch, history.trainLoss(epoch), history.validationLoss(epoch)));
        }
    }

    @Test
    @DisplayName("an interrupted run stops after its epoch, says so and leaves the thread interrupted")
    void interruptStopsTheRun() {
        List<Integer> heard = new ArrayList<>();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> TrainingLoop.train(PLAIN, new CpuBackend(), Recording.LOSSES,
                            (epoch, train, validation) -> {
                                heard.add(epoch);
                                if (epoch == 3) {
                                    Thread.currentThread().interrupt();
                                }
                            }))
                    .withMessage("training was interrupted after epoch 3");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(heard).containsExactly(0, 1, 2, 3);
    }

    @Test
    @DisplayName("what the listener throws ends the run and reaches the caller")
    void listenersExceptionReachesTheCaller() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> TrainingLoop.train(PLAIN, new CpuBackend(), Recording.LOSSES,
                        (epoch, train, validation) -> {
                            throw new IllegalStateException("full disk");
                        }))
                .withMessage("full disk");
    }
}
