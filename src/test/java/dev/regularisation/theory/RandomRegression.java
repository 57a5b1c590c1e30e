package dev.regularisation.theory;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Gaussian samples with targets wᵀx + b + noise. */
record RandomRegression(double[][] samples, double[] targets, LinearModel truth) {

    static RandomRegression of(int n, int d, double noise, Random random) {
        double[] weights = random.doubles(d, -2, 2).toArray();
        LinearModel truth = new LinearModel(weights, random.nextGaussian());
        double[][] samples = new double[n][d];
        double[] targets = new double[n];
        for (int i = 0; i < n; i++) {
            Arrays.setAll(samples[i], j -> random.nextGaussian());
            targets[i] = truth.predict(samples[i]) + noise * random.nextGaussian();
        }
        return new RandomRegression(samples, targets, truth);
    }

    /** From 0 to 6 features, with 3 to 30 samples more. */
    static Arbitrary<RandomRegression> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(3, 30),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.longs())
                .as((more, d, seed) -> of(d + more, d, 0.5, new Random(seed)));
    }

    @Override
    public String toString() {
        return "RandomRegression[" + samples.length + " x " + samples[0].length + ", " + truth + "]";
    }
}
