package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuartilesTest {

    @Test
    @DisplayName("linear between order statistics")
    void values() {
        assertThat(Quartiles.of(new double[] {4, 1, 3, 2})).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
        assertThat(Quartiles.of(new double[] {7})).isEqualTo(new Quartiles(7, 7, 7));
    }

    @Test
    @DisplayName("NaN is left out, and what remains may be nothing")
    void notANumber() {
        assertThat(Quartiles.of(new double[] {Double.NaN, 5, Double.NaN})).isEqualTo(new Quartiles(5, 5, 5));
        assertThat(Quartiles.of(new double[] {Double.NaN})).isEqualTo(
                new Quartiles(Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    @DisplayName("an infinity does not spoil a quartile that is another value")
    void infinity() {
        Quartiles quartiles = Quartiles.of(new double[] {1, 2, 3, 4, Double.POSITIVE_INFINITY});

        assertThat(quartiles).isEqualTo(new Quartiles(2, 3, 4));
    }
}
