package dev.regularisation.theory;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * How correlation limits averaging: the mean of k variables of variance σ² and pairwise correlation ρ has variance
 *
 * <pre>  ρσ² + (1 − ρ)σ²/k,</pre>
 *
 * which falls with k only to ρσ².
 *
 * <p>Source: Hastie, Tibshirani and Friedman, <i>The Elements of Statistical Learning</i> (2009), equation 15.1.
 *
 * @param variance    σ², the mean over members of their variances
 * @param correlation ρ, the mean over pairs of members of their covariances, divided by σ²; at least −1/(k − 1)
 * @param members     k ≥ 2
 */
public record EnsembleVariance(double variance, double correlation, int members) {

    public EnsembleVariance {
        Checks.positive(variance, "variance");
        Checks.finite(correlation, "correlation");
        Checks.atLeast(2, members, "number of members");
    }

    /**
     * Measures the members' errors.
     *
     * <p>With σ² and ρ as averages the formula holds exactly, whatever the members' own variances and correlations are:
     * variances here are over samples, with divisor n − 1.
     *
     * @param errors members × samples, at least 2 × 2, read only
     */
    public static EnsembleVariance of(double[][] errors) {
        double[][] table = Checks.table(errors, "errors");
        Checks.atLeast(2, table.length, "number of members");
        Checks.atLeast(2, table[0].length, "number of samples");
        RealMatrix covariance = new Covariance(new Array2DRowRealMatrix(table).transpose()).getCovarianceMatrix();
        double trace = covariance.getTrace();
        double sum = 0;
        for (double[] row : covariance.getData()) {
            for (double entry : row) {
                sum += entry;
            }
        }
        int k = table.length;
        double variance = trace / k;
        return new EnsembleVariance(variance, (sum - trace) / (k * (k - 1.0)) / variance, k);
    }

    /** The variance of the mean of all members. */
    public double ofMean() {
        return correlatedMeanVariance(variance, correlation, members);
    }

    /** ρσ² + (1 − ρ)σ²/k for k ≥ 1 variables, −1/(k − 1) ≤ ρ ≤ 1. */
    public static double correlatedMeanVariance(double variance, double correlation, int members) {
        Checks.nonNegative(variance, "variance");
        Checks.atLeast(1, members, "number of members");
        // A correlation measured at its lower limit may lie a few roundings below it.
        double slack = 0x1p-40;
        if (!(correlation <= 1 + slack && correlation * (members - 1) >= -1 - slack)) {
            throw new IllegalArgumentException("the correlation of " + members + " variables must lie between"
                    + " -1/(k - 1) and 1, got " + correlation);
        }
        return correlation * variance + (1 - correlation) * variance / members;
    }
}
