package dev.regularisation.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.random.TorchGenerator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What weight decay touches, and which rates a plan refuses. */
class DecayReachTest {

    private final CpuBackend backend = new CpuBackend();

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    @DisplayName("decay alone shrinks every parameter, weights and biases alike")
    void decayTouchesBiases(UpdateRule rule) {
        Mlp network = new Mlp(backend, List.of(5, 4, 1));
        network.initialise(new TorchGenerator(42));
        double[] before = backend.read(network.parameters());
        Optimiser optimiser = new OptimiserPlan(rule, 0.01, 0.5).create(backend, before.length);

        optimiser.step(network.parameters(), backend.zeros(before.length, 1));

        double[] after = backend.read(network.parameters());
        for (int i = 0; i < before.length; i++) {
            // Adam turns the decay into a step of the learning rate, whatever its size; the others shrink in proportion.
            double step = rule == UpdateRule.ADAM ? 0.01 * Math.signum(before[i]) : 0.01 * 0.5 * before[i];
            assertThat(Math.abs(before[i] - after[i] - step)).as("parameter %d", i).isLessThanOrEqualTo(1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    @DisplayName("without gradient and decay nothing moves")
    void restsWithoutForce(UpdateRule rule) {
        Tensor parameters = backend.tensor(3, 1, new double[] {1, -2, 3});

        new OptimiserPlan(rule, 0.1, 0).create(backend, 3).step(parameters, backend.zeros(3, 1));

        assertThat(backend.read(parameters)).containsExactly(1, -2, 3);
    }

    @Test
    @DisplayName("Adam's epsilon bounds the step of a tiny gradient; by default it is PyTorch's")
    void epsilonIsUsed() {
        Tensor parameters = backend.tensor(1, 1, new double[] {1});

        new OptimiserPlan(UpdateRule.ADAM, 0.1, 0, 1).create(backend, 1).step(parameters, backend.tensor(1, 1, new double[] {1}));

        // First step: 0.1 * 1 / (1 + 1), to a few roundings of 6e-8.
        assertThat(Math.abs(backend.read(parameters)[0] - 0.95)).isLessThanOrEqualTo(2e-7);
        assertThat(new OptimiserPlan(UpdateRule.ADAM, 0.1, 0).settings().get(AdamMoments.EPSILON)).isEqualTo(1e-8);
    }

    @Test
    @DisplayName("an epsilon of 0 is accepted: the step of a gradient that is not 0 then has the learning rate's size")
    void epsilonMayBeZero() {
        Tensor parameters = backend.tensor(1, 1, new double[] {1});

        new OptimiserPlan(UpdateRule.ADAM, 0.1, 0, 0).create(backend, 1)
                .step(parameters, backend.tensor(1, 1, new double[] {1e-12}));

        // To a few roundings of 6e-8.
        assertThat(Math.abs(backend.read(parameters)[0] - 0.9)).isLessThanOrEqualTo(2e-7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.01, Double.NaN, Double.POSITIVE_INFINITY})
    @DisplayName("a learning rate that is not positive and finite is refused")
    void learningRateIsChecked(double rate) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OptimiserPlan(UpdateRule.SGD, rate, 0))
                .withMessage("learning rate: wanted a positive finite number, got " + rate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY})
    @DisplayName("a weight decay or epsilon that is negative or not finite is refused")
    void decayAndEpsilonAreChecked(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OptimiserPlan(UpdateRule.SGD, 0.1, value))
                .withMessage("weight decay: wanted a finite number of at least 0, got " + value);
        assertThatIllegalArgumentException().isThrownBy(() -> new OptimiserPlan(UpdateRule.ADAM, 0.1, 0, value))
                .withMessage("epsilon: wanted a finite number of at least 0, got " + value);
    }
}
