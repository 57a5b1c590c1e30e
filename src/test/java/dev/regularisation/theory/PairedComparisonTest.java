package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {

    private static final Offset<Double> ROUNDING = Offset.offset(1e-14);

    @Provide
    Arbitrary<double[]> differences() {
        return Arbitraries.doubles().between(-4, 4).array(double[].class).ofMinSize(2).ofMaxSize(30);
    }

    @Provide
    Arbitrary<double[]> tied() {
        return Arbitraries.of(-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0).array(double[].class).ofMinSize(2).ofMaxSize(10);
    }

    @Test
    @DisplayName("a worked comparison of six seeds, all of them lower")
    void workedComparison() {
        double[] baseline = {10, 10, 10, 10, 10, 10};
        double[] candidate = {9, 8, 7, 6, 5, 4};

        PairedComparison result = PairedComparison.of(candidate, baseline, 0.95);

        assertThat(result.count()).isEqualTo(6);
        assertThat(result.meanDifference()).isEqualTo(-3.5);
        assertThat(result.medianDifference()).isEqualTo(-3.5);
        assertThat(result.standardDeviation()).isCloseTo(Math.sqrt(3.5), ROUNDING);
        assertThat(result.effectSize()).isCloseTo(-Math.sqrt(3.5), ROUNDING);
        // t₅ at 97.5% is 2.570582 (tables); Commons Math inverts the distribution to 1e-9.
        double halfWidth = 2.5705818 * Math.sqrt(3.5 / 6);
        assertThat(result.meanInterval().to()).isCloseTo(-3.5 + halfWidth, Offset.offset(1e-7));
        assertThat(result.meanInterval().from()).isCloseTo(-3.5 - halfWidth, Offset.offset(1e-7));
        assertThat(new int[] {result.lower(), result.higher(), result.equal()}).containsExactly(6, 0, 0);
        assertThat(result.signP()).isEqualTo(2 / 64.0);
        assertThat(result.wilcoxonP()).isEqualTo(2 / 64.0);
    }

    @Test
    @DisplayName("published critical values of the signed-rank test at 5%: W = 8 for n = 10 and W = 89 for n = 25")
    void publishedCriticalValues() {
        assertThat(wilcoxonAt(10, 8)).isCloseTo(0.04883, Offset.offset(5e-6)).isLessThan(0.05);
        assertThat(wilcoxonAt(10, 9)).isGreaterThan(0.05);
        assertThat(wilcoxonAt(25, 89)).isLessThan(0.05);
        assertThat(wilcoxonAt(25, 90)).isGreaterThan(0.05);
    }

    private static double wilcoxonAt(int n, int rankSum) {
        int[] ranks = new int[n];
        Arrays.setAll(ranks, i -> i + 1);
        return SignFlips.twoSidedP(ranks, rankSum);
    }

    @Property(tries = 200)
    @Label("without ties and zeros the p values of t test and signed-rank test are those of Commons Math")
    void agreesWithCommonsMath(@ForAll @IntRange(min = 2, max = 12) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[] candidate = random.doubles(n, 0, 1).toArray();
        double[] baseline = random.doubles(n, 0.2, 1.2).toArray();

        PairedComparison result = PairedComparison.of(candidate, baseline, 0.9);

        // Their p may exceed 1 in the middle of the distribution.
        double wilcoxon = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(candidate, baseline, true);
        assertThat(result.wilcoxonP()).isCloseTo(Math.min(1, wilcoxon), ROUNDING);
        // Both sum the same continued fraction, to 1e-14 at a differently rounded t.
        assertThat(result.studentP()).isCloseTo(new TTest().pairedTTest(candidate, baseline), Offset.offset(1e-12));
    }

    @Property(tries = 200)
    @Label("with ties and zeros it is the share of all sign patterns at least as extreme, by enumeration")
    void agreesWithEnumeration(@ForAll("tied") double[] candidate) {
        PairedComparison result = PairedComparison.of(candidate, new double[candidate.length], 0.95);

        double[] nonZero = Arrays.stream(candidate).filter(d -> d != 0).toArray();
        double[] ranks = midRanks(nonZero);
        double[] ones = new double[nonZero.length];
        Arrays.fill(ones, 1);
        assertThat(result.wilcoxonP()).isCloseTo(enumerate(nonZero, ranks), ROUNDING);
        assertThat(result.signP()).isCloseTo(enumerate(nonZero, ones), ROUNDING);
    }

    /** The mean rank of a magnitude: those below it, and half of its equals, itself included, and a half. */
    private static double[] midRanks(double[] values) {
        return Arrays.stream(values).map(v -> Arrays.stream(values)
                        .map(other -> Math.abs(other) < Math.abs(v) ? 1 : Math.abs(other) == Math.abs(v) ? 0.5 : 0)
                        .sum() + 0.5)
                .toArray();
    }

    private static double enumerate(double[] values, double[] scores) {
        double centre = Arrays.stream(scores).sum() / 2;
        double observed = 0;
        for (int i = 0; i < values.length; i++) {
            observed += values[i] < 0 ? scores[i] : 0;
        }
        int extreme = 0;
        for (int pattern = 0; pattern < 1 << values.length; pattern++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += (pattern >> i & 1) * scores[i];
            }
            extreme += Math.abs(sum - centre) >= Math.abs(observed - centre) ? 1 : 0;
        }
        return extreme / (double) (1 << values.length);
    }

    @Property
    @Label("exchanging the methods turns every sign and leaves every p value")
    void isAntisymmetric(@ForAll("differences") double[] values) {
        double[] zeros = new double[values.length];

        PairedComparison one = PairedComparison.of(values, zeros, 0.95);
        PairedComparison other = PairedComparison.of(zeros, values, 0.95);

        assertThat(other.meanDifference() + one.meanDifference()).isZero();
        // The median of an even number is interpolated from below, so its rounding depends on the order.
        assertThat(other.medianDifference()).isCloseTo(-one.medianDifference(), ROUNDING);
        assertThat(other.effectSize()).isEqualTo(0.0 - one.effectSize());
        assertThat(other.meanInterval().from() + one.meanInterval().to()).isZero();
        assertThat(new double[] {other.studentP(), other.signP(), other.wilcoxonP()})
                .containsExactly(one.studentP(), one.signP(), one.wilcoxonP());
        assertThat(new int[] {other.lower(), other.higher(), other.equal()})
                .containsExactly(one.higher(), one.lower(), one.equal());
        assertThat(one.exchanged()).usingRecursiveComparison().ignoringFields("medianDifference").isEqualTo(other);
        assertThat(one.exchanged().medianDifference()).isEqualTo(0.0 - one.medianDifference());
    }

    @Property(tries = 300)
    @Label("the interval excludes zero exactly when the t test rejects")
    void intervalMatchesTheTest(@ForAll @IntRange(min = 2, max = 30) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[] values = random.doubles(n, -0.3, 0.7).toArray();

        PairedComparison result = PairedComparison.of(values, new double[n], 0.95);

        // Within 1e-7 of the level the inverse's own error of 1e-9 may decide.
        Assume.that(Math.abs(result.studentP() - 0.05) > 1e-7);
        assertThat(result.meanInterval().contains(0)).isEqualTo(result.studentP() > 0.05);
    }

    @Test
    @DisplayName("the interval covers the true mean in 95% of 20,000 experiments")
    void intervalCovers() {
        Random random = new Random(42);
        int experiments = 20_000;
        int covered = 0;
        for (int k = 0; k < experiments; k++) {
            double[] values = new double[5];
            Arrays.setAll(values, i -> 1 + random.nextGaussian());
            covered += PairedComparison.of(values, new double[5], 0.95).meanInterval().contains(1) ? 1 : 0;
        }

        // Five standard errors: a false alarm in 2 million, had the seed not been fixed. A normal interval would cover
        // 88%.
        assertThat(covered / (double) experiments)
                .isCloseTo(0.95, Offset.offset(5 * Math.sqrt(0.95 * 0.05 / experiments)));
    }

    @Test
    @DisplayName("no difference at all is no evidence, the same difference everywhere is an infinite effect")
    void degenerateDifferences() {
        PairedComparison none = PairedComparison.of(new double[] {1, 2, 3}, new double[] {1, 2, 3}, 0.95);
        PairedComparison same = PairedComparison.of(new double[] {1, 2, 3}, new double[] {2, 3, 4}, 0.95);

        assertThat(none.effectSize()).isZero();
        assertThat(new double[] {none.studentP(), none.signP(), none.wilcoxonP()}).containsExactly(1, 1, 1);
        assertThat(none.equal()).isEqualTo(3);
        assertThat(same.effectSize()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(new double[] {same.studentP(), same.signP(), same.wilcoxonP()}).containsExactly(0, 0.25, 0.25);
        assertThat(same.meanInterval()).isEqualTo(new PairedComparison.Interval(-1, -1, 0.95));
    }

    @Test
    @DisplayName("an interval contains its ends, and nothing beyond them")
    void intervalIsClosed() {
        PairedComparison.Interval interval = new PairedComparison.Interval(-1, 2, 0.9);

        assertThat(interval.contains(-1)).isTrue();
        assertThat(interval.contains(2)).isTrue();
        assertThat(interval.contains(Math.nextDown(-1.0))).isFalse();
        assertThat(interval.contains(Math.nextUp(2.0))).isFalse();
        assertThat(interval.contains(Double.NaN)).isFalse();
        assertThat(interval.confidence()).isEqualTo(0.9);
    }

    @Test
    @DisplayName("counts that do not add up and probabilities that are none are refused")
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> comparison(4, 1, 1, 1)).hasMessageContaining("add up to 3, got 4");
        assertThatThrownBy(() -> comparison(3, 1.5, 1, 1)).hasMessageContaining("Student's p");
        assertThatThrownBy(() -> comparison(3, 1, -0.5, 1)).hasMessageContaining("the sign test's p");
        assertThatThrownBy(() -> comparison(3, 1, 1, Double.NaN)).hasMessageContaining("Wilcoxon's p");
        assertThatThrownBy(() -> new PairedComparison.Interval(0, 1, 95)).hasMessageContaining("confidence");
        assertThat(comparison(3, 0, 0, 1)).isEqualTo(comparison(3, 0, 0, 1));
    }

    /** Of three seeds, at so many of which the candidate is lower, one is higher and one is equal. */
    private static PairedComparison comparison(int counted, double studentP, double signP, double wilcoxonP) {
        return new PairedComparison(3, 0, 0, 1, 0, new PairedComparison.Interval(-1, 1, 0.95), counted - 2, 1, 1,
                studentP, signP, wilcoxonP);
    }

    @Test
    @DisplayName("a thousand seeds are still exact: the ends are powers of two, and the middle is nearly Gaussian")
    void manySeeds() {
        double[] values = new double[1000];
        Arrays.setAll(values, i -> i + 1);

        PairedComparison result = PairedComparison.of(values, new double[1000], 0.95);

        assertThat(result.signP()).isEqualTo(0x1p-999);
        assertThat(result.wilcoxonP()).isEqualTo(result.signP());
        for (int shift : new int[] {0, 3_000, 9_000, 18_000, 30_000}) {
            assertThat(wilcoxonAt(1000, 1000 * 1001 / 4 - shift)).isCloseTo(edgeworth(1000, shift), Percentage.withPercentage(0.01));
        }
    }

    /**
     * 2 P(S ≤ n(n + 1)/4 − shift) of a sum of ranks, whose cumulants are n(n + 1)(2n + 1)/24 and −Σ r⁴/8, to the second term of
     * Edgeworth's series; half a rank for whole numbers.
     */
    private static double edgeworth(int n, int shift) {
        double variance = n * (n + 1.0) * (2 * n + 1) / 24;
        double kurtosis = -IntStream.rangeClosed(1, n).mapToDouble(r -> Math.pow(r, 4) / 8).sum() / (variance * variance);
        double z = (0.5 - shift) / Math.sqrt(variance);
        NormalDistribution gaussian = new NormalDistribution();
        return Math.min(1, 2 * (gaussian.cumulativeProbability(z) - gaussian.density(z) * kurtosis / 24 * (z * z * z - 3 * z)));
    }

    @Test
    @DisplayName("beyond 1,022 seeds the middle stays right, and p is never given as zero")
    void beyondDoubles() {
        int[] ones = new int[2000];
        Arrays.fill(ones, 1);

        // 2 P(S ≤ 950) of fair coins, from the incomplete beta function.
        assertThat(SignFlips.twoSidedP(ones, 950)).isCloseTo(
                2 * new BinomialDistribution(null, 2000, 0.5).cumulativeProbability(950), Offset.offset(1e-12));
        assertThat(SignFlips.twoSidedP(ones, 0)).isEqualTo(SignFlips.LEAST);
        assertThatThrownBy(() -> SignFlips.twoSidedP(new int[50_000], 0)).hasMessageContaining("at most 40000 differences");
    }

    @Test
    @DisplayName("unpaired, single, NaN and overflowing values are refused, and levels that are none")
    void refusesMisuse() {
        assertThatThrownBy(() -> PairedComparison.of(new double[2], new double[3], 0.95))
                .hasMessageContaining("length of 3, got 2");
        assertThatThrownBy(() -> PairedComparison.of(new double[1], new double[1], 0.95))
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> PairedComparison.of(new double[] {1, Double.NaN}, new double[2], 0.95))
                .hasMessageContaining("candidate");
        assertThatThrownBy(() -> PairedComparison.of(new double[2], new double[] {Double.NaN, 1}, 0.95))
                .hasMessageContaining("baseline");
        assertThatThrownBy(() -> PairedComparison.of(new double[] {1e308, 0}, new double[] {-1e308, 0}, 0.95))
                .hasMessageContaining("differences: wanted a finite number");
        assertThatThrownBy(() -> PairedComparison.of(new double[] {1e200, 0}, new double[2], 0.95))
                .hasMessageContaining("standard deviation");
        for (double bad : new double[] {0, 1, 95, Double.NaN}) {
            assertThatThrownBy(() -> PairedComparison.of(new double[2], new double[2], bad))
                    .hasMessageContaining("confidence");
        }
    }
}
