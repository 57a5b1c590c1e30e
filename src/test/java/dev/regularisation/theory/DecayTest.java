package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DecayTest {

    @Property
    @Label("L2, step by step, is (1 − ηλ)ᵗ θ₀")
    void l2IsExponential(
            @ForAll @DoubleRange(min = 0.001, max = 1) @Scale(4) double rate,
            @ForAll @DoubleRange(min = 0.001, max = 0.9) @Scale(4) double lambda,
            @ForAll @DoubleRange(min = -5, max = 5) @Scale(4) double start,
            @ForAll @IntRange(max = 200) int steps) {
        Decay decay = new Decay(rate, lambda);

        double stepped = decay.l2Path(start, steps)[steps];

        // Three roundings a step of ε/2, one of them of ηλ, which weighs up to 10 times as much against 1 − ηλ ≥ 0.1.
        double relative = (steps + 1) * 12 * RandomQuadratic.EPSILON;
        double closedForm = decay.l2(start, steps);
        assertThat(stepped).isCloseTo(closedForm, Offset.offset(relative * Math.abs(closedForm)));
    }

    @Property(tries = 300)
    @Label("L2 loses in each step the same share of itself, so ever less, and halves at its half-life")
    void l2SlowsAsItShrinks(
            @ForAll @DoubleRange(min = 0.001, max = 0.2) @Scale(4) double step,
            @ForAll @DoubleRange(min = 0.5, max = 5) @Scale(4) double start) {
        Decay decay = new Decay(1, step);
        double[] path = decay.l2Path(start, 50);

        for (int t = 0; t + 2 < path.length; t++) {
            assertThat(path[t + 1] - path[t + 2]).isPositive().isLessThan(path[t] - path[t + 1]);
        }
        double halved = start * Math.pow(1 - step, decay.l2HalfLife());
        assertThat(halved).isCloseTo(start / 2, Offset.offset(1e-12));
    }

    @Property
    @Label("L1 takes ⌈|θ|/(ηλ)⌉ steps of one size, then stays within ηλ of zero")
    void l1ArrivesInFiniteTime(
            @ForAll @DoubleRange(min = 0.001, max = 1) @Scale(4) double rate,
            @ForAll @DoubleRange(min = 0.01, max = 0.9) @Scale(4) double lambda,
            @ForAll @DoubleRange(min = -5, max = 5) @Scale(4) double start) {
        Decay decay = new Decay(rate, lambda);
        long arrival = decay.l1StepsToArrive(start);
        Assume.that(arrival <= 20_000);

        double[] path = decay.l1Path(start, (int) arrival + 100);

        double rounding = path.length * RandomQuadratic.EPSILON / 2 * Math.abs(start);
        for (int t = 0; t < path.length; t++) {
            if (t >= arrival) {
                assertThat(Math.abs(path[t])).isLessThanOrEqualTo(decay.step() + rounding);
            } else {
                assertThat(Math.abs(path[t])).isCloseTo(Math.abs(start) - t * decay.step(), Offset.offset(rounding));
            }
        }
        // Two steps before it is still further out: the arrival is no later than stated because it is no earlier.
        if (arrival >= 2) {
            assertThat(Math.abs(path[(int) arrival - 2])).isGreaterThan(decay.step() - rounding);
        }
    }

    @Test
    @DisplayName("L1 arrives exactly where the steps divide the distance; otherwise it rattles between r and r − ηλ")
    void l1WorkedExamples() {
        Decay decay = new Decay(0.5, 0.25);

        assertThat(decay.l1Path(0.25, 4)).containsExactly(0.25, 0.125, 0, 0, 0);
        assertThat(decay.l1Path(-0.3125, 5)).containsExactly(-0.3125, -0.1875, -0.0625, 0.0625, -0.0625, 0.0625);
        assertThat(decay.l1StepsToArrive(0.25)).isEqualTo(2);
        assertThat(decay.l1StepsToArrive(-0.3125)).isEqualTo(3);
        assertThat(decay.l1StepsToArrive(0)).isZero();
    }

    @Test
    @DisplayName("L2 never arrives: not in theory, and not even when doubles run out of range")
    void l2NeverArrives() {
        Decay decay = new Decay(0.5, 0.5);
        int outOfRange = 4000;

        double[] path = decay.l2Path(1, outOfRange);

        assertThat(decay.l2(1, outOfRange)).as("¾ to the 4,000th is below the least double").isZero();
        assertThat(path).doesNotContain(0.0);
        assertThat(path[outOfRange]).isEqualTo(path[outOfRange - 1]).isLessThan(1e-300);
    }

    @Test
    @DisplayName("rates that overshoot, NaN and negative step counts are refused")
    void refusesNonsense() {
        assertThatThrownBy(() -> new Decay(2, 0.5)).hasMessageContaining("overshoots");
        assertThatThrownBy(() -> new Decay(1e-200, 1e-200)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new Decay(Double.NaN, 0.5)).hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new Decay(0.1, 0)).hasMessageContaining("lambda");
        assertThatThrownBy(() -> new Decay(0.1, 0.1).l1Path(1, -1)).hasMessageContaining("steps");
        assertThatThrownBy(() -> new Decay(0.1, 0.1).l2Path(Double.NaN, 1)).hasMessageContaining("start");
    }
}
