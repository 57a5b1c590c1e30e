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
