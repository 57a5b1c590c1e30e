package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.experiment.PostExperiment;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden comparison sees the last bit of one initial weight, and nothing that leaves every bit alone. */
final class LastBitTest {

    private static final int EPOCHS = 200;
    private static final long SEED = 1;

    private static TrainingResult train(PostExperiment experiment, UnaryOperator<double[]> initial) {
        TrainingPlan plan = experiment.plan(SEED, 200).toBuilder().epochs(EPOCHS).build();
        return TrainingLoop.train(plan, new CpuBackend(), Recording.PARAMETERS, ProgressListener.NONE, initial);
    }

    private static UnaryOperator<double[]> lastBitOf(int weight) {
        return initial -> {
            double[] flipped = initial.clone();
            flipped[weight] = Float.intBitsToFloat(Float.floatToRawIntBits((float) initial[weight]) ^ 1);
            return flipped;
        };
    }

    /** What the golden file of this run says of another; its evidence does not belong into the report of a passing test. */
    private static void compare(PostExperiment experiment, TrainingResult result) throws IOException {
        GoldenFolder.check(GoldenFolder.APPROVED.resolve(experiment.id() + "-" + EPOCHS + "-seed-" + SEED + ".txt"),
                GoldenText.of(result), (name, type, content) -> { });
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("the last bit of one initial weight turns the golden comparison red, with a message that names it")
    void oneBit(PostExperiment experiment) {
        TrainingResult flipped = train(experiment, lastBitOf(0));

        assertThat(catchThrowable(() -> compare(experiment, flipped))).isInstanceOf(AssertionError.class).hasMessageContainingAll(
                experiment.id() + "-200-seed-1.txt: ", " values differ; the first:\n  epoch.00000.",
                "epoch.00000.parameter.0: expected ", "1.00 float32 ulps)", "  worst: ", "history.sha256: expected ",
                "mvn verify -Dgolden=update");
    }

    @Test
    @DisplayName("and so does that of a weight that no golden file samples")
    void unsampledWeight() {
        TrainingResult flipped = train(PostExperiment.LINEAR, lastBitOf(25));

        assertThat(catchThrowable(() -> compare(PostExperiment.LINEAR, flipped))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("history.sha256: expected ");
    }

    @Test
    @DisplayName("the order in which experiments run, or a run of another seed between them, changes no bit")
    void order() {
        List<PostExperiment> shuffled = new ArrayList<>(List.of(PostExperiment.values()));
        Collections.shuffle(shuffled, new Random(1));
        Map<PostExperiment, TrainingResult> results = new LinkedHashMap<>();
        for (PostExperiment experiment : shuffled) {
            TrainingLoop.train(experiment.plan(2, 100).toBuilder().epochs(1).build(), new CpuBackend());
            results.put(experiment, train(experiment, UnaryOperator.identity()));
        }

        assertThat(results.keySet()).as("another order").doesNotContainSequence(PostExperiment.values());
        results.forEach((experiment, result) ->
                assertThatCode(() -> compare(experiment, result)).as(experiment.id()).doesNotThrowAnyException());
    }
}
