package dev.regularisation.sensitivity;

import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * A least-squares line through (t, ln δ_t), of distances δ_t between two runs.
 *
 * @param from          first epoch of the fit
 * @param to            last epoch of the fit
 * @param rate          its slope γ per epoch: δ grows by the factor e^γ
 * @param determination the share R² of the variance of ln δ that the line explains
 */
public record Growth(int from, int to, double rate, double determination) {

    /** Fewer points are on a line, or nearly so, whatever they are. */
    public static final int LEAST_EPOCHS = 3;

    /**
     * Fits a line.
     *
     * @param epochs    ascending, at least {@link #LEAST_EPOCHS}
     * @param distances at these epochs, all positive and finite
     * @throws IllegalArgumentException where they are too few
     */
    public static Growth of(int[] epochs, double[] distances) {
        if (epochs.length < LEAST_EPOCHS) {
            throw new IllegalArgumentException("growth: wanted at least " + LEAST_EPOCHS + " epochs at which the runs differ, got "
                    + epochs.length);
        }
        SimpleRegression line = new SimpleRegression();
        for (int i = 0; i < epochs.length; i++) {
            line.addData(epochs[i], StrictMath.log(distances[i]));
        }
        return new Growth(epochs[0], epochs[epochs.length - 1], line.getSlope(), line.getRSquare());
    }

    /** Epochs in which the distance grows tenfold; negative where it shrinks. */
    public double epochsPerDecade() {
        return StrictMath.log(10) / rate;
    }
}
