package dev.regularisation.theory;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Two methods compared on the same seeds, from the differences dᵢ = candidateᵢ − baselineᵢ; for losses, negative is
 * better.
 *
 * <p>All p values are two-sided. Student's supposes Gaussian differences, Wilcoxon's a distribution that is symmetric
 * about zero, the sign test only that a win is as likely as a loss. The latter two are exact for every n, drop zero
 * differences, and are 1 if nothing is left.
 *
 * @param count             n ≥ 2
 * @param meanDifference    d̄
 * @param medianDifference  the median, at even n the mean of the middle two
 * @param standardDeviation s of the differences, with divisor n − 1
 * @param effectSize        Cohen's d_z = d̄/s; 0 if all differences are 0, infinite if they are all the same otherwise
 * @param meanInterval      confidence interval of the mean, d̄ ± t s/√n with Student's t at n − 1 degrees of freedom
 * @param lower             number of seeds at which the candidate is below the baseline
 * @param higher            number of seeds at which it is above
 * @param equal             number of seeds at which it is neither
 * @param studentP          p value of the paired t test
 * @param signP             p value of the sign test
 * @param wilcoxonP         p value of Wilcoxon's signed-rank test, ties at their mean rank
 */
public record PairedComparison(int count, double meanDifference, double medianDifference, double standardDeviation,
        double effectSize, Interval meanInterval, int lower, int higher, int equal, double studentP, double signP,
        double wilcoxonP) {

    public PairedComparison {
        Checks.atLeast(2, count, "number of seeds");
        if (lower + higher + equal != count) {
            throw new IllegalArgumentException(
                    "lower, higher and equal must add up to " + count + ", got " + (lower + higher + equal));
        }
        Checks.finite(meanDifference, "mean difference");
        Checks.nonNegative(standardDeviation, "standard deviation of the differences");
        Checks.probability(studentP, "Student's p");
        Checks.probability(signP, "the sign test's p");
        Checks.probability(wilcoxonP, "Wilcoxon's p");
    }

    /** An interval that covers the true mean with the probability {@code confidence}. */
    public record Interval(double from, double to, double confidence) {

        public Interval {
            Checks.probability(confidence, "confidence");
            if (!(from <= to)) {
                throw new IllegalArgumentException("the interval's ends must be in order, got " + from + " and " + to);
            }
        }

        public boolean contains(double value) {
            return from <= value && value <= to;
        }
    }

    /**
     * Compares the methods.
     *
     * @param candidate  one value for each seed, read only
     * @param baseline   of the same seeds in the same order, read only
     * @param confidence of the interval, between 0 and 1
     * @throws IllegalArgumentException if lengths differ, there are fewer than two seeds, or a value is not finite
     */
    public static PairedComparison of(double[] candidate, double[] baseline, double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("the confidence must lie strictly between 0 and 1, got " + confidence);
        }
        double[] differences = differences(candidate, baseline);
        int n = differences.length;
        double mean = StatUtils.mean(differences);
        boolean constant = StatUtils.min(differences) == StatUtils.max(differences);
        double deviation = constant
                ? 0
                : Checks.finite(Math.sqrt(StatUtils.variance(differences)), "standard deviation of the differences");
        double effect = mean == 0 ? 0 : mean / deviation;
        TDistribution student = new TDistribution(n - 1);
        double halfWidth = student.inverseCumulativeProbability((1 + confidence) / 2) * deviation / Math.sqrt(n);
        double[] nonZero = Arrays.stream(differences).filter(d -> d != 0).toArray();
        int lower = (int) Arrays.stream(differences).filter(d -> d < 0).count();
        int[] ones = new int[nonZero.length];
        Arrays.fill(ones, 1);
        return new PairedComparison(n, mean, StatUtils.percentile(differences, 50), deviation, effect,
                new Interval(mean - halfWidth, mean + halfWidth, confidence),
                lower, nonZero.length - lower, n - nonZero.length,
                2 * student.cumulativeProbability(-Math.abs(effect) * Math.sqrt(n)),
                SignFlips.twoSidedP(ones, lower),
                wilcoxonP(nonZero));
    }

    /** The same with the methods exchanged: every sign turned, every p value left. */
    public PairedComparison exchanged() {
        return new PairedComparison(count, 0.0 - meanDifference, 0.0 - medianDifference, standardDeviation, 0.0 - effectSize,
                new Interval(0.0 - meanInterval.to, 0.0 - meanInterval.from, meanInterval.confidence),
                /* lower= */ higher, /* higher= */ lower, equal, studentP, signP, wilcoxonP);
    }

    private static double[] differences(double[] candidate, double[] baseline) {
        Checks.atLeast(2, candidate.length, "number of seeds");
        double[] differences = Checks.finite(candidate, baseline.length, "candidate");
        double[] subtracted = Checks.finite(baseline, "baseline");
        for (int i = 0; i < differences.length; i++) {
            differences[i] -= subtracted[i];
        }
        return Checks.finite(differences, "differences");
    }

    /** Ranks are doubled, which makes the mean ranks of ties whole numbers. */
    private static double wilcoxonP(double[] nonZero) {
        if (nonZero.length == 0) {
            return 1;
        }
        double[] magnitudes = Arrays.stream(nonZero).map(Math::abs).toArray();
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(magnitudes);
        int[] doubled = Arrays.stream(ranks).mapToInt(rank -> (int) Math.round(2 * rank)).toArray();
        int sumOfLower = 0;
        for (int i = 0; i < doubled.length; i++) {
            sumOfLower += nonZero[i] < 0 ? doubled[i] : 0;
        }
        return SignFlips.twoSidedP(doubled, sumOfLower);
    }
}
