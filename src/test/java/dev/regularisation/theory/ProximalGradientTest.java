package dev.regularisation.theory;

import static dev.regularisation.theory.RandomQuadratic.EPSILON;
import static dev.regularisation.theory.RandomQuadratic.distance;
import static dev.regularisation.theory.RandomQuadratic.norm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.theory.RandomQuadratic.Spectrum;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProximalGradientTest {

    @Provide
    Arbitrary<RandomQuadratic> moderate() {
        return RandomQuadratic.of(Spectrum.MODERATE, Spectrum.REPEATED);
    }

    @Provide
    Arbitrary<RandomQuadratic> curved() {
        return RandomQuadratic.of(Spectrum.MODERATE, Spectrum.REPEATED, Spectrum.ILL_CONDITIONED);
    }

    @Property(tries = 300)
    @Label("on a diagonal Hessian it ends at the closed form, with the same exact zeros")
    void findsTheClosedForm(
            @ForAll("moderate") RandomQuadratic quadratic,
            @ForAll @DoubleRange(max = 3) @Scale(4) double lambda) {
        QuadraticWithL1 objective =
                new QuadraticWithL1(QuadraticLoss.diagonal(quadratic.eigenvalues(), quadratic.vector(1)), lambda);

        double[] found = minimise(objective, quadratic.vector(2));

        double[] closedForm = objective.closedForm();
        // h ≥ 0.1 turns a residual of r into an error of 10 r.
        assertThat(distance(found, closedForm))
                .isLessThanOrEqualTo(10 * Math.sqrt(found.length) * tolerance(objective));
        double[] curvatures = quadratic.eigenvalues();
        for (int i = 0; i < found.length; i++) {
            // At the very threshold a coordinate may approach zero for ever; off it, it arrives.
            if (Math.abs(Math.abs(quadratic.vector(1)[i]) - lambda / curvatures[i]) > 1e-6) {
                assertThat(found[i] == 0).isEqualTo(closedForm[i] == 0);
            }
        }
    }

    @Property(tries = 300)
    @Label("on any Hessian it meets the KKT conditions, and no random point nor the ridge solution is better")
    void meetsTheOptimalityConditions(
            @ForAll("moderate") RandomQuadratic quadratic,
            @ForAll @DoubleRange(min = 0.01, max = 3) @Scale(4) double lambda) {
        QuadraticWithL1 objective = new QuadraticWithL1(quadratic.loss(), lambda);

        double[] found = minimise(objective, quadratic.vector(2));

        assertThat(objective.kktResidual(found)).isLessThanOrEqualTo(tolerance(objective));
        double least = objective.value(found);
        assertThat(least).isLessThanOrEqualTo(objective.value(quadratic.vector(3)));
        double[] ridge = new QuadraticWithL2(quadratic.loss(), lambda).closedForm();
        // By convexity a residual of r lets the objective be r √n ‖θ − θ*‖ too high.
        assertThat(least).isLessThanOrEqualTo(objective.value(ridge) + 1e-9);
    }

    @Property(tries = 300)
    @Label("the objective never rises, however ill-conditioned the Hessian")
    void neverRises(
            @ForAll("curved") RandomQuadratic quadratic, @ForAll @DoubleRange(max = 3) @Scale(4) double lambda) {
        QuadraticWithL1 objective = new QuadraticWithL1(quadratic.loss(), lambda);
        ProximalGradient descent = ProximalGradient.on(objective);
        double[] theta = quadratic.vector(2);
        // Values are at most h₁ 36 n/2 + 3 λ n + 0.25; their rounding is n ε of that.
        double size = quadratic.dimensions() * (18 * objective.loss().curvature() + 3 * lambda + 1);
        double rounding = 2 * quadratic.dimensions() * EPSILON * size;
        for (int t = 0; t < 100; t++) {
            double[] next = descent.step(objective, theta);
            assertThat(objective.value(next)).isLessThanOrEqualTo(objective.value(theta) + rounding);
            theta = next;
        }
    }

    @Property(tries = 300)
    @Label("all parameters are zero exactly when the penalty reaches the largest slope at zero, max|Hw|")
    void knowsTheLargestUsefulPenalty(@ForAll("moderate") RandomQuadratic quadratic) {
        double[] zero = new double[quadratic.dimensions()];
        double largest = Arrays.stream(quadratic.loss().gradient(zero)).map(Math::abs).max().orElseThrow();

        QuadraticWithL1 above = new QuadraticWithL1(quadratic.loss(), 1.001 * largest);
        QuadraticWithL1 below = new QuadraticWithL1(quadratic.loss(), 0.999 * largest);

        assertThat(above.kktResidual(zero)).isZero();
        assertThat(minimise(above, quadratic.vector(2))).containsOnly(0.0);
        assertThat(below.kktResidual(zero)).isPositive();
        assertThat(norm(minimise(below, zero))).isPositive();
    }

    @Test
    @DisplayName("the KKT residual sees a wrong magnitude, a wrong sign and a zero that should not be one")
    void residualSeesErrors() {
        QuadraticWithL1 objective =
                new QuadraticWithL1(QuadraticLoss.diagonal(new double[] {2, 2}, new double[] {3, 0.1}), 1);

        assertThat(objective.closedForm()).containsExactly(2.5, 0);
        assertThat(objective.kktResidual(new double[] {2.5, 0})).isZero();
        assertThat(objective.kktResidual(new double[] {2.4, 0})).isCloseTo(0.2, Offset.offset(1e-15));
        assertThat(objective.kktResidual(new double[] {-2.5, 0})).isEqualTo(12);
        assertThat(objective.kktResidual(new double[] {0, 0})).isEqualTo(5);
        assertThat(objective.kktResidual(new double[] {2.5, 1e-9})).isGreaterThan(0.5);
    }

    @Test
    @DisplayName("a solution tells its steps and its residual, and as many steps as are allowed are taken")
    void tellsStepsAndResidual() {
        QuadraticWithL1 objective =
                new QuadraticWithL1(QuadraticLoss.diagonal(new double[] {1, 1}, new double[] {3, 0.1}), 1);
        ProximalGradient descent = ProximalGradient.on(objective);

        assertThat(descent.learningRate()).as("the largest allowed").isEqualTo(1);
        // With curvatures of 1 and a rate of 1 the first step is the closed form (2, 0).
        ProximalGradient.Solution solution = descent.minimise(objective, new double[] {0, 5}, 0, 1);
        assertThat(solution.theta()).containsExactly(2, 0);
        assertThat(solution.steps()).isEqualTo(1);
        assertThat(solution.kktResidual()).isZero();
        assertThat(descent.minimise(objective, new double[] {2.25, 0}, 0.25, 0).kktResidual()).isEqualTo(0.25);
        assertThatThrownBy(() -> descent.minimise(objective, new double[] {0, 5}, 0, 0))
                .hasMessageContaining("after 0 steps");
    }

    @Test
    @DisplayName("without curvature a parameter is 0, penalised or not")
    void flatDirectionsAreZero() {
        QuadraticLoss loss = QuadraticLoss.diagonal(new double[] {1, 0}, new double[] {3, 3});

        assertThat(new QuadraticWithL1(loss, 1).closedForm()).containsExactly(2, 0);
        assertThat(new QuadraticWithL1(loss, 0).closedForm()).containsExactly(3, 0);
    }

    @Test
    @DisplayName("a rate above 1/h₁, a closed form off the diagonal and too few steps are refused with the remedy")
    void refusesMisuse() {
        QuadraticWithL1 objective = new QuadraticWithL1(new RandomQuadratic(Spectrum.MODERATE, 5, 1).loss(), 0.1);

        assertThatThrownBy(objective::closedForm).hasMessageContaining("use ProximalGradient");
        double rate = 1.01 / objective.loss().curvature();
        assertThatThrownBy(() -> new ProximalGradient(rate).step(objective, new double[5]))
                .hasMessageContaining("at most 1/h₁ = " + 1 / objective.loss().curvature());
        assertThatThrownBy(() -> ProximalGradient.on(objective).minimise(objective, new double[5], 1e-12, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after 2 steps");
        assertThatThrownBy(() -> new ProximalGradient(Double.NaN)).hasMessageContaining("learning rate");
    }

    private static double[] minimise(QuadraticWithL1 objective, double[] start) {
        return ProximalGradient.on(objective).minimise(objective, start, tolerance(objective), 20_000).theta();
    }

    /** Rounding of H(θ − w), 4 n ε h₁‖w‖ with ‖θ − w‖ ≤ ‖w‖ ≤ 3√n, and of λ. */
    private static double tolerance(QuadraticWithL1 objective) {
        int n = objective.loss().dimensions();
        return 4 * n * EPSILON * (objective.loss().curvature() * 3 * Math.sqrt(n) + objective.lambda());
    }
}
