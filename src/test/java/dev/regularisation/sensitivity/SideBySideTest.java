package dev.regularisation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Draws;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Loss;
import dev.regularisation.sensitivity.Cause.AtParameter;
import dev.regularisation.sensitivity.Cause.AtSample;
import dev.regularisation.sensitivity.Cause.Kind;
import dev.regularisation.sensitivity.Explanation.Moment;
import dev.regularisation.training.StepwiseRun;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which step parts two runs, and what is found in it. */
final class SideBySideTest {

    private static TrainingPlan.Builder small(long seed) {
        return TrainingPlan.builder().trainSize(30).seed(seed);
    }

    private static Explanation explain(TrainingPlan plan) {
        return SideBySide.explain(plan, 1, new CpuBackend(), new CpuBackend(), epoch -> {
        });
    }

    @Test
    @DisplayName("a run that is carried out step by step ends at the parameters of the loop, to the last bit")
    void isTheLoop() {
        TrainingPlan plan = small(3).batchSize(8).dropout(0.2).l1(0.01).weightDecay(0.1).epochs(5)
                .set(TrainingPlan.NEIGHBOUR, 2).build();
        StepwiseRun run = new StepwiseRun(plan, new Draws(), new CpuBackend());
        int steps = 0;
        while (run.next()) {
            run.step();
            steps++;
        }
        double[] parameters = new double[plan.architecture().parameterCount()];
        run.parameters(parameters);

        assertThat(steps).isEqualTo(5 * 3);
        assertThat(parameters).isEqualTo(TrainingLoop.train(plan, new CpuBackend()).last().parameters());
    }

    @Test
    @DisplayName("a sign of the error and Adam's tiny root are named, where they are, with both values")
    void otherCauses() {
        Moment error = explain(small(1).layers(50, 1).set(Loss.Of.SETTING, Loss.Of.MAE).epochs(260).build()).parting().orElseThrow();
        assertThat(error.epoch()).isEqualTo(249);
        assertThat(error.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.kind()).isEqualTo(Kind.ERROR_SIGN);
            assertThat(cause.where()).isEqualTo(new AtSample(1, 0, 22));
            assertThat(cause.one()).isZero();
            assertThat(cause.other()).isBetween(0.0, 1e-6);
        });

        Explanation smooth = explain(small(12).set(Architecture.ACTIVATION, Activation.TANH).epochs(6).build());
        assertThat(smooth.first()).isEmpty();
        Moment root = smooth.parting().orElseThrow();
        assertThat(root.epoch()).isEqualTo(1);
        assertThat(root.decided()).isZero();
        assertThat(root.isLocated()).isTrue();
        assertThat(root.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.kind()).isEqualTo(Kind.TINY_ROOT);
            assertThat(cause.where()).isEqualTo(new AtParameter(1, 19, OptionalInt.of(29)));
            // The first gradient times √(1 − β₂).
            assertThat(cause.one()).isBetween(1e-9, 1e-8).isNotEqualTo(cause.other());
        });
    }

    @Test
    @DisplayName("a jump lasts as far as the distance stays: least, before and after belong together")
    void jumps() {
        Moment moment = explain(small(12).set(Architecture.ACTIVATION, Activation.TANH).epochs(6).build()).parting().orElseThrow();

        assertThat(moment.least()).isLessThanOrEqualTo(moment.after());
        assertThat(moment.after()).isGreaterThan(Explanation.TENFOLD * moment.before());
        assertThat(moment.jump()).isBetween(Explanation.TENFOLD, moment.least() / moment.before());
    }

    @Test
    @DisplayName("equal runs stay equal; every epoch is told; patience is refused, and an interrupt ends it")
    void ends() {
        TrainingPlan plan = small(3).epochs(3).build();
        List<Integer> epochs = new ArrayList<>();
        Explanation same = SideBySide.explain(plan, 0, new CpuBackend(), new CpuBackend(), epochs::add);

        assertThat(same.greatest()).isZero();
        assertThat(same.first()).isEmpty();
        assertThat(same.parting()).isEmpty();
        assertThat(epochs).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> explain(plan.toBuilder().set(TrainingPlan.PATIENCE, 2).build()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("patience: wanted none");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> explain(plan)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
