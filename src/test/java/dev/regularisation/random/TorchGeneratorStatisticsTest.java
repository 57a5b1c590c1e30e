package dev.regularisation.random;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The draws follow their distributions.
 *
 * <p>Each check rejects with probability 10⁻⁹ on either side if the law holds; with 2 sides, at most 2 statistics and
 * at most 200 tries a property, a false alarm has probability below 10⁻⁶ for a fresh seed. Seeds are fixed: none is met
 * in practice.
 */
class TorchGeneratorStatisticsTest {
    private static final double TAIL = 1e-9;

    // A rate wrong by 0.025 at p = 0.5 is rejected: 7 standard deviations of √(p(1 − p)/n) = 0.0035.
    @Property(tries = 200, seed = "20261123")
    @Label("bernoulli: the number of 20 000 draws that are true is binomial (exact tails)")
    void bernoulliRate(@ForAll long seed, @ForAll @DoubleRange(min = 0.001, max = 0.999) @Scale(6) double p) {
        int n = 20_000;
        int successes = 0;
        for (boolean draw : new TorchGenerator(seed).bernoulli(n, p)) {
            successes += draw ? 1 : 0;
        }

        BinomialDistribution binomial = new BinomialDistribution(null, n, p);
        assertTails(binomial.cumulativeProbability(successes), 1 - binomial.cumulativeProbability(successes - 1));
    }

    // A mean off by 0.007 or a deviation off by 0.5 % is rejected: 7 standard deviations of 1/√n and of 1/√(2n).
    @Property(tries = 20, seed = "20261123")
    @Label("randn, long: mean and variance of 2²⁰ values are those of the standard normal")
    void longNormals(@ForAll long seed) {
        assertStandardNormal(new TorchGenerator(seed).randn(1 << 20));
    }

    // 7 standard deviations: a mean off by 0.027, a deviation off by 2 %.
    @Property(tries = 20, seed = "20261123")
    @Label("randn, short: mean and variance of 2¹⁶ values, eight at a time, are those of the standard normal")
    void shortNormals(@ForAll long seed) {
        TorchGenerator generator = new TorchGenerator(seed);
        float[] values = new float[1 << 16];
        for (int i = 0; i < values.length; i += 8) {
            System.arraycopy(generator.randn(8), 0, values, i, 8);
        }

        assertStandardNormal(values);
    }

    /** √n mean is standard normal; the squares about the known mean 0 sum to a chi-square with n degrees of freedom. */
    private static void assertStandardNormal(float[] values) {
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        double z = sum / Math.sqrt(values.length);
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        assertTails(normal.cumulativeProbability(z), normal.cumulativeProbability(-z));
        ChiSquaredDistribution chiSquare = new ChiSquaredDistribution(null, values.length);
        assertTails(chiSquare.cumulativeProbability(squares), 1 - chiSquare.cumulativeProbability(squares));
    }

    private static void assertTails(double lower, double upper) {
        assertThat(lower).as("probability of so few or fewer").isGreaterThanOrEqualTo(TAIL);
        assertThat(upper).as("probability of so many or more").isGreaterThanOrEqualTo(TAIL);
    }
}
