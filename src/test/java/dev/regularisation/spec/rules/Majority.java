package dev.regularisation.spec.rules;

import dev.regularisation.spec.Finding;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** What happens at most seeds, judged by how many they are: exact binomial tests, in both directions at one level. */
public final class Majority {

    private static final double LEVEL = 0.01;
    private static final double USUALLY = 0.8;

    private Majority() {
    }

    /**
     * That something usually holds. Shown where it holds so often that a fair coin would not; refuted where it holds so seldom
     * that what holds at four seeds of five would not; between, nothing is said.
     */
    public static Finding usually(String what, double[] values, DoublePredicate holds) {
        int held = (int) Arrays.stream(values).filter(holds).count();
        double many = 1 - new BinomialDistribution(null, values.length, 0.5).cumulativeProbability(held - 1);
        double few = new BinomialDistribution(null, values.length, USUALLY).cumulativeProbability(held);
        double p = Arrays.stream(values).anyMatch(Double::isNaN) ? Double.NaN : Math.min(many, few);
        return Finding.atLevel(what, LEVEL, p, many < few, "at %d of %d seeds", held, values.length);
    }
}
