package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SoftThresholdTest {

    @Property
    @Label("it is the minimiser on a fine grid of ½h(θ − w)² + λ|θ|, and where proximal gradient descent ends")
    void threeWaysAgree(
            @ForAll @DoubleRange(min = -3, max = 3) @Scale(6) double w,
            @ForAll @DoubleRange(min = 0.1, max = 5) @Scale(6) double h,
            @ForAll @DoubleRange(max = 3) @Scale(6) double lambda) {
        QuadraticWithL1 objective =
                new QuadraticWithL1(QuadraticLoss.diagonal(new double[] {h}, new double[] {w}), lambda);

        double closedForm = SoftThreshold.apply(w, lambda / h);

        assertThat(objective.closedForm()).containsExactly(closedForm);
        // Between two cells values differ by h GRID δ, so their rounding of 1e-14 may choose the farther for δ up to 2.5e-11.
        assertThat(gridMinimiser(objective)).isCloseTo(closedForm, Offset.offset(GRID / 2 + 1e-10));
        double[] proximal = new ProximalGradient(0.5 / h).minimise(objective, new double[] {4}, 1e-13, 10_000).theta();
        // A residual of 1e-13 is an error of at most that over h ≥ 0.1, twice for the rounding of λ/h and of w − λ/h.
        assertThat(proximal[0]).isCloseTo(closedForm, Offset.offset(2e-12));
        // At the very threshold it may approach zero for ever; off it, it arrives.
        if (Math.abs(Math.abs(w) - lambda / h) > 1e-6) {
            assertThat(proximal[0] == 0).isEqualTo(closedForm == 0);
        }
    }

    private static final double GRID = 1.0 / 256;

    /**
     * The objective is a parabola on either side of its kink, which is on the grid: its least value there lies within
     * half a cell of the minimiser.
     */
    private static double gridMinimiser(QuadraticWithL1 objective) {
        double best = 0;
        for (double theta = -3; theta <= 3; theta += GRID) {
            if (objective.value(new double[] {theta}) < objective.value(new double[] {best})) {
                best = theta;
            }
        }
        return best;
    }

    @Property
    @Label("it is odd, moves no value by more than the threshold, and never moves two values apart")
    void shrinks(
            @ForAll @Scale(4) @DoubleRange(min = -9, max = 9) double a,
            @ForAll @Scale(4) @DoubleRange(min = -9, max = 9) double b,
            @ForAll @Scale(4) @DoubleRange(max = 9) double threshold) {
        double shrunkA = SoftThreshold.apply(a, threshold);
        double shrunkB = SoftThreshold.apply(b, threshold);

        assertThat(SoftThreshold.apply(-a, threshold) + 0.0).isEqualTo(-shrunkA + 0.0);
        // One rounding of a number of at most 9 in each difference.
        assertThat(Math.abs(a - shrunkA)).isLessThanOrEqualTo(threshold + 0x1p-48);
        assertThat(Math.abs(shrunkA - shrunkB)).isLessThanOrEqualTo(Math.abs(a - b) + 0x1p-48);
    }

    @Test
    @DisplayName("worked values: a parameter not worth the threshold is exactly +0")
    void workedValues() {
        assertThat(SoftThreshold.apply(new double[] {3, -3, 1, -1, 0.5, -0.5, 0}, 1))
                .containsExactly(2, -2, 0, 0, 0, 0, 0);
        assertThat(SoftThreshold.apply(-0.5, 1)).isEqualTo(0.0);
        assertThat(SoftThreshold.apply(5, Double.POSITIVE_INFINITY)).isZero();
        assertThat(SoftThreshold.apply(-5, 0)).isEqualTo(-5);
    }

    @Test
    @DisplayName("NaN and negative thresholds are refused")
    void refusesNonsense() {
        assertThatThrownBy(() -> SoftThreshold.apply(Double.NaN, 1)).hasMessageContaining("value");
        assertThatThrownBy(() -> SoftThreshold.apply(1, Double.NaN)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> SoftThreshold.apply(1, -1)).hasMessageContaining("threshold");
    }
}
