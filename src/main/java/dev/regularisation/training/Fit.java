package dev.regularisation.training;

/**
 * How well a model fits, in evaluation mode.
 *
 * @param trainLoss      mean loss on the training samples
 * @param validationLoss mean loss on the validation samples
 * @param trainR2        coefficient of determination on the training samples
 * @param validationR2   coefficient of determination on the validation samples
 */
public record Fit(double trainLoss, double validationLoss, double trainR2, double validationR2) {

    /**
     * R² = 1 − Σ (y − p)² / Σ (y − ȳ)², all in double.
     *
     * @param y labels, not modified
     * @param p predictions, same length, not modified
     */
    public static double r2(float[] y, double[] p) {
        if (y.length != p.length) {
            throw new IllegalArgumentException("predictions: wanted as many as labels, " + y.length + ", got " + p.length);
        }
        double mean = 0;
        for (float value : y) {
            mean += value;
        }
        mean /= y.length;
        double residual = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            residual += (y[i] - p[i]) * (y[i] - p[i]);
            total += (y[i] - mean) * (y[i] - mean);
        }
        return 1 - residual / total;
    }
}
