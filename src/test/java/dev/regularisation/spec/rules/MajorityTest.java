package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MajorityTest {

    private static double[] holdsAt(int count, int seeds) {
        double[] values = new double[seeds];
        Arrays.fill(values, 0, count, 1);
        return values;
    }

    private static Finding usually(int count, int seeds) {
        return Majority.usually("a", holdsAt(count, seeds), x -> x == 1);
    }

    private static Finding atLeast(double share, int count, int seeds) {
        return Majority.atLeast("a", share, holdsAt(count, seeds), x -> x == 1);
    }

    @Test
    @DisplayName("usually: shown beyond a fair coin, refuted below four of five, open between and where both are known")
    void usuallyHolds() {
        // Of 20 fair coins 16 or more fall one way with probability 0.006, 15 or more with 0.021; of 20 things that hold at
        // four of five, 11 or fewer do with 0.010 and 12 or fewer with 0.032.
        assertThat(usually(16, 20).outcome()).isEqualTo(Outcome.SHOWN);
        assertThat(usually(15, 20).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(usually(12, 20).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(usually(11, 20).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(usually(900, 1000).outcome()).isEqualTo(Outcome.SHOWN);
        assertThat(usually(650, 1000).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(usually(400, 1000).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    @DisplayName("a share is shown or refuted at its own level, and small tails keep their digits")
    void share() {
        assertThat(atLeast(0.9, 980, 1000).outcome()).isEqualTo(Outcome.SHOWN);
        assertThat(atLeast(0.9, 900, 1000).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(atLeast(0.9, 800, 1000).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(atLeast(0.5, 100, 100).figures()).isEqualTo("at 100 of 100 seeds (p = 7.9e-31, level 0.010)");
        assertThat(atLeast(0.5, 0, 100).figures()).isEqualTo("at 0 of 100 seeds (p = 7.9e-31, level 0.010)");
    }

    @Test
    @DisplayName("NaN shows nothing, among however many that hold")
    void nan() {
        double[] values = holdsAt(1000, 1000);
        values[7] = Double.NaN;

        assertThat(Majority.usually("a", values, x -> x == 1).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(Majority.atLeast("a", 0.5, values, x -> x == 1).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(Majority.usually("a", new double[0], x -> true).outcome()).isEqualTo(Outcome.OPEN);
    }
}
