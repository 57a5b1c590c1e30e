package dev.regularisation.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.support.ForwardingBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Backpropagation says how the loss changes with a parameter: central differences of another, float64 implementation, for
 * every activation with every loss, with and without biases.
 */
class GradientTest {

    private static final double STEP = 3e-5;
    /** No unit and no error may pass a kink within a step, in float64, or by a rounding, in float32. */
    private static final double CLEAR_OF_KINKS = 3e-3;
    /**
     * Of the gradient's largest component or of the loss, whichever is larger. In float64 the differences err, by 2⁻⁵³ of the
     * loss over the step, 4e-12 for each of four: 3.0e-11 at worst of 40,000. In float32 chains of some hundred operations of
     * 6e-8 each: 3.1e-6 at worst, where predictions and labels nearly cancel.
     */
    private static final Map<Precision, Double> TOLERANCE = Map.of(Precision.FLOAT32, 1e-4, Precision.FLOAT64, 1e-9);

    @Property(tries = 40, seed = "1")
    @Label("setup.gradient-is-sensitivity: of linear models and networks, every activation, loss, with and without bias")
    void everyKind(@ForAll("sizes") List<Integer> sizes, @ForAll @IntRange(min = 1, max = 9) int samples, @ForAll long seed) {
        check(sizes, samples, seed, UnaryOperator.identity());
    }

    @Property(tries = 40, seed = "2")
    @Label("setup.gradient-is-sensitivity: the same through dropout, for the masks drawn, with L1 on activations")
    void dropoutAndPenalty(
            @ForAll("sizes") List<Integer> sizes, @ForAll @IntRange(min = 1, max = 9) int samples,
            @ForAll @DoubleRange(min = 0.05, max = 0.8) double p, @ForAll @DoubleRange(min = 0, max = 3) double lambda,
            @ForAll long seed) {
        DropoutMasks masks = DropoutMasks.draw(
                new Dropout(p), new Mlp(new CpuBackend(), sizes), samples, new TorchGenerator(seed));
        check(sizes, samples, seed, reference -> reference.withMasks(masks).withActivationL1(lambda));
    }

    private static void check(List<Integer> sizes, int samples, long seed, UnaryOperator<ReferenceNetwork> also) {
        for (Activation f : Activation.values()) {
            for (Loss.Of loss : Loss.Of.values()) {
                for (boolean bias : new boolean[] {true, false}) {
                    ReferenceNetwork reference = also.apply(reference(new Architecture(sizes, f, bias), loss, samples, seed));
                    if (reference.distanceToKink() > CLEAR_OF_KINKS) {
                        check(reference, new CpuBackend(), new dev.regularisation.backend.cpu.float64.CpuBackend());
                    }
                }
            }
        }
    }

    private static ReferenceNetwork reference(Architecture architecture, Loss.Of loss, int samples, long seed) {
        Random random = new Random(seed);
        return ReferenceNetwork.random(architecture, loss, 0.25 * (1 + random.nextInt(4)), samples, random);
    }

    private static void check(ReferenceNetwork reference, Backend... backends) {
        double[] expected = reference.gradientByDifferences(STEP);
        double loss = reference.withActivationL1(0).objective();
        double largest = Math.max(reference.objective(), Arrays.stream(expected).map(Math::abs).max().orElseThrow());
        assertThat(largest).as("what errors of %s are measured in", reference).isFinite().isPositive();
        for (Backend backend : backends) {
            double allowed = TOLERANCE.get(backend.precision()) * largest;

            ReferenceNetwork.Computed computed = reference.compute(backend);

            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(computed.gradient()[i] - expected[i])).as("error of derivative %d of %s", i, reference)
                        .isLessThanOrEqualTo(allowed);
            }
            assertThat(Math.abs(computed.loss() - loss)).as("error of the loss of %s", reference).isLessThanOrEqualTo(allowed);
        }
    }

    @Test
    @DisplayName("a derivative that is wrong by a thousandth, or taken at the wrong place, or of another loss is found")
    void teeth() {
        for (Activation f : Activation.values()) {
            for (Loss.Of loss : Loss.Of.values()) {
                ReferenceNetwork network = clearOfKinks(f, loss).withActivationL1(0.1);
                check(network, precise(f, Wrong.NOTHING));
                for (Wrong wrong : Wrong.values()) {
                    // x or f(x) is no matter to one that is the identity, and hardly one to rectifiers: both have one sign.
                    boolean seen = switch (wrong) {
                        case NOTHING -> false;
                        case PLACE -> f != Activation.IDENTITY && f != Activation.RELU && f != Activation.LEAKY_RELU;
                        case ACTIVATION, LOSS, BIAS -> true;
                    };
                    if (seen) {
                        assertThatThrownBy(() -> check(network, precise(f, wrong))).as("%s of %s", wrong, network)
                                .isInstanceOf(AssertionError.class).hasMessageContaining("error of derivative");
                    }
                }
            }
        }
    }

    private static ReferenceNetwork clearOfKinks(Activation f, Loss.Of loss) {
        return LongStream.iterate(1, seed -> seed + 1)
                .mapToObj(seed -> reference(new Architecture(List.of(3, 4, 3, 2), f, true), loss, 5, seed))
                .filter(reference -> reference.distanceToKink() > CLEAR_OF_KINKS).findFirst().orElseThrow();
    }

    private enum Wrong { NOTHING, ACTIVATION, PLACE, LOSS, BIAS }

    /** A backend in float64 that makes one mistake. */
    private static Backend precise(Activation of, Wrong wrong) {
        return new ForwardingBackend(new dev.regularisation.backend.cpu.float64.CpuBackend()) {
            @Override
            public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
                if (wrong == Wrong.PLACE) {
                    Tensor other = zeros(at.rows(), at.columns());
                    super.activate(of, at, other);
                    super.activateBackward(f, other, dy, dx);
                    return;
                }
                super.activateBackward(f, at, dy, dx);
                if (wrong == Wrong.ACTIVATION) {
                    scale(1.001, dx);
                }
            }

            @Override
            public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
                super.lossGradient(loss, wrong == Wrong.LOSS ? 1.001 * factor : factor, p, y, dp);
            }

            @Override
            public void rowSums(Tensor a, Tensor sums) {
                super.rowSums(a, sums);
                if (wrong == Wrong.BIAS) {
                    scale(1.001, sums);
                }
            }
        };
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 6).list().ofMinSize(2).ofMaxSize(5);
    }
}
