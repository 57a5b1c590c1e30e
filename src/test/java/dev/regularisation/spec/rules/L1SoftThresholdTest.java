package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.L1;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.ProximalGradient;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL1;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L1SoftThresholdTest {

    private static final double LAMBDA = 1;
    private static final double CURVATURE = 2;
    private static final double RATE = 0.01;
    /** The longest step from zero below the threshold, where the loss pulls with at most λ too: η(λ + h|w|) ≤ 2ηλ. */
    private static final double STRIDE = 2 * RATE * LAMBDA;
    /** A residual of 1e-12 of the optimality conditions is an error of at most 1e-12 / h; h is at least 0.1 here. */
    private static final double PROXIMAL = 1e-10;

    /** Every parameter is sign(w) max(|w| − λ/h, 0) within the tolerance, which the threshold decides alone. */
    static void requireSoftThreshold(double[] theta, double[] h, double[] w, double lambda, double tolerance) {
        for (int i = 0; i < theta.length; i++) {
            double threshold = lambda / h[i];
            double wanted = Math.abs(w[i]) > threshold ? w[i] - Math.signum(w[i]) * threshold : 0;
            if (!(Math.abs(theta[i] - wanted) <= tolerance)) {
                throw new AssertionError("with w = " + w[i] + ", h = " + h[i] + " and lambda = " + lambda
                        + " the parameter is " + theta[i] + ", wanted " + wanted);
            }
        }
    }

    /** Parameters that are not worth the threshold are exactly zero, the others are not. */
    static void requireExactZeros(double[] theta, double[] h, double[] w, double lambda) {
        for (int i = 0; i < theta.length; i++) {
            double margin = Math.abs(w[i]) - lambda / h[i];
            // At the very threshold proximal gradient descent approaches zero for ever.
            if (Math.abs(margin) > 1e-6 && (theta[i] == 0) != (margin < 0)) {
                throw new AssertionError("with w = " + w[i] + " and a threshold of " + lambda / h[i] + " the parameter is "
                        + theta[i] + ", wanted " + (margin < 0 ? "exactly 0" : "another number than 0"));
            }
        }
    }

    private static double[] proximal(double[] h, double[] w, double lambda) {
        QuadraticWithL1 objective = new QuadraticWithL1(QuadraticLoss.diagonal(h, w), lambda);
        return ProximalGradient.on(objective).minimise(objective, w, 1e-12, 100_000).theta();
    }

    @Shows(OldRule.L1_SOFT_THRESHOLD)
    @Property(tries = 200)
    @Label("l1.soft-threshold: a parameter survives if it is worth more than lambda/h, and is moved by that")
    void proximalGradientEndsAtTheThreshold(
            @ForAll @IntRange(min = 1, max = 12) int dimensions,
            @ForAll @DoubleRange(min = 0.01, max = 3) @Scale(4) double lambda, @ForAll long seed) {
        Random random = new Random(seed);
        double[] h = random.doubles(dimensions, 0.1, 5).toArray();
        double[] w = random.doubles(dimensions, -3, 3).toArray();

        double[] theta = proximal(h, w, lambda);

        requireSoftThreshold(theta, h, w, lambda, PROXIMAL);
        requireExactZeros(theta, h, w, lambda);
        requireSoftThreshold(new QuadraticWithL1(QuadraticLoss.diagonal(h, w), lambda).closedForm(), h, w, lambda, 1e-15);
    }

    /** Gradient descent of the training code on ½ h (θ − w)² with the subgradient of L1, as the post trains. */
    private static double[] trained(double[] h, double[] w, double lambda, int steps) {
        Backend backend = new CpuBackend();
        int n = w.length;
        Tensor theta = backend.tensor(n, 1, w);
        Tensor minimiser = backend.tensor(n, 1, w);
        Tensor curvature = backend.tensor(n, 1, h);
        Tensor gradient = backend.zeros(n, 1);
        Optimiser optimiser = new OptimiserPlan(OptimiserPlan.UpdateRule.SGD, RATE, 0).create(backend, n);
        for (int step = 0; step < steps; step++) {
            backend.lossGradient(new MeanSquaredError(), 1, theta, minimiser, gradient);
            backend.multiply(gradient, curvature, gradient);
            new L1(lambda).addGradient(backend, theta, gradient);
            optimiser.step(theta, gradient);
        }
        return backend.read(theta);
    }

    @Shows(OldRule.L1_SOFT_THRESHOLD)
    @Test
    @DisplayName("l1.soft-threshold: below the threshold zero, above it less by the threshold")
    void showcase() {
        double[] w = IntStream.rangeClosed(-30, 30).mapToDouble(i -> i / 20.0 + 0.0125).toArray();
        double[] h = w.clone();
        Arrays.fill(h, CURVATURE);
        double[] theta = proximal(h, w, LAMBDA);
        double[] trained = trained(h, w, LAMBDA, 2000);
        double[] ridge = Arrays.stream(w).map(v -> v * CURVATURE / (CURVATURE + LAMBDA)).toArray();
        long zeros = Arrays.stream(theta).filter(v -> v == 0).count();
        long trainedZeros = Arrays.stream(trained).filter(v -> v == 0).count();

        Page.of(OldRule.L1_SOFT_THRESHOLD)
                .formula("<munder><mo>argmin</mo><mi>θ</mi></munder><mo>[</mo><mfrac><mi>h</mi><mn>2</mn></mfrac><msup>"
                        + "<mrow><mo>(</mo><mi>θ</mi><mo>−</mo><mi>w</mi><mo>)</mo></mrow><mn>2</mn></msup><mo>+</mo>"
                        + "<mi>λ</mi><mo>|</mo><mi>θ</mi><mo>|</mo><mo>]</mo><mo>=</mo><mo>sign</mo><mo>(</mo><mi>w"
                        + "</mi><mo>)</mo><mo>max</mo><mo>(</mo><mo>|</mo><mi>w</mi><mo>|</mo><mo>−</mo><mi>λ</mi><mo>/"
                        + "</mo><mi>h</mi><mo>,</mo><mn>0</mn><mo>)</mo>")
                .setup("61 parameters whose loss is a parabola of curvature h = 2 about its best value w, with L1 of "
                        + "strength 1: the threshold is 0.5. Solved by proximal gradient descent, and by the training "
                        + "code's plain gradient descent with rate 0.01.")
                .picture(new SeriesPicture("What L1 leaves of a parameter",
                        "curvature 2, strength 1; each point is a parameter where the method ended",
                        Axis.linear("Best value without penalty, w"), Axis.linear("Value with penalty, θ"),
                        List.of(Series.of("L1, proximal gradient descent", Palette.GREEN, w, theta)),
                        List.of(Series.of("L2 of the same strength", Palette.BLUE, w, ridge).drawn(LineStyle.DASHED)),
                        List.of(ReferenceLine.identity("No penalty"), ReferenceLine.vertical("Threshold λ/h", 0.5)),
                        false).picture())
                .paragraph("Why exactly zero", "At zero the penalty withstands any pull up to λ, so that where h|w| ≤ λ zero itself "
                        + "is the minimiser. The force of L2 vanishes at zero and withstands nothing.")
                .paragraph("As the post trains", "The post adds λ sign(θ) to the gradient. That ends at the same "
                        + "values, but where the answer is zero it steps over it for ever, by at most 2ηλ = "
                        + STRIDE + ": of the " + zeros + " parameters below the threshold " + trainedZeros + " ended at exactly "
                        + "zero. Proximal gradient descent, which moves each by ηλ towards zero and stops at it, takes all " + zeros + " there.")
                .series("parameters.csv", csv(w, theta, trained, ridge))
                .figure(zeros + " of 61 parameters exactly 0, threshold 0.5")
                .sure("A law: 200 random problems of up to 12 parameters agree with the formula within 1e-10, zeros "
                        + "exactly.")
                .reproduce("mvn verify -Dtest=L1SoftThresholdTest")
                .publish();

        requireSoftThreshold(theta, h, w, LAMBDA, PROXIMAL);
        requireExactZeros(theta, h, w, LAMBDA);
        // A thousandth more for float32's rounding of numbers up to 1.5 over the 50 steps that an error lasts.
        requireSoftThreshold(trained, h, w, LAMBDA, STRIDE * (1 + 1e-3));
    }

    private static String csv(double[] w, double[] theta, double[] trained, double[] ridge) {
        StringBuilder csv = new StringBuilder("w,proximal,gradient_descent,l2\n");
        for (int i = 0; i < w.length; i++) {
            csv.append(w[i]).append(',').append(theta[i]).append(',').append(trained[i]).append(',').append(ridge[i])
                    .append('\n');
        }
        return csv.toString();
    }

    @Teeth(OldRule.L1_SOFT_THRESHOLD)
    @Test
    @DisplayName("l1.soft-threshold: L2, a threshold that ignores curvature, a hard threshold and near zeros are "
            + "rejected")
    void teeth() {
        double[] h = {2, 2};
        double[] w = {0.3, 1.2};
        double[] ridge = {0.2, 0.8};
        double[] ignoresCurvature = {0, 0.2};
        double[] hard = {0, 1.2};
        double[] nearZero = {1e-12, 0.7};

        for (double[] wrong : new double[][] {ridge, ignoresCurvature, hard, {Double.NaN, 0.7}}) {
            assertThatThrownBy(() -> requireSoftThreshold(wrong, h, w, LAMBDA, PROXIMAL))
                    .isInstanceOf(AssertionError.class).hasMessageContaining("the parameter is");
        }
        assertThatThrownBy(() -> requireExactZeros(nearZero, h, w, LAMBDA)).hasMessageContaining("wanted exactly 0");
        assertThatThrownBy(() -> requireExactZeros(new double[2], h, w, LAMBDA)).hasMessageContaining("another number than 0");
    }
}
