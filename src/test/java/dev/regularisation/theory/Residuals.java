package dev.regularisation.theory;

import java.util.Arrays;

/** What a linear model leaves of targets: rᵢ = yᵢ − (wᵀxᵢ + b) for samples n × d and targets of length n, both read only. */
public final class Residuals {

    private Residuals() {
    }

    /** The residuals, length n. */
    public static double[] of(LinearModel model, double[][] samples, double[] targets) {
        if (samples.length != targets.length) {
            throw new IllegalArgumentException(
                    "targets: wanted as many as samples, " + samples.length + ", got " + targets.length);
        }
        double[] residuals = new double[targets.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = targets[i] - model.predict(samples[i]);
        }
        return residuals;
    }

    /** The mean squared error (1/n) Σ rᵢ², without a half. */
    public static double meanSquare(LinearModel model, double[][] samples, double[] targets) {
        return Arrays.stream(of(model, samples, targets)).map(r -> r * r).average()
                .orElseThrow(() -> new IllegalArgumentException("samples: wanted at least 1, got none"));
    }
}
