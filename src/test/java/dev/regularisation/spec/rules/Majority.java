package dev.regularisation.spec.rules;

import dev.regularisation.spec.Finding;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.apache.commons.math3.special.Beta;

/** What happens at most seeds, judged by how many they are: exact binomial tests, in both directions at one level. */
public final class Majority {

    private static final double LEVEL = 0.01;
    private static final double USUALLY = 0.8;

    private Majority() {
    }

    /**
     * That something usually holds. Shown where it holds so often that a fair coin would not; refuted where it holds so seldom
     * that what holds at four seeds of five would not. Between, nothing is said; nor is anything where seeds are so many that
     * both are known: what holds at three of five holds more often than not, and yet not usually.
     */
    public static Finding usually(String what, double[] values, DoublePredicate holds) {
        double many = atLeastSoMany(values, holds, 0.5);
        double few = atMostSoMany(values, holds, USUALLY);
        boolean both = many <= LEVEL && few <= LEVEL;
        return finding(what, values, holds, both ? 1 : Math.min(many, few), many < few);
    }

    /**
     * That something holds at a share of all seeds or more: shown where, of a lesser share, as many would not be found, and
     * refuted where of it so few would not.
     */
    public static Finding atLeast(String what, double share, double[] values, DoublePredicate holds) {
        double many = atLeastSoMany(values, holds, share);
        double few = atMostSoMany(values, holds, share);
        return finding(what, values, holds, Math.min(many, few), many < few);
    }

    private static Finding finding(String what, double[] values, DoublePredicate holds, double p, boolean many) {
        boolean nan = Arrays.stream(values).anyMatch(Double::isNaN);
        return Finding.atLevel(what, LEVEL, nan ? Double.NaN : p, many, "at %d of %d seeds", count(values, holds), values.length);
    }

    private static int count(double[] values, DoublePredicate holds) {
        return (int) Arrays.stream(values).filter(holds).count();
    }

    private static double atLeastSoMany(double[] values, DoublePredicate holds, double share) {
        return atMost(values.length - count(values, holds), values.length, 1 - share);
    }

    private static double atMostSoMany(double[] values, DoublePredicate holds, double share) {
        return atMost(count(values, holds), values.length, share);
    }

    /** P(X ≤ count) as an incomplete beta function: Commons Math's distribution subtracts from 1 and makes small tails zero. */
    private static double atMost(int count, int n, double share) {
        return count >= n ? 1 : Beta.regularizedBeta(1 - share, n - count, count + 1.0);
    }
}
