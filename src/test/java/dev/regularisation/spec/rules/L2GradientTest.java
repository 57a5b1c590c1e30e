package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Penalty;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L2GradientTest {

    private static final double LAMBDA = 0.085;
    /** Central differences of a quadratic have no truncation error at any step; a power of two adds no rounding. */
    private static final double STEP = 0.125;

    @Test
    @DisplayName("l2.gradient: at all 1,951 initial parameters of the post's network, difference quotients are λθ")
    @Shows(Rule.L2_GRADIENT)
    void showcase() {
        History history = PostRuns.of(PostExperiment.MLP).history();
        double[] theta = IntStream.range(0, history.parameterCount())
                .mapToDouble(i -> history.parameter(0, i)).toArray();
        L2 penalty = new L2(LAMBDA);

        double[] gradient = gradient(penalty, theta);
        double[] quotients = quotients(penalty, theta);

        double worst = IntStream.range(0, theta.length)
                .mapToDouble(i -> Math.abs(gradient[i] - quotients[i])).max().orElseThrow();
        page(theta, gradient, quotients, worst).publish();
        requireGradientOfValue(penalty, theta);
    }

    private static Page page(double[] theta, double[] gradient, double[] quotients, double worst) {
        double[] ends = {Arrays.stream(theta).min().orElseThrow(), Arrays.stream(theta).max().orElseThrow()};
        return Page.of(Rule.L2_GRADIENT)
                .formula("<mfrac><mo>∂</mo><mrow><mo>∂</mo><msub><mi>θ</mi><mi>i</mi></msub></mrow></mfrac><mrow>"
                        + "<mfrac><mi>λ</mi><mn>2</mn></mfrac><munder><mo>∑</mo><mi>j</mi></munder><msubsup>"
                        + "<mi>θ</mi><mi>j</mi><mn>2</mn></msubsup></mrow><mo>=</mo><mi>λ</mi><msub><mi>θ</mi>"
                        + "<mi>i</mi></msub>")
                .setup("The penalty that training adds by hand, λ = 0.085, at the 1,951 initial weights and biases of"
                        + " the post's network. Its gradient, computed in single precision as training does, is set"
                        + " beside difference quotients of its value in double precision: how much the penalty rises"
                        + " when one parameter is a little higher.")
                .table("Five of the 1,951 parameters", List.of("θ", "gradient", "difference quotient", "λθ"),
                        IntStream.of(0, 400, 800, 1200, 1950).mapToObj(i -> List.of(Text.of("%.6f", theta[i]),
                                Text.of("%.9f", gradient[i]), Text.of("%.9f", quotients[i]),
                                Text.of("%.9f", LAMBDA * theta[i]))).toList())
                .picture(new SeriesPicture("The pull of L2 on each parameter is in proportion to it",
                        "Post's network before training, λ = 0.085", Axis.linear("Parameter θ"),
                        Axis.linear("Rise of the penalty per unit of θ"),
                        List.of(Series.of("Difference quotients", Palette.BLUE, theta, quotients)),
                        List.of(Series.of("λθ", Palette.VERMILION, ends,
                                new double[] {LAMBDA * ends[0], LAMBDA * ends[1]})),
                        List.of(), false).picture())
                .series("gradient", Text.csv("theta,gradient,difference_quotient", theta, gradient, quotients))
                .figure(Text.of("largest difference %.1e", worst))
                .sure("Exact but for rounding: a difference quotient of a square has no truncation error. The"
                        + " tolerance is three roundings in single precision and those of the sum in double"
                        + " precision. Random vectors and strengths, 200 of them, are tried as well.")
                .reproduce("mvn verify -Dtest=L2GradientTest");
    }

    @Property(tries = 200)
    @Label("l2.gradient: for any parameters and strength, difference quotients of the penalty are its gradient")
    @Shows(Rule.L2_GRADIENT)
    void isTheGradient(@ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -4, max = 4) @Scale(4) Double> theta,
            @ForAll @DoubleRange(max = 2) @Scale(3) double lambda) {
        requireGradientOfValue(new L2(lambda), theta.stream().mapToDouble(t -> (float) (double) t).toArray());
    }

    @Test
    @DisplayName("l2.gradient: a factor 2, a wrong sign and a spared bias are noticed")
    @Teeth(Rule.L2_GRADIENT)
    void rejectsWrongGradients() {
        double[] theta = {0.5, -0.25, 1};
        double[][] wrong = {{2, 2, 2}, {-1, -1, -1}, {1, 1, 0}, {Double.NaN, 1, 1}};

        for (double[] factors : wrong) {
            assertThatThrownBy(() -> requireGradientOfValue(new Scaled(factors), theta))
                    .hasMessageContaining("gradient of the penalty at entry");
        }
        requireGradientOfValue(new Scaled(1, 1, 1), theta);
    }

    /** Fails unless each entry of the gradient is the difference quotient of the value. */
    static void requireGradientOfValue(Penalty penalty, double[] theta) {
        double[] gradient = gradient(penalty, theta);
        double[] quotients = quotients(penalty, theta);
        double[] raised = Arrays.stream(theta).map(t -> Math.abs(t) + STEP).toArray();
        // The value's sum of n + 2 rounded operations, twice, over 2 STEP.
        double ofSum = (theta.length + 2) * 0x1p-52 * penalty.value(raised) / (2 * STEP);
        for (int i = 0; i < theta.length; i++) {
            // Rounding λ, and their product, to single precision.
            double tolerance = 3 * 0x1p-24 * Math.abs(quotients[i]) + ofSum;
            assertThat(Math.abs(gradient[i] - quotients[i]))
                    .as("gradient of the penalty at entry %d is %s, the difference quotient %s: error", i, gradient[i],
                            quotients[i])
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    private static double[] gradient(Penalty penalty, double[] theta) {
        Backend backend = new CpuBackend();
        Tensor gradient = backend.zeros(theta.length, 1);
        penalty.addGradient(backend, backend.tensor(theta.length, 1, theta), gradient);
        return backend.read(gradient);
    }

    private static double[] quotients(Penalty penalty, double[] theta) {
        double[] moved = theta.clone();
        double[] quotients = new double[theta.length];
        for (int i = 0; i < theta.length; i++) {
            moved[i] = theta[i] + STEP;
            double above = penalty.value(moved);
            moved[i] = theta[i] - STEP;
            quotients[i] = (above - penalty.value(moved)) / (2 * STEP);
            moved[i] = theta[i];
        }
        return quotients;
    }

    /** L2 whose gradient has been multiplied, entry by entry. */
    private record Scaled(double... factors) implements Penalty {

        @Override
        public double value(double[] parameters) {
            return new L2(LAMBDA).value(parameters);
        }

        @Override
        public void addGradient(Backend backend, Tensor parameters, Tensor gradient) {
            backend.multiply(parameters, backend.tensor(factors.length, 1, factors), gradient);
            backend.scale(LAMBDA, gradient);
        }
    }
}
