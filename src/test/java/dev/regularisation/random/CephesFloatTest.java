package dev.regularisation.random;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The polynomials are the functions they are named for, on all that a normal can ask of them: logarithms of k 2⁻²⁴,
 * sines and cosines of 2π k 2⁻²⁴. Their exact bits are held by the vectors of normals.
 */
class CephesFloatTest {
    // Largest errors over all 2²⁴ arguments, measured once: 0.82 ulp of the logarithm, 1.17 and 1.31 × 2⁻²⁴ of sine and
    // cosine.
    private static final double LOG_ULPS = 0.85;
    private static final double SINE_ERROR = 1.2 * 0x1p-24;
    private static final double COSINE_ERROR = 1.35 * 0x1p-24;

    private static final float TWO_PI = 6.2831855f;

    @Property
    @Label("log is within 0.85 ulp of the logarithm")
    void logarithm(@ForAll @IntRange(min = 1, max = 1 << 24) int k) {
        float x = k * 0x1p-24f;
        double exact = StrictMath.log(x);

        assertThat(Math.abs(CephesFloat.log(x) - exact)).isLessThanOrEqualTo(LOG_ULPS * Math.ulp((float) exact));
    }

    @Example
    @Label("log of 2 × 0.70710678f is PyTorch's: at √½ itself the argument is not halved")
    void switchOfTheLogarithm() {
        // Halved it would give 0x1.62e43p-2, which is within 0.85 ulp too.
        assertThat(CephesFloat.log(2 * 0.70710678f)).isEqualTo(0x1.62e42ep-2f);
    }

    @Property
    @Label("sin is within 1.2 × 2⁻²⁴ of the sine")
    void sine(@ForAll @IntRange(max = (1 << 24) - 1) int k) {
        float x = TWO_PI * (k * 0x1p-24f);

        assertThat(Math.abs(CephesFloat.sin(x) - StrictMath.sin(x))).isLessThanOrEqualTo(SINE_ERROR);
    }

    @Property
    @Label("cos is within 1.35 × 2⁻²⁴ of the cosine")
    void cosine(@ForAll @IntRange(max = (1 << 24) - 1) int k) {
        float x = TWO_PI * (k * 0x1p-24f);

        assertThat(Math.abs(CephesFloat.cos(x) - StrictMath.cos(x))).isLessThanOrEqualTo(COSINE_ERROR);
    }
}
