package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is whole or is refused, with what was wanted, what came and the remedy. */
class TrainingPlanTest {

    @Test
    @DisplayName("mistakes are named")
    void mistakesAreNamed() {
        mistakes().forEach((message, mistake) -> assertThatIllegalArgumentException().as(message)
                .isThrownBy(() -> mistake.apply(TrainingPlan.builder()).build()).withMessage(message));
    }

    private static Map<String, UnaryOperator<TrainingPlan.Builder>> mistakes() {
        return Map.ofEntries(
                mistake("layers: wanted 50 inputs, one for each feature of the samples, got [49, 25, 1]; begin the"
                        + " layers with the number of features", plan -> plan.layers(49, 25, 1)),
                mistake("layers: wanted 1 output, for the one label of a sample, got [50, 25, 2]; end the layers with 1",
                        plan -> plan.layers(50, 25, 2)),
                mistake("layers: wanted at least two positive sizes such as 50,25,25,1, got [50]",
                        plan -> plan.layers(50)),
                mistake("layers: wanted at least two positive sizes such as 50,25,25,1, got [50, -3, 1]",
                        plan -> plan.layers(50, -3, 1)),
                mistake("batch size: wanted between 1 and the 200 training samples, got 201; leave it out to use the full"
                        + " batch", plan -> plan.batchSize(201)),
                mistake("batch size: wanted between 1 and the 100 training samples, got 150; leave it out to use the full"
                        + " batch", plan -> plan.batchSize(150).trainSize(100)),
                mistake("batch size: wanted at least 1, got 0; leave it out for the full batch", plan -> plan.batchSize(0)),
                mistake("epochs: wanted at least 1, got 0", plan -> plan.epochs(0)),
                mistake("epochs: wanted at most 2147483583, to be recorded in one array, got 2147483647; ask for fewer",
                        plan -> plan.epochs(Integer.MAX_VALUE)),
                mistake("layers: wanted at most 268435447 weights and biases, got [50, 2147483647, 1]; ask for fewer units",
                        plan -> plan.layers(50, Integer.MAX_VALUE, 1)),
                mistake("layers: wanted at most 268435447 weights and biases, got [50, 16000, 16000, 16000, 1]; ask for"
                        + " fewer units", plan -> plan.layers(50, 16000, 16000, 16000, 1)),
                mistake("epochs: wanted at least 1, got -5", plan -> plan.epochs(-5)),
                mistake("dropout: wanted a probability in [0, 1), got 1.0; 0 switches it off", plan -> plan.dropout(1)),
                mistake("l1: wanted a finite strength of at least 0, got -0.1; 0 switches it off", plan -> plan.l1(-0.1)),
                mistake("l2: wanted a finite strength of at least 0, got NaN; 0 switches it off",
                        plan -> plan.l2(Double.NaN)),
                mistake("activation L1: wanted a finite strength of at least 0, got Infinity; 0 switches it off",
                        plan -> plan.set(ActivationL1.STRENGTH, Double.POSITIVE_INFINITY)),
                mistake("learning rate: wanted a positive finite number, got NaN", plan -> plan.learningRate(Double.NaN)),
                mistake("learning rate: wanted a positive finite number, got -0.01", plan -> plan.learningRate(-0.01)),
                mistake("weight decay: wanted a finite number of at least 0, got -1.0", plan -> plan.weightDecay(-1)),
                mistake("training samples: wanted at least 1, got 0", plan -> plan.trainSize(0)));
    }

    private static Map.Entry<String, UnaryOperator<TrainingPlan.Builder>> mistake(
            String message, UnaryOperator<TrainingPlan.Builder> mistake) {
        return Map.entry(message, mistake);
    }

    @Property(tries = 3000)
    @Label("plan.refuses-in-one-line: whatever the numbers, a plan is built or refused with one line")
    void refusesInOneLine(@ForAll("wildPlans") UnaryOperator<TrainingPlan.Builder> settings) {
        Throwable thrown = catchThrowable(() -> settings.apply(TrainingPlan.builder()).build());

        if (thrown != null) {
            assertOneLine(thrown);
        }
    }

    @Property(tries = 300)
    @Label("plan.what-is-built-runs: a plan of few samples and units that was accepted trains, whatever its rates")
    void whatIsBuiltRuns(@ForAll("wildRates") UnaryOperator<TrainingPlan.Builder> rates, @ForAll long seed) {
        TrainingPlan.Builder small = SmallPlans.PLAIN.toBuilder().epochs(2).seed(seed);
        Throwable refused = catchThrowable(() -> rates.apply(small).build());

        if (refused != null) {
            assertOneLine(refused);
        } else {
            TrainingResult result = TrainingLoop.train(rates.apply(small).build(), new CpuBackend());
            assertThat(result.history().epochs()).isEqualTo(2);
        }
    }

    private static void assertOneLine(Throwable thrown) {
        assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(thrown.getMessage()).contains("wanted", "got").doesNotContain("\n", "\r").hasSizeLessThan(400);
    }

