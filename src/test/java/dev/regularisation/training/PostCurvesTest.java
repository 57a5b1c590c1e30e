package dev.regularisation.training;

import static dev.regularisation.post.PostExperiment.DROPOUT;
import static dev.regularisation.post.PostExperiment.L1;
import static dev.regularisation.post.PostExperiment.L2;
import static dev.regularisation.post.PostExperiment.LINEAR;
import static dev.regularisation.post.PostExperiment.MINIBATCH;
import static dev.regularisation.post.PostExperiment.MLP;
import static dev.regularisation.post.PostExperiment.WEIGHT_DECAY;
import static dev.regularisation.support.Golden.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The post's seven experiments follow PyTorch's curves and print the post's figures. */
@Tag(PostRuns.TAG)
class PostCurvesTest {

    /** Room above what was measured; a run's bits never change, so what it covers is a change of the product. */
    private static final double FACTOR = 2;

    /**
     * Largest relative deviation from PyTorch's float32 curves, losses and norms, over 30 epochs, as measured at 200 and 400
     * samples: some units of 6e-8 where rounding stays what it is, more where small batches amplify it. PyTorch's own
     * float32 and float64 differ as much.
     */
    static Stream<Arguments> measuredDeviations() {
        return Stream.of(
                Arguments.of(LINEAR, 6.4e-7, 5.9e-7),
                Arguments.of(MLP, 2.3e-7, 1.5e-7),
                Arguments.of(WEIGHT_DECAY, 2.4e-7, 2.4e-7),
                Arguments.of(L2, 3.6e-7, 1.7e-7),
                Arguments.of(L1, 1.7e-7, 2.4e-7),
                Arguments.of(MINIBATCH, 1.5e-5, 6.4e-6),
                Arguments.of(DROPOUT, 2.1e-7, 1.9e-7));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("measuredDeviations")
    @DisplayName("losses and norms follow PyTorch's over 30 epochs, at 200 and at 400 samples")
    void followsPyTorch(PostExperiment experiment, double at200, double at400) {
        assertThat(deviation(experiment, 200)).as("at 200").isLessThanOrEqualTo(FACTOR * at200);
        assertThat(deviation(experiment, 400)).as("at 400").isLessThanOrEqualTo(FACTOR * at400);
    }

    private static double deviation(PostExperiment experiment, int trainSize) {
        GoldenCurve golden = golden(experiment, trainSize);
        assertThat(golden.plan()).as("the plan that PyTorch ran").isEqualTo(experiment.plan(PostRuns.SEED, trainSize));
        return golden.deviation(PostRuns.of(experiment, trainSize).history());
    }

    private static GoldenCurve golden(PostExperiment experiment, int trainSize) {
        return new GoldenCurve(
                member(Golden.read("training.json"), experiment.id() + " train=" + trainSize + " float32"));
    }

    @ParameterizedTest(name = "{0}: {1} at epoch {2}")
    @CsvSource({"LINEAR, 0.0534, 66", "MLP, 0.5975, 72", "WEIGHT_DECAY, 0.4996, 88", "L2, 0.4996, 88"})
    @DisplayName("the best validation loss of the four stable runs is the post's, to every printed digit")
    void printsThePostsFigures(PostExperiment experiment, String published, int epoch) {
        TrainingResult result = PostRuns.of(experiment);

        assertThat(fourDigits(result.best().fit().validationLoss())).isEqualTo(published);
        assertThat(result.best().epoch()).isEqualTo(epoch);
    }

    @ParameterizedTest(name = "{0} at {1} samples")
    @CsvSource({"LINEAR, 200", "MLP, 200", "WEIGHT_DECAY, 200", "L2, 200",
        "LINEAR, 400", "MLP, 400", "WEIGHT_DECAY, 400", "L2, 400"})
    @DisplayName("so are PyTorch's best epoch and the digits it would print there, at 200 and at 400 samples")
    void printsPyTorchsFigures(PostExperiment experiment, int trainSize) {
        GoldenCurve golden = golden(experiment, trainSize);
        TrainingResult result = PostRuns.of(experiment, trainSize);

        assertThat(result.best().epoch()).isEqualTo(member(golden.run(), "best_epoch").intValue());
        assertThat(fourDigits(result.best().fit().validationLoss()))
                .isEqualTo(fourDigits(member(golden.run(), "best_val").doubleValue()));
        double[] r2 = Golden.numbers(member(golden.run(), "best_r2"));
        assertThat(fourDigits(result.best().fit().trainR2())).isEqualTo(fourDigits(r2[0]));
        assertThat(fourDigits(result.best().fit().validationR2())).isEqualTo(fourDigits(r2[1]));
    }

    @Test
    @DisplayName("R2 of the final linear and plain models are the post's, to every printed digit")
    void printsThePostsR2() {
        Fit linear = PostRuns.of(LINEAR).last().fit();
        Fit plain = PostRuns.of(MLP).last().fit();

        assertThat(fourDigits(linear.trainR2())).isEqualTo("0.9969");
        assertThat(fourDigits(linear.validationR2())).isEqualTo("0.9945");
        assertThat(fourDigits(plain.trainR2())).isEqualTo("1.0000");
        assertThat(fourDigits(plain.validationR2())).isEqualTo("0.9377");
    }

    @Test
    @DisplayName("the least training loss of the linear and plain models is the post's, to every printed digit")
    void printsThePostsTrainingLoss() {
        History linear = PostRuns.of(LINEAR).history();
        History plain = PostRuns.of(MLP).history();

        assertThat(fourDigits(linear.trainLoss(linear.bestTrainEpoch()))).isEqualTo("0.0272");
        assertThat(fourDigits(plain.trainLoss(plain.bestTrainEpoch()))).isEqualTo("0.0000");
    }

    @Test
    @DisplayName("runs that amplify rounding end near the post's figures: dropout closely, L1 and minibatches in a band")
    void amplifyingRunsEndNearby() {
        // The post has 0.2410, 0.2814 and 0.3149. Runs that differ in a single last bit spread L1 and minibatches, by the
        // accident of the best epoch, over about 0.26 to 0.36; plain training is at 0.60, outside.
        assertThat(PostRuns.of(DROPOUT).best().fit().validationLoss()).isBetween(0.2410 - 0.005, 0.2410 + 0.005);
        assertThat(PostRuns.of(L1).best().fit().validationLoss()).isBetween(0.26, 0.36);
        assertThat(PostRuns.of(MINIBATCH).best().fit().validationLoss()).isBetween(0.26, 0.36);
    }

    private static String fourDigits(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
