package dev.regularisation.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A penalty's gradient is the derivative of its value, added to what is there. */
class PenaltyTest {

    private static final double STEP = 1e-6;

    private final CpuBackend backend = new CpuBackend();

    @Property(tries = 200)
    @Label("l2.gradient: the gradient of (λ/2) θ² is λ θ")
    void l2GradientIsDerivative(@ForAll @DoubleRange(min = 0, max = 10) double lambda, @ForAll long seed) {
        checkDerivative(new L2(lambda), lambda, seed);
    }

    @Property(tries = 200)
    @Label("l1.gradient: away from 0 the gradient of λ |θ| is λ sign(θ)")
    void l1GradientIsDerivative(@ForAll @DoubleRange(min = 0, max = 10) double lambda, @ForAll long seed) {
        checkDerivative(new L1(lambda), lambda, seed);
    }

    private void checkDerivative(Penalty penalty, double lambda, long seed) {
        Random random = new Random(seed);
        double[] theta = new double[8];
        Arrays.setAll(theta, i -> (float) ((random.nextBoolean() ? 1 : -1) * (0.01 + 2 * random.nextDouble())));

        double[] gradient = gradient(penalty, theta, new double[theta.length]);

        for (int i = 0; i < theta.length; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += STEP;
            down[i] -= STEP;
            double difference = (penalty.value(up) - penalty.value(down)) / (2 * STEP);
            // Rounding of λ and of the product in float32, 1.2e-7 of a gradient of at most 2.01 λ, and of the difference
            // quotient in float64, 2^-53 of the value over the step, below 1e-8 λ.
            assertThat(gradient[i]).isCloseTo(difference, offset(3e-7 * lambda + 1e-12));
        }
    }

    @Test
    @DisplayName("values by hand: the half belongs to L2, and to L1 belongs none")
    void valuesByHand() {
        double[] theta = {3, -4, 0, 0.5};

        assertThat(new L2(0.1).value(theta)).isEqualTo(0.05 * (9 + 16 + 0.25));
        assertThat(new L1(0.1).value(theta)).isEqualTo(0.1 * 7.5);
        assertThat(new L1(1).value(new double[0])).isZero();
    }

    @Test
    @DisplayName("gradients by hand: added to what is there; the sign of 0 is 0, whatever its own sign")
    void gradientsByHand() {
        double[] theta = {3, -4, 0, -0.0};
        double[] data = {1, 1, 1, -1};

        assertThat(gradient(new L2(0.5), theta, data)).containsExactly(2.5, -1, 1, -1);
        assertThat(gradient(new L1(0.5), theta, data)).containsExactly(1.5, 0.5, 1, -1);
    }

    @Test
    @DisplayName("the penalty on activations is a mean over samples and a sum over units")
    void activationPenaltyByHand() {
        Tensor hidden = backend.tensor(2, 4, new double[] {1, 0, 3, 0, 0, 2, 0, 5});
        Tensor gradient = backend.tensor(2, 4, new double[] {1, 1, 1, 1, 0, 0, 0, 0});

        new ActivationL1(2).addHiddenGradient(backend, hidden, gradient);

        assertThat(backend.read(gradient)).containsExactly(1.5, 1, 1.5, 1, 0, 0.5, 0, 0.5);
        assertThat(backend.read(hidden)).containsExactly(1, 0, 3, 0, 0, 2, 0, 5);
    }

    @Test
    @DisplayName("a parameter that is not a number is not hidden")
    void notANumberStays() {
        double[] theta = {Double.NaN};

        assertThat(gradient(new L1(0.1), theta, new double[1])).containsExactly(Double.NaN);
        assertThat(gradient(new L2(0.1), theta, new double[1])).containsExactly(Double.NaN);
        assertThat(new L1(0.1).value(theta)).isNaN();
        assertThat(new L2(0.1).value(theta)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    @DisplayName("a strength that is negative or not finite is refused, by name")
    void strengthIsChecked(double lambda) {
        String rest = ": wanted a finite strength of at least 0, got " + lambda + "; 0 switches it off";
        assertThatIllegalArgumentException().isThrownBy(() -> new L1(lambda)).withMessage("l1" + rest);
        assertThatIllegalArgumentException().isThrownBy(() -> new L2(lambda)).withMessage("l2" + rest);
        assertThatIllegalArgumentException().isThrownBy(() -> new ActivationL1(lambda)).withMessage("activation L1" + rest);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.MIN_VALUE, 0.3, Double.MAX_VALUE})
    @DisplayName("any other strength is accepted and kept as it is, 0 included")
    void strengthIsKept(double lambda) {
        assertThat(new double[] {new L1(lambda).lambda(), new L2(lambda).lambda(), new ActivationL1(lambda).lambda()})
                .containsExactly(lambda, lambda, lambda);
    }

    private double[] gradient(Penalty penalty, double[] theta, double[] data) {
        Tensor parameters = backend.tensor(theta.length, 1, theta);
        Tensor gradient = backend.tensor(theta.length, 1, data);
        penalty.addGradient(backend, parameters, gradient);
        assertThat(backend.read(parameters)).as("parameters are read only").isEqualTo(theta);
        return backend.read(gradient);
    }
}
