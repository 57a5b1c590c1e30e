package dev.regularisation.theory;

import java.util.Arrays;
import org.apache.commons.math3.util.ArithmeticUtils;

/**
 * The exact null distribution of a sum of scores each of which counts with probability ½: of the sign test's number of
 * wins (all scores 1) and of Wilcoxon's rank sum (scores the ranks, ties included).
 *
 * <p>Commons Math is not used for these: its {@code WilcoxonSignedRankTest} (3.6.1) counts zero differences among the
 * losses and so depends on the order of the samples (six zero differences have p = 0.03), ignores ties, enumerates 2ⁿ
 * signs, and, like its two-sided {@code BinomialTest}, doubles the middle of the distribution and returns p above 1.
 */
final class SignFlips {

    /** The least p value that is given of more than 1,022 scores, the probability of whose patterns no double holds in full. */
    static final double LEAST = 1e-300;
    /** Beyond, sums of doubled ranks would leave the range of an int, and take hours. */
    private static final int MOST_SCORES = 40_000;

    private SignFlips() {
    }

    /**
     * The two-sided p value min(1, 2 P(S ≤ min(s, total − s))) of the observed sum s, by convolution in O(n · min(s, total − s)):
     * a sum comes about from lesser ones alone, so that those above the tail are never needed. Sums are counted in the scores'
     * greatest common divisor, which is 2 for doubled ranks without ties.
     *
     * <p>Every probability is a multiple of 2⁻ⁿ: exact in double precision up to n = 52, beyond that to within n ε. Above
     * n = 1,022 the least are subnormal, an absolute error of at most n · total · 2⁻¹⁰⁷⁵; there p is given as {@link #LEAST} where
     * it is less, which is a bound.
     *
     * @param scores positive; read only
     * @throws IllegalArgumentException if there are more than 40,000
     */
    static double twoSidedP(int[] scores, int observed) {
        if (scores.length > MOST_SCORES) {
            throw new IllegalArgumentException("exact p value: wanted at most " + MOST_SCORES + " differences, got "
                    + scores.length + "; compare fewer seeds");
        }
        int[] ascending = scores.clone();
        Arrays.sort(ascending);
        int unit = Math.max(1, Arrays.stream(scores).reduce(0, ArithmeticUtils::gcd));
        int most = Math.min(observed, Arrays.stream(scores).sum() - observed) / unit;
        double[] probability = new double[most + 1];
        double[] next = new double[most + 1];
        probability[0] = 1;
        int reached = 0;
        for (int scoreInUnits : Arrays.stream(ascending).map(score -> score / unit).toArray()) {
            // The least first, so that few sums are reached for long.
            reached = Math.min(most, reached + scoreInUnits);
            int without = Math.min(scoreInUnits, reached + 1);
            for (int sum = 0; sum < without; sum++) {
                next[sum] = probability[sum] / 2;
            }
            for (int sum = without; sum <= reached; sum++) {
                next[sum] = (probability[sum] + probability[sum - scoreInUnits]) / 2;
            }
            double[] before = probability;
            probability = next;
            next = before;
        }
        double p = Math.min(1, 2 * Arrays.stream(probability).sum());
        return scores.length > -Double.MIN_EXPONENT ? Math.max(LEAST, p) : p;
    }
}
