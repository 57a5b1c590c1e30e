package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden comparison sees the last bit of one initial weight, and nothing that leaves every bit alone. */
final class LastBitTest {

    private static final int EPOCHS = 40;
    private static final long SEED = 1;

    @TempDir
    private Path folder;

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

    /** Compares a run with the golden text of another; the evidence does not belong into the report of a passing test. */
    private void compare(TrainingResult expected, TrainingResult got) throws IOException {
        Path file = Files.writeString(folder.resolve("run.txt"), GoldenText.of(expected).toString());
        GoldenFolder.check(file, GoldenText.of(got), (name, type, content) -> { });
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("the last bit of one initial weight turns the golden comparison red, with a message that names it")
    void oneBit(PostExperiment experiment) {
        TrainingResult asItIs = train(experiment, UnaryOperator.identity());
        TrainingResult flipped = train(experiment, lastBitOf(0));

        assertThat(catchThrowable(() -> compare(asItIs, flipped))).isInstanceOf(AssertionError.class).hasMessageContainingAll(
                "run.txt: ", " values differ; the first:\n  epoch.00000.", "epoch.00000.parameter.0: expected ",
                "1.00 float32 ulps)", "  worst: ", "history.sha256: expected ", "mvn verify -Dgolden=update");
    }

    @Test
    @DisplayName("and so does that of a weight that no golden file samples")
    void unsampledWeight() {
        TrainingResult asItIs = train(PostExperiment.LINEAR, UnaryOperator.identity());
        TrainingResult flipped = train(PostExperiment.LINEAR, lastBitOf(25));

        assertThat(catchThrowable(() -> compare(asItIs, flipped))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("history.sha256: expected ");
    }

    @Test
    @DisplayName("the order in which experiments run, or a run of another seed between them, changes no bit")
    void order() {
        Map<PostExperiment, TrainingResult> inOrder = new EnumMap<>(PostExperiment.class);
        for (PostExperiment experiment : PostExperiment.values()) {
            inOrder.put(experiment, train(experiment, UnaryOperator.identity()));
        }
        List<PostExperiment> shuffled = new ArrayList<>(List.of(PostExperiment.values()));
        Collections.shuffle(shuffled, new Random(1));

        assertThat(shuffled).isNotEqualTo(List.copyOf(inOrder.keySet())).allSatisfy(experiment -> {
            TrainingLoop.train(experiment.plan(2, 100).toBuilder().epochs(1).build(), new CpuBackend());
            assertThatCode(() -> compare(inOrder.get(experiment), train(experiment, UnaryOperator.identity())))
                    .doesNotThrowAnyException();
        });
    }
}
