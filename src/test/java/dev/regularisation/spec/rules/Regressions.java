package dev.regularisation.spec.rules;

import dev.regularisation.data.LinearData;
import dev.regularisation.data.Samples;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.theory.LinearModel;

/** The post's samples in double, as the theory of regression takes them. */
public final class Regressions {

    private Regressions() {
    }

    /** X, n × d. */
    public static double[][] inputs(Samples samples) {
        double[][] rows = new double[samples.size()][samples.features()];
        for (int s = 0; s < samples.size(); s++) {
            for (int i = 0; i < samples.features(); i++) {
                rows[s][i] = samples.x()[s * samples.features() + i];
            }
        }
        return rows;
    }

    /** y, n. */
    public static double[] labels(Samples samples) {
        return widen(samples.y());
    }

    public static double[] widen(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    /** The model that made the labels. */
    public static LinearModel truth(LinearData data) {
        return new LinearModel(widen(data.trueWeights()), data.intercept());
    }

    /** The least squares fit, by the QR decomposition of Commons Math, in double. */
    public static LeastSquares leastSquares(Samples samples) {
        return LeastSquares.fit(inputs(samples), labels(samples));
    }

    /** The loss of the true model on samples of this noise: its mean square. */
    public static double noiseFloor(float[] noise) {
        double sum = 0;
        for (float e : noise) {
            sum += (double) e * e;
        }
        return sum / noise.length;
    }
}
