package dev.regularisation.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.random.TorchGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** Backpropagation says how the loss changes with a parameter: central differences of another, float64 implementation. */
class GradientTest {

    private static final double STEP = 1e-6;
    /** No rectifier may change side within a step, in float64, or by a rounding, in float32. */
    private static final double CLEAR_OF_KINKS = 1e-4;
    /**
     * Of the gradient's largest component, and of the loss. Chains of some hundred float32 operations of 6e-8 each: 8e-7 in
     * the tries of these seeds, 1.6e-5 at worst in 25,000 others, where predictions and labels nearly cancel. A wrong
     * factor, a missing term or a sample too many shows at 0.1 or more.
     */
    private static final double TOLERANCE = 1e-4;

    @Property(tries = 200, seed = "1")
    @Label("setup.gradient-is-sensitivity: of a linear layer and the mean squared error")
    void linear(@ForAll("linearModels") Reference model) {
        check(model);
    }

    @Property(tries = 200, seed = "2")
    @Label("setup.gradient-is-sensitivity: through rectifiers and several layers")
    void rectified(@ForAll("networks") Reference network) {
        check(network);
    }

    @Property(tries = 200, seed = "3")
    @Label("setup.gradient-is-sensitivity: through dropout, for the masks drawn")
    void dropout(
            @ForAll("networks") Reference network, @ForAll @DoubleRange(min = 0.05, max = 0.8) double p,
            @ForAll long seed) {
        Mlp shape = new Mlp(new CpuBackend(), network.sizes);
        check(network.withMasks(DropoutMasks.draw(new Dropout(p), shape, network.samples, new TorchGenerator(seed))));
    }

    @Property(tries = 200, seed = "4")
    @Label("l1.on-activations: the gradient of the penalty on hidden activations")
    void activationPenalty(@ForAll("networks") Reference network, @ForAll @DoubleRange(min = 0, max = 3) double lambda) {
        check(network.withActivationL1(lambda));
    }

    private static void check(Reference reference) {
        Assume.that(reference.distanceToKink() > CLEAR_OF_KINKS);
        ActivationL1 penalty = new ActivationL1(reference.activationL1);
        CpuBackend backend = new CpuBackend();
        Reference.Computed computed =
                reference.compute((hidden, gradient) -> penalty.addHiddenGradient(backend, hidden, gradient));

        double[] expected = reference.gradientByDifferences(STEP);

        double scale = Math.max(1e-3, Arrays.stream(expected).map(Math::abs).max().orElseThrow());
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(computed.gradient()[i] - expected[i]) / scale;
            assertThat(error).as("relative error of component %d of %s", i, reference.sizes).isLessThanOrEqualTo(TOLERANCE);
        }
        double plain = reference.withActivationL1(0).loss();
        assertThat(Math.abs(computed.loss() - plain)).as("error of the loss").isLessThanOrEqualTo(TOLERANCE * plain);
    }

    @Provide
    Arbitrary<Reference> linearModels() {
        return references(Arbitraries.integers().between(1, 9).list().ofSize(2));
    }

    @Provide
    Arbitrary<Reference> networks() {
        return references(Arbitraries.integers().between(1, 6).list().ofMinSize(3).ofMaxSize(5));
    }

    private static Arbitrary<Reference> references(Arbitrary<List<Integer>> sizes) {
        return Combinators.combine(sizes, Arbitraries.integers().between(1, 9), Arbitraries.longs())
                .as((layers, samples, seed) -> Reference.random(layers, samples, new Random(seed)));
    }
}
