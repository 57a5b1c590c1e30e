package dev.regularisation.spec.rules;

import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Outcome;
import dev.regularisation.support.Ensembles;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Assumptions;

/** What happens at most seeds, judged by how many they are: exact binomial tests, in both directions at one level. */
public final class Majority {

    private static final double LEVEL = 0.01;
    private static final double USUALLY = 0.8;

    /** With fewer, what happens at all of them says too little in either direction. */
    private static final int LEAST_SEEDS = 20;

    private Majority() {
    }

    /**
     * Goes on where seeds are enough. Where {@code -Dseeds} asks for too few, a rule that rests on them has no verdict: what
     * needs no seeds is demanded all the same, and the rest is skipped.
     */
    public static void requireOrSkip(Finding withoutSeeds) {
        boolean enough = Ensembles.SEEDS >= LEAST_SEEDS;
        if (!enough && withoutSeeds.outcome() != Outcome.SHOWN) {
            throw new AssertionError("what needs no seeds: wanted all of it shown, got " + withoutSeeds.summary()
                    + "; the product or the evidence has changed");
        }
        Assumptions.assumeTrue(enough, "seeds: wanted at least " + LEAST_SEEDS + " for what usually happens, got "
                + Ensembles.SEEDS + "; leave out -Dseeds");
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
