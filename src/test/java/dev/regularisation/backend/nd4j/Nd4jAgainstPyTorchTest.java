package dev.regularisation.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.kit.Tolerance;
import dev.regularisation.backend.kit.ToleranceUse.Used;
import dev.regularisation.backend.kit.ToleranceUse;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs in float64 beside PyTorch's own, of which {@code golden/torch/training.json} holds the loss curves. */
class Nd4jAgainstPyTorchTest {

    private static final int EPOCHS = 30;
    private static final ToleranceUse USE = ToleranceUse.of("Nd4jAgainstPyTorch")
            .describe("nd4j (float64) against PyTorch's own runs in float64");

    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        Availability here = new Nd4jProvider().availability();
        Assumptions.assumeTrue(here.available(), () -> "nd4j is not available here: " + here.detail());
        golden = new ObjectMapper().readTree(Path.of("golden", "torch", "training.json").toFile());
    }

    @AfterAll
    static void write() {
        USE.write();
    }

    private static Stream<Arguments> runs() {
        return Arrays.stream(PostExperiment.values())
                .flatMap(experiment -> Stream.of(200, 400).map(size -> Arguments.of(experiment, size)));
    }

    @ParameterizedTest(name = "{0} at {1} samples")
    @MethodSource("runs")
    @DisplayName("In float64 the loss curves are PyTorch's over the first 30 epochs")
    void lossCurvesAreThoseOfPyTorch(PostExperiment experiment, int trainSize) {
        JsonNode want = golden.path(experiment.id() + " train=" + trainSize + " float64");
        History got = train(experiment.plan(42, trainSize).toBuilder().epochs(EPOCHS).build(), Precision.FLOAT64);

        Tolerance tolerance = Tolerance.relative(1e-9, "1.3e-14 was measured over 30 epochs; PyTorch's own float32 is 4e-8 off");
        for (int i = 0; want.at("/epochs/" + i).asInt(Integer.MAX_VALUE) <= EPOCHS; i++) {
            int epoch = want.at("/epochs/" + i).asInt();
            same("training loss", epoch, got.trainLoss(epoch), want.at("/train_loss/" + i).asDouble(), tolerance);
            same("validation loss", epoch, got.validationLoss(epoch), want.at("/val_loss/" + i).asDouble(), tolerance);
        }
    }

    private static void same(String what, int epoch, double got, double want, Tolerance tolerance) {
        Used used = Used.of(got, want, tolerance, want);
        USE.record("float64 curves", what, tolerance, used);
        assertThat(used.share()).as("%s of epoch %d: wanted %s, got %s", what, epoch, want, got).isLessThanOrEqualTo(1);
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has the first 30 epochs of this run and of all others")
    @DisplayName("The training loss of the plain network ends at the square of the unit roundoff: the noise is float32's")
    void noiseFloorIsThatOfThePrecision() {
        TrainingPlan plan = PostExperiment.MLP.plan(42, 200);
        double floor64 = bestTrainLoss(train(plan, Precision.FLOAT64));
        double floor32 = bestTrainLoss(TrainingLoop.train(plan, new CpuBackend()).history());

        // PyTorch's own floors are 1.4e-31 and 2.3e-14; u squared is 1.2e-32 and 3.6e-15.
        assertThat(floor64).isBetween(1e-33, 1e-29);
        assertThat(floor32).isBetween(1e-15, 1e-12);
    }

    private static double bestTrainLoss(History history) {
        return history.trainLoss(history.bestTrainEpoch());
    }

    private static History train(TrainingPlan plan, Precision precision) {
        try (Backend backend = new Nd4jBackend(precision)) {
            return TrainingLoop.train(plan, backend, Recording.LOSSES, ProgressListener.NONE).history();
        }
    }
}
