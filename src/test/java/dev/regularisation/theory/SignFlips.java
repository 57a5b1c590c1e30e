package dev.regularisation.theory;

/**
 * The exact null distribution of a sum of scores each of which counts with probability ½: of the sign test's number of
 * wins (all scores 1) and of Wilcoxon's rank sum (scores the ranks, ties included).
 *
 * <p>Commons Math is not used for these: its {@code WilcoxonSignedRankTest} (3.6.1) counts zero differences among the
 * losses and so depends on the order of the samples (six zero differences have p = 0.03), ignores ties, enumerates 2ⁿ
 * signs, and, like its two-sided {@code BinomialTest}, doubles the middle of the distribution and returns p above 1.
 */
final class SignFlips {

    private SignFlips() {
    }

    /**
     * The two-sided p value min(1, 2 P(S ≤ min(s, total − s))) of the observed sum s, by convolution in O(n · min(s, total − s)):
     * a sum comes about from lesser ones alone, so that those above the tail are never needed.
     *
     * <p>Every probability is a multiple of 2⁻ⁿ: exact in double precision up to n = 52, beyond that to within n ε; above
     * n = 1,000 those of the least sums underflow, which only p values below 10⁻³⁰⁰ would show.
     *
     * @param scores positive; read only
     */
    static double twoSidedP(int[] scores, int observed) {
        int total = 0;
        for (int score : scores) {
            total += score;
        }
        int most = Math.min(observed, total - observed);
        double[] probability = new double[most + 1];
        probability[0] = 1;
        int reached = 0;
        for (int score : scores) {
            reached = Math.min(most, reached + score);
            for (int sum = reached; sum >= 0; sum--) {
                double counted = sum >= score ? probability[sum - score] : 0;
                probability[sum] = (probability[sum] + counted) / 2;
            }
        }
        double tail = 0;
        for (int sum = 0; sum <= most; sum++) {
            tail += probability[sum];
        }
        return Math.min(1, 2 * tail);
    }
}
