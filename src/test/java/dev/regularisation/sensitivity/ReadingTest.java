package dev.regularisation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadingTest {

    @Property(tries = 500)
    @Label("The distance is |ln a - ln b|, the same both ways")
    void isDifferenceOfLogarithms(
            @ForAll @DoubleRange(min = -14, max = 3) @Scale(4) double one, @ForAll @DoubleRange(min = -14, max = 3) @Scale(4) double other) {
        double a = Math.pow(10, one);
        double b = Math.pow(10, other);
        double distance = Reading.exact(a).distance(Reading.exact(b));

        // Two logarithms below 33 are rounded to 4e-15 each.
        assertThat(distance).isCloseTo(Math.abs(Math.log(a) - Math.log(b)), Offset.offset(1e-14));
        assertThat(Reading.exact(b).distance(Reading.exact(a))).isEqualTo(distance);
    }

    @Property(tries = 500)
    @Label("A number agrees with itself printed with fewer digits")
    void agreesWithPrint(@ForAll @DoubleRange(min = -6, max = 3) @Scale(4) double exponent, @ForAll @IntRange(min = 2, max = 9) int digits) {
        double value = Math.pow(10, exponent);
        BigDecimal printed = new BigDecimal(value).round(new MathContext(digits));
        Reading read = new Reading(printed.doubleValue(), printed.ulp().doubleValue() / 2);

        assertThat(read.distance(Reading.exact(value))).isZero();
        // Two units farther it is none of those that print so.
        assertThat(read.distance(Reading.exact(value + 2 * printed.ulp().doubleValue()))).isPositive();
    }

    @Test
    @DisplayName("NaN equals NaN and is infinitely far from any loss; zero is as far as the least that float32 holds")
    void special() {
        Reading nan = Reading.exact(Double.NaN);

        assertThat(nan.distance(nan)).isZero();
        assertThat(nan.distance(Reading.exact(1))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Reading.exact(1).distance(nan)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Reading.exact(-1).distance(Reading.exact(1))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Reading.exact(Double.POSITIVE_INFINITY).distance(Reading.exact(1))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Reading.exact(0).distance(Reading.exact(-0.0))).isZero();
        assertThat(Reading.exact(0).distance(Reading.exact(1))).isCloseTo(
                -Math.log(Float.MIN_NORMAL), Offset.offset(1e-12));
        assertThat(Reading.exact(0).distance(Reading.exact(1e-300))).isZero();
        assertThatThrownBy(() -> new Reading(1, Double.NaN)).hasMessageContaining("uncertainty of 0 or more, got NaN");
    }
}
