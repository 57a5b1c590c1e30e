package dev.regularisation.backend.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.kit.ToleranceUse.Used;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ToleranceUseTest {

    private static final Tolerance TENTH = Tolerance.relative(0.1, "for this test");

    @Test
    @DisplayName("Of many comparisons the largest error, the largest part of the magnitude and the largest share are kept")
    void largestIsKept() {
        Used used = Used.of(10, 10.5, TENTH, 10).and(Used.of(1, 1.0625, TENTH, 1)).and(Used.of(3, 3, TENTH, 3));

        assertThat(used).isEqualTo(new Used(3, 0.5, 0.0625, 0.0625 / 0.1));
    }

    @Test
    @DisplayName("A number where NaN is due, and NaN where a number is due, use more than all of any tolerance")
    void nanNeverPasses() {
        assertThat(Used.of(Double.NaN, 1, TENTH, 1).share()).isGreaterThan(1);
        assertThat(Used.of(1, Double.NaN, TENTH, 1).error()).isInfinite();
        assertThat(Used.of(Double.NaN, Double.NaN, TENTH, 1)).isEqualTo(new Used(1, 0, 0, 0));
    }

    @Test
    @DisplayName("A rule's comparisons reach the table with the reason of the tolerance, equal ones too, and broken ones")
    void table() {
        ToleranceUse use = ToleranceUse.discarded();
        try (Bench bench = new Bench(new NaiveBackend(Precision.FLOAT32), Strictness.ROUNDING, use)) {
            bench.same("loss", " of epoch 1", 2, 2, TENTH, 2);
            bench.same("loss", " of epoch 2", 2.125, 2, TENTH, 2);
            assertThat(use.csv().lines().toList()).containsExactly(
                    "rule,quantity,tolerance,why,comparisons,largest error,of the magnitude,share used",
                    ",\"loss\",relative,\"0.1 of the magnitude: for this test\",2,0.125,0.0625,0.625");
            assertThatThrownBy(() -> bench.same("loss", " of epoch 3", 3, 2, TENTH, 2))
                    .hasMessageStartingWith("loss of epoch 3: wanted 2.0");
        }
        assertThat(use.entries().values()).singleElement().extracting(Used::share).isEqualTo(5.0);
    }
}
