package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.apache.commons.math3.linear.MatrixUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuadraticLossTest {

    @Property
    @Label("the gradients, without and with L2, are central differences of the values")
    void gradientIsTheSlope(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        assertGradient(quadratic.loss(), quadratic.vector(2));
        assertGradient(new QuadraticWithL2(quadratic.loss(), lambda), quadratic.vector(2));
    }

    private static void assertGradient(Objective objective, double[] theta) {
        double[] gradient = objective.gradient(theta);
        for (int i = 0; i < theta.length; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += 0.5;
            down[i] -= 0.5;
            // Central differences of a quadratic are exact, so only rounding is left: n ε of the values, each bounded
            // by the curvature times the squares of the coordinates, 3.5² and 6.5², or by the constant 0.25. 0.33 of
            // that was the largest seen in 10,000 tries, 4 times it is allowed.
            double scale = theta.length * (objective.curvature() * 50 + 1);
            assertThat(Math.abs(objective.value(up) - objective.value(down) - gradient[i]))
                    .isLessThanOrEqualTo(4 * theta.length * RandomQuadratic.EPSILON * scale);
        }
    }

    @Property
    @Label("the loss is its minimum at the minimiser and nowhere less")
    void minimiserMinimises(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic) {
        QuadraticLoss loss = quadratic.loss();

        assertThat(loss.value(loss.minimiser())).isEqualTo(loss.minimum()).isEqualTo(0.25);
        assertThat(loss.gradient(loss.minimiser())).containsOnly(0.0);
        // Rounding of Σ d·Hd, with ‖d‖² ≤ 36 n.
        double rounding = 36 * Math.pow(quadratic.dimensions(), 2) * RandomQuadratic.EPSILON * loss.curvature();
        assertThat(loss.excess(quadratic.vector(2))).isGreaterThanOrEqualTo(-rounding);
    }

    @Test
    @DisplayName("a worked example: ½(2·1² + 6·2²) + c")
    void workedExample() {
        QuadraticLoss loss = QuadraticLoss.diagonal(new double[] {2, 6}, new double[] {1, -1});

        assertThat(loss.value(new double[] {2, 1})).isEqualTo(13);
        assertThat(loss.gradient(new double[] {2, 1})).containsExactly(2, 12);
        assertThat(loss.curvature()).isEqualTo(6);
    }

    @Test
    @DisplayName("later changes to the arrays handed in or out do not reach the loss")
    void copies() {
        double[] minimiser = {1, 2};
        QuadraticLoss loss = new QuadraticLoss(MatrixUtils.createRealIdentityMatrix(2), minimiser, 0);
        minimiser[0] = 7;
        loss.minimiser()[1] = 7;
        loss.hessian().setEntry(0, 0, 7);

        assertThat(loss.minimiser()).containsExactly(1, 2);
        assertThat(loss.value(new double[] {3, 2})).isEqualTo(2);
    }

    @Test
    @DisplayName("vectors of another length and NaN are refused, with the length wanted")
    void refusesOtherShapes() {
        QuadraticLoss loss = QuadraticLoss.diagonal(new double[] {1, 1}, new double[] {0, 0});

        assertThatThrownBy(() -> loss.value(new double[3])).hasMessage("theta: wanted a length of 2, got 3");
        assertThatThrownBy(() -> loss.gradient(new double[] {0, Double.NaN})).hasMessageContaining("index 1");
        assertThatThrownBy(() -> new QuadraticLoss(loss.hessian(), new double[1], 0)).hasMessageContaining("minimiser");
        assertThatThrownBy(() -> new QuadraticLoss(loss.hessian(), new double[2], Double.NaN))
                .hasMessageContaining("minimum");
    }
}