    @Test
    @DisplayName("a builder begun from a plan builds that plan; a full batch stays one when the size changes")
    void toBuilder() {
        TrainingPlan plan = TrainingPlan.builder().layers(50, 7, 1).dropout(0.2).l1(0.1).l2(0.2)
                .set(ActivationL1.STRENGTH, 0.3)
                .optimiser(new OptimiserPlan(UpdateRule.ADAMW, 0.02, 0.3, 1e-6)).epochs(5).batchSize(32).seed(9)
                .problem(new LinearProblem(50, 100, 10, 0.4)).build();

        assertThat(plan.toBuilder().build()).isEqualTo(plan);
        assertThat(new double[] {plan.dropout(), plan.l1(), plan.l2(), plan.get(ActivationL1.STRENGTH)})
                .containsExactly(0.2, 0.1, 0.2, 0.3);
        assertThat(plan.toBuilder().trainSize(64).build().batchSize()).isEqualTo(32);
        assertThat(TrainingPlan.builder().build().toBuilder().trainSize(64).build().batchSize()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Integer.MAX_VALUE - 64})
    @DisplayName("one epoch is accepted, and as many as a history can hold")
    void fewestAndMostEpochs(int epochs) {
        assertThat(TrainingPlan.builder().epochs(epochs).build().epochs()).isEqualTo(epochs);
    }

    @Test
    @DisplayName("setting one rate keeps the others")
    void ratesAreIndependent() {
        OptimiserPlan optimiser = TrainingPlan.builder()
                .rule(UpdateRule.ADAMW).learningRate(0.5).weightDecay(0.25).set(AdamMoments.EPSILON, 0.125).build().optimiser();

        assertThat(optimiser).isEqualTo(new OptimiserPlan(UpdateRule.ADAMW, 0.5, 0.25, 0.125));
    }

    @Test
    @DisplayName("penalties are those that are switched on")
    void penaltiesThatAreOn() {
        assertThat(TrainingPlan.builder().build().regularisers()).isEmpty();
        assertThat(TrainingPlan.builder().l1(0.1).l2(0.2).build().regularisers()).containsExactly(new L2(0.2), new L1(0.1));
        assertThat(TrainingPlan.builder().l1(0.1).set(ActivationL1.STRENGTH, 0.3).set(Regularisers.SCOPE, Scope.WEIGHTS).build()
                .regularisers()).containsExactly(new L1(0.1, Scope.WEIGHTS), new ActivationL1(0.3));
    }

    @Test
    @DisplayName("a plan keeps its own list of layers")
    void layersAreCopied() {
        List<Integer> layers = new ArrayList<>(List.of(50, 3, 1));
        TrainingPlan plan = TrainingPlan.builder().layers(layers).build();

        layers.set(1, 99);

        assertThat(plan.layers()).containsExactly(50, 3, 1);
    }

    @Provide
    Arbitrary<UnaryOperator<TrainingPlan.Builder>> wildRates() {
        Arbitrary<Double> anything = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
                        -1.0, -Double.MIN_VALUE)),
                Tuple.of(9, Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, 1e-300, 1e-46, 1e-38, 1e-8, 0.01, 0.5,
                        Math.nextDown(1.0), 1.0, 2.0, 1e38, 1e39, 1e300, Double.MAX_VALUE)));
        return Combinators.combine(Arbitraries.of(UpdateRule.values()), anything.list().ofSize(7), anyInt())
                .as((rule, rates, batch) -> plan -> plan.rule(rule)
                        .optimiser(new OptimiserPlan(rule, rates.get(0), rates.get(1), rates.get(2)))
                        .dropout(rates.get(3)).l1(rates.get(4)).l2(rates.get(5)).set(ActivationL1.STRENGTH, rates.get(6)));
    }

    @Provide
    Arbitrary<UnaryOperator<TrainingPlan.Builder>> wildPlans() {
        return Combinators.combine(wildRates(), anyInt().list().ofSize(5), anyInt().list().ofMaxSize(4),
                Arbitraries.of(0.2, Double.NaN, -1.0, 1e300, 0.0))
                .as((rates, sizes, hidden, noise) -> plan -> {
                    List<Integer> layers = new ArrayList<>(List.of(sizes.get(0)));
                    layers.addAll(hidden);
                    layers.add(1);
                    return rates.apply(plan).problem(new LinearProblem(sizes.get(0), sizes.get(1), sizes.get(2), noise))
                            .layers(layers).epochs(sizes.get(3)).batchSize(sizes.get(4));
                });
    }

    private static Arbitrary<Integer> anyInt() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(1, 2, 3, 50, 200)),
                Tuple.of(1, Arbitraries.of(0, -1, Integer.MIN_VALUE)),
                Tuple.of(2, Arbitraries.of(46341, 100_000_000, Integer.MAX_VALUE - 1, Integer.MAX_VALUE)));
    }
}
