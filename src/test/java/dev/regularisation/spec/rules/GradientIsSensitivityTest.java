package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.float64.CpuBackend;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Penalty;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.ForwardingBackend;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GradientIsSensitivityTest {

    /** How much higher a parameter is made. */
    private static final double STEP = 1e-5;
    /**
     * Of the largest derivative. Away from kinks the objective is quadratic in each single parameter, so that central
     * differences err by rounding alone, some 1e-16 of the objective over the step: 1e-10. Measured: 9e-10 at worst of
     * 400 networks.
     */
    private static final double TOLERANCE = 1e-6;
    /** Share of parameters, one in fifty, that may have a kink of a rectifier or of |θ| within a step. */
    private static final double KINKS = 0.02;

    @Test
    @Shows(OldRule.SETUP_GRADIENT_IS_SENSITIVITY)
    @DisplayName(
            "setup.gradient-is-sensitivity: of the post's network with dropout and all penalties, 1,951 derivatives")
    void postsNetwork() {
        DifferentiableRun run = DifferentiableRun.random(List.of(50, 25, 25, 1), 64, 0.1, 0.085, 0.021, 0.05, 42);
        double[] computed = run.gradient(new CpuBackend());
        double[] differences = run.centralDifferences(new CpuBackend(), STEP);
        page(computed, differences).publish();

        requireSensitivity(run, new CpuBackend());
    }

    @Property(tries = 60, seed = "1", edgeCases = EdgeCasesMode.NONE)
    @Shows(OldRule.SETUP_GRADIENT_IS_SENSITIVITY)
    @Label("setup.gradient-is-sensitivity: of random networks, linear to four hidden layers, with and without dropout "
            + "and penalties")
    void anyNetwork(@ForAll("runs") DifferentiableRun run) {
        requireSensitivity(run, new CpuBackend());
    }

    @Test
    @Teeth(OldRule.SETUP_GRADIENT_IS_SENSITIVITY)
    @DisplayName("setup.gradient-is-sensitivity: rejects a rectifier that lets all pass, a bias left out, and a "
            + "penalty twice as strong")
    void teeth() {
        DifferentiableRun run = DifferentiableRun.random(List.of(6, 5, 4, 1), 9, 0.2, 0.1, 0.02, 0, 7);
        Backend open = new ForwardingBackend(new CpuBackend()) {
            @Override
            public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
                multiply(dy, tensor(dy.rows(), dy.columns(), ones(dy.size())), dx);
            }
        };
        Backend noBias = new ForwardingBackend(new CpuBackend()) {
            @Override
            public void rowSums(Tensor a, Tensor sums) {
                scale(0, sums);
            }
        };
        Penalty twice = new Penalty() {
            @Override
            public double value(double[] parameters) {
                return new L2(0.1).value(parameters);
            }

            @Override
            public void addGradient(Backend backend, Tensor parameters, Tensor gradient) {
                new L2(0.2).addGradient(backend, parameters, gradient);
            }
        };

        assertThatThrownBy(() -> requireSensitivity(run, open)).hasMessageContaining("derivative of parameter");
        assertThatThrownBy(() -> requireSensitivity(run, noBias)).hasMessageContaining("derivative of parameter");
        assertThatThrownBy(() -> requireSensitivity(run.withPenalties(List.of(twice)), new CpuBackend()))
                .hasMessageContaining("derivative of parameter");
    }

    /**
     * Differences over a step and over half of it agree unless a kink lies within, where there is no derivative to
     * compare.
     */
    static void requireSensitivity(DifferentiableRun run, Backend backend) {
        double[] computed = run.gradient(backend);
        double[] differences = run.centralDifferences(backend, STEP);
        double[] closer = run.centralDifferences(backend, STEP / 2);
        double scale = Math.max(1e-3, Arrays.stream(differences).map(Math::abs).max().orElseThrow());
        int kinks = 0;
        for (int i = 0; i < computed.length; i++) {
            if (Math.abs(differences[i] - closer[i]) > TOLERANCE * scale) {
                kinks++;
                continue;
            }
            Check.that(Math.abs(computed[i] - differences[i]) <= TOLERANCE * scale,
                    "derivative of parameter %d of %s: %s by backpropagation, %s by differences",
                            i, run.sizes(), computed[i], differences[i]);
        }
        Check.that(kinks <= Math.max(1, KINKS * computed.length),
                "%d of %d parameters have a kink within a step", kinks, computed.length);
    }

    @Provide
    Arbitrary<DifferentiableRun> runs() {
        Arbitrary<Double> strength = Arbitraries.of(0.0, 0.05, 1.0);
        return Combinators.combine(Arbitraries.integers().between(1, 7).list().ofMinSize(2).ofMaxSize(6),
                        Arbitraries.integers().between(1, 9), Arbitraries.of(0.0, 0.1, 0.5), strength, strength,
                                strength, Arbitraries.longs())
                .as(DifferentiableRun::random);
    }

    private static double[] ones(int n) {
        double[] values = new double[n];
        Arrays.fill(values, 1);
        return values;
    }

    private static Page page(double[] computed, double[] differences) {
        double scale = Arrays.stream(differences).map(Math::abs).max().orElseThrow();
        double worst = 0;
        for (int i = 0; i < computed.length; i++) {
            worst = Math.max(worst, Math.abs(computed[i] - differences[i]) / scale);
        }
        return Page.of(OldRule.SETUP_GRADIENT_IS_SENSITIVITY)
                .formula("<mfrac><mrow><mo>∂</mo><mi>J</mi></mrow><mrow><mo>∂</mo><msub><mi>θ</mi><mi>i</mi></msub>"
                        + "</mrow></mfrac><mo>≈</mo><mfrac><mrow><mi>J</mi><mo>(</mo><mi>θ</mi><mo>+</mo><mi>h</mi>"
                        + "<msub><mi>e</mi><mi>i</mi></msub><mo>)</mo><mo>−</mo><mi>J</mi><mo>(</mo><mi>θ</mi>"
                        + "<mo>−</mo><mi>h</mi><msub><mi>e</mi><mi>i</mi></msub><mo>)</mo></mrow><mrow><mn>2</mn>"
                        + "<mi>h</mi></mrow></mfrac><mo>,</mo><mspace width=\"1em\"/><mi>h</mi><mo>=</mo><msup>"
                        + "<mn>10</mn><mrow><mo>−</mo><mn>5</mn></mrow></msup>")
                .setup("The objective J is the mean squared error on 64 samples plus L2, L1 and a penalty on "
                        + "activations, for a 50-25-25-1 network under one fixed dropout mask, in float64. Every "
                        + "parameter is made a little higher and a little lower, the loss computed anew each time, and "
                        + "the change set beside the derivative that backpropagation gives in one pass.")
                .picture(picture(computed, differences))
                .figure(Check.text("%,d derivatives agree within %.0g of the largest", computed.length, worst))
                .sure("Between kinks the objective is quadratic in each single parameter, so that central differences "
                        + "are exact but for rounding. Sixty random networks more, from linear to four hidden layers, "
                        + "with and without dropout and each penalty, agree within 1e-6. A parameter with a kink of a "
                        + "rectifier within a step, where no derivative exists, is left out: at most 2 % of them.")
                .reproduce("mvn verify -Dtest=GradientIsSensitivityTest");
    }

    private static Picture picture(double[] computed, double[] differences) {
        return new SeriesPicture("Backpropagation predicts how the loss responds", "50-25-25-1 network, 64 samples, "
                + "dropout and all penalties, float64",
                Axis.linear(
                        "Change of the loss per change of the parameter"), Axis.linear("Derivative by backpropagation"),
                List.of(Series.of("Parameters", Palette.BLUE, differences, computed)), List.of(),
                List.of(ReferenceLine.identity("Equal")), true).picture();
    }
}
