package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TextTest {

    @Test
    @DisplayName("columns as CSV keep every digit; seeds have no point, and what is no number says so")
    void csv() {
        assertThat(Text.csv("seed,loss", new double[] {1, -20, 1e300}, new double[] {0.1, Double.NaN, Double.POSITIVE_INFINITY}))
                .isEqualTo("seed,loss\n1,0.1\n-20,NaN\n1.0E300,Infinity\n");
    }
}
