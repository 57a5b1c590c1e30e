package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GradientDescentTest {

    private final QuadraticLoss loss = QuadraticLoss.diagonal(new double[] {4, 1}, new double[] {1, -2});

    @Provide
    Arbitrary<RandomQuadratic> quadratics() {
        return RandomQuadratic.of(RandomQuadratic.Spectrum.MODERATE, RandomQuadratic.Spectrum.ILL_CONDITIONED);
    }

    @Property
    @Label("the loss falls in every step, at 1/h₁ and just below 2/h₁")
    void descends(@ForAll("quadratics") RandomQuadratic quadratic) {
        QuadraticLoss loss = quadratic.loss();
        for (double share : new double[] {1, 1.99}) {
            List<double[]> path =
                    new GradientDescent(share / loss.curvature()).path(loss, quadratic.vector(2), 50);
            // ‖θ − w‖ ≤ 6√n, whose rounding moves the loss by no more than n ε h₁‖θ − w‖².
            double rounding = 36 * Math.pow(quadratic.dimensions(), 2) * RandomQuadratic.EPSILON * loss.curvature();
            for (int t = 0; t < 50; t++) {
                assertThat(loss.excess(path.get(t + 1))).isLessThanOrEqualTo(loss.excess(path.get(t)) + rounding);
            }
        }
    }

    @Test
    @DisplayName("a worked path: each coordinate's error is multiplied by 1 − ηh")
    void workedPath() {
        List<double[]> path = new GradientDescent(0.125).path(loss, new double[] {3, 6}, 2);

        assertThat(path).hasSize(3);
        assertThat(path.get(0)).containsExactly(3, 6);
        assertThat(path.get(1)).containsExactly(2, 5);
        assertThat(path.get(2)).containsExactly(1.5, 4.125);
    }

    @Test
    @DisplayName("a learning rate of 2/h₁ or more is refused; just below it descent converges")
    void refusesUnstableRates() {
        assertThatThrownBy(() -> new GradientDescent(0.5).path(loss, new double[2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below 2/h₁ = 0.5");
        assertThatThrownBy(() -> new GradientDescent(0.5).minimise(loss, new double[2], 1e-9, 1))
                .hasMessageContaining("diverges");
        assertThat(new GradientDescent(0.499).minimise(loss, new double[2], 1e-9, 100_000)[0])
                .isCloseTo(1, Offset.offset(1e-9));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new GradientDescent(bad)).hasMessageContaining("learning rate");
        }
    }

    @Test
    @DisplayName("too few steps are an error that tells how far it came, never a silent answer")
    void tellsWhenNotConverged() {
        assertThatThrownBy(() -> new GradientDescent(0.01).minimise(loss, new double[2], 1e-9, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after 10 steps");
        assertThatThrownBy(() -> new GradientDescent(0.01).minimise(loss, new double[2], Double.NaN, 10))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a path of no steps is its start, and where the gradient is already small enough no step is needed")
    void noSteps() {
        GradientDescent descent = new GradientDescent(0.125);

        assertThat(descent.path(loss, new double[] {3, 6}, 0)).containsExactly(new double[] {3, 6});
        assertThat(descent.minimise(loss, loss.minimiser(), 0, 0)).containsExactly(1, -2);
    }

    @Test
    @DisplayName("as many steps as are allowed are taken: here two, for a gradient that halves in each")
    void takesTheStepsAllowed() {
        GradientDescent descent = new GradientDescent(0.125);
        double[] start = {3, -2};

        // The gradient is (8, 0), then (4, 0), then (2, 0).
        assertThat(descent.minimise(loss, start, 2, 2)).containsExactly(1.5, -2);
        assertThatThrownBy(() -> descent.minimise(loss, start, 2, 1)).hasMessageContaining("has 4.0 after 1 steps");
    }

    @Test
    @DisplayName("the start is not modified and the steps of a path are separate arrays")
    void copies() {
        double[] start = {3, 6};
        List<double[]> path = new GradientDescent(0.125).path(loss, start, 1);

        path.get(0)[0] = 99;
        assertThat(start).containsExactly(3, 6);
        assertThat(path.get(1)).containsExactly(2, 5);
    }
}
