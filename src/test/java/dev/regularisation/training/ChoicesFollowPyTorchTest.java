package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problems;
import dev.regularisation.data.TableProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import dev.regularisation.support.ForwardingBackend;
import dev.regularisation.support.PostRuns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every choice that a plan has, alone and with others, follows PyTorch on every backend in every precision. */
@Tag(PostRuns.TAG)
class ChoicesFollowPyTorchTest {

    private static final List<GoldenCase> CASES = GoldenCase.all();

    /**
     * Of these, two are in cases.json; patience ends a run and changes nothing before. PyTorch has no neighbours, and on one machine
     * one kind of streams.
     */
    private static final List<Setting<?>> ELSEWHERE = List.of(TrainingPlan.PATIENCE, LinearProblem.VALIDATION_SIZE,
            LinearProblem.NOISE, TrainingPlan.STREAMS, TrainingPlan.NEIGHBOUR);

    /** Without one of the last three the rest of a case makes no plan; more epochs do not change the first. */
    private static final List<Setting<?>> NEEDED =
            List.of(TrainingPlan.EPOCHS, LinearProblem.DIMENSIONS, TableProblem.DATA, TableProblem.TARGET);

    @ParameterizedTest
    @EnumSource
    @DisplayName("losses of every case follow PyTorch's, epoch by epoch")
    void everyCaseFollows(Precision precision) {
        for (GoldenCase golden : CASES) {
            try (Backend backend = Backends.named(CpuBackend.NAME).create(precision)) {
                golden.follow(backend);
            }
        }
    }

    static Stream<Arguments> others() {
        // One with the bits of cpu follows as cpu does; that it has them is shown by random plans of all choices.
        return Backends.all().stream().filter(provider -> !provider.isBitExact())
                .flatMap(provider -> provider.precisions().stream().sorted()
                        .map(precision -> Arguments.of(provider.name(), precision)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("others")
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build holds all backends to the contract, and to PyTorch's curves of the post's runs")
    @DisplayName("so they do on backends with bits of their own, in float32 until rounding decides otherwise")
    void everyCaseFollowsElsewhere(String name, Precision precision) {
        Availability here = Backends.named(name).availability();
        Assumptions.assumeTrue(here.available(), () -> name + " is not available here: " + here.detail());
        for (GoldenCase golden : CASES) {
            try (Backend backend = Backends.named(name).create(precision)) {
                if (precision == Precision.FLOAT32) {
                    golden.followToADecision(backend);
                } else {
                    golden.follow(backend);
                }
            }
        }
    }

    @Test
    @DisplayName("some case makes every choice: every setting, every activation, loss, rule and scope")
    void everyChoiceIsMade() {
        assertThat(TrainingPlan.SETTINGS).as("settings that no case of golden/torch chooses; a case of golden/torch/options-more.py "
                + "shows that one follows PyTorch, or ELSEWHERE says why none can").filteredOn(setting -> CASES.stream().noneMatch(golden -> chooses(golden, setting)))
                .isEqualTo(ELSEWHERE.stream().sorted((a, b) -> Integer.compare(
                        TrainingPlan.SETTINGS.indexOf(a), TrainingPlan.SETTINGS.indexOf(b))).toList());
        assertThat(chosen(Architecture.ACTIVATION)).contains(Activation.values());
        assertThat(chosen(Loss.Of.SETTING)).contains(Loss.Of.values());
        assertThat(chosen(OptimiserPlan.RULE)).contains(OptimiserPlan.UpdateRule.values());
        assertThat(chosen(Regularisers.SCOPE)).contains(Scope.values());
    }

    private static <T> List<T> chosen(Setting<T> setting) {
        return CASES.stream().map(golden -> golden.settings().get(setting)).toList();
    }

    private static boolean chooses(GoldenCase golden, Setting<?> setting) {
        return golden.settings().firstChosen(List.of(setting)).isPresent();
    }

    @Test
    @DisplayName("this would notice: each choice taken back, a leak of 0.02, the sigmoid's derivative for that of tanh")
    void mistakesAreNoticed() {
        for (Setting<?> setting : TrainingPlan.SETTINGS) {
            if (!ELSEWHERE.contains(setting) && !NEEDED.contains(setting)) {
                GoldenCase golden = CASES.stream().filter(each -> without(setting, each).isPresent()).findFirst().orElseThrow();
                assertStrays(golden, without(setting, golden).orElseThrow(), new CpuBackend(), setting.title());
            }
        }
        assertStrays(named("leaky rectifier, minibatches"), leakingTwice());
        GoldenCase smooth = named("tanh");
        assertStrays(smooth, derivativeOfTheSigmoid());
        // Without rectifiers no decision is an excuse.
        assertThatThrownBy(() -> smooth.followToADecision(derivativeOfTheSigmoid())).hasMessageContaining("no decision differs by then");
    }

    /** The case's plan with one choice taken back, if it makes that choice and can do without. */
    private static Optional<TrainingPlan> without(Setting<?> setting, GoldenCase golden) {
        if (!chooses(golden, setting)) {
            return Optional.empty();
        }
        Settings settings = golden.settings().with(setting, null);
        try {
            return Optional.of(new TrainingPlan(Problems.of(settings), settings));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void assertStrays(GoldenCase golden, Backend backend) {
        assertStrays(golden, golden.float32().plan(), backend, "a mistake in the backend");
    }

    private static void assertStrays(GoldenCase golden, TrainingPlan plan, Backend backend, String mistake) {
        assertThatThrownBy(() -> golden.follow(plan, backend)).as(mistake).isInstanceOf(AssertionError.class)
                .hasMessageContaining("\"" + golden.name() + "\" on cpu").hasMessageContaining("loss of epoch");
        assertThatThrownBy(() -> golden.followToADecision(plan, backend)).as(mistake).isInstanceOf(AssertionError.class)
                .hasMessageContaining("\"" + golden.name() + "\" on cpu");
        assertThatThrownBy(() -> golden.stayWithinRounding(plan, backend)).as(mistake).isInstanceOf(AssertionError.class)
                .hasMessageContaining("\"" + golden.name() + "\" on cpu").hasMessageContaining("epoch=");
    }

    private static GoldenCase named(String name) {
        return CASES.stream().filter(golden -> golden.name().equals(name)).findFirst().orElseThrow();
    }

    private static Backend leakingTwice() {
        return new ForwardingBackend(new CpuBackend()) {
            @Override
            public void activate(Activation f, Tensor x, Tensor y) {
                to.activate(f, x, y);
                double[] values = to.read(y);
                for (int i = 0; i < values.length; i++) {
                    values[i] = values[i] < 0 ? 2 * values[i] : values[i];
                }
                to.write(values, y);
            }
        };
    }

    private static Backend derivativeOfTheSigmoid() {
        return new ForwardingBackend(new CpuBackend()) {
            @Override
            public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
                to.activateBackward(Activation.SIGMOID, at, dy, dx);
            }
        };
    }
}
