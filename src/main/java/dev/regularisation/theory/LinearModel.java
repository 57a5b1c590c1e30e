package dev.regularisation.theory;

import java.util.Arrays;

/**
 * The function x ↦ wᵀx + b.
 *
 * @param weights   w, length d
 * @param intercept b
 */
public record LinearModel(double[] weights, double intercept) {

    public LinearModel {
        weights = Checks.finite(weights, "weights");
        Checks.finite(intercept, "intercept");
    }

    /** The model whose coefficients are the weights followed by the intercept, length d + 1. */
    static LinearModel ofCoefficients(double[] coefficients) {
        int features = coefficients.length - 1;
        return new LinearModel(Arrays.copyOf(coefficients, features), coefficients[features]);
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    /** The weights followed by the intercept, length d + 1. */
    public double[] coefficients() {
        double[] coefficients = Arrays.copyOf(weights, weights.length + 1);
        coefficients[weights.length] = intercept;
        return coefficients;
    }

    /** wᵀx + b for one sample of length d. */
    public double predict(double[] sample) {
        if (sample.length != weights.length) {
            throw new IllegalArgumentException(
                    "sample: wanted a length of " + weights.length + ", as the weights have, got " + sample.length);
        }
        double sum = intercept;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j] * sample[j];
        }
        return sum;
    }

    /** yᵢ − (wᵀxᵢ + b) for samples n × d and targets of length n. */
    public double[] residuals(double[][] samples, double[] targets) {
        if (samples.length != targets.length) {
            throw new IllegalArgumentException(
                    "targets: wanted as many as samples, got " + samples.length + " and " + targets.length);
        }
        double[] residuals = new double[targets.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = targets[i] - predict(samples[i]);
        }
        return residuals;
    }

    /** The mean, without a half, of the squared residuals. */
    public double meanSquaredError(double[][] samples, double[] targets) {
        return Arrays.stream(residuals(samples, targets)).map(r -> r * r).average()
                .orElseThrow(() -> new IllegalArgumentException("samples: wanted at least 1, got none"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearModel that && Arrays.equals(coefficients(), that.coefficients());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coefficients());
    }

    @Override
    public String toString() {
        return "LinearModel[weights=" + Arrays.toString(weights) + ", intercept=" + intercept + "]";
    }
}
