package dev.regularisation.study;

import dev.regularisation.data.Samples;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Loss;
import java.util.OptionalDouble;

/**
 * What the hidden units of a model do for samples, in double precision, whatever precision the model was trained in: only sums
 * and products in a fixed order, so that the same model gives the same bits everywhere.
 */
final class HiddenUnits {

    /** So many samples tell a mean over units well enough. */
    static final int SAMPLES = 1000;

    /** A network larger than that is not taken apart: a second or so. */
    private static final double MOST_MULTIPLICATIONS = 1e9;

    private final Architecture architecture;
    private final double[] parameters;
    /** Outputs of each layer, {@code samples × units}; the samples themselves first. */
    private final double[][] outputs;
    private final float[] labels;
    private final int size;

    HiddenUnits(Architecture architecture, double[] parameters, Samples samples) {
        this.architecture = architecture;
        this.parameters = parameters;
        this.size = Math.min(SAMPLES, samples.size());
        this.labels = samples.y();
        this.outputs = new double[architecture.layers() + 1][];
        outputs[0] = new double[size * samples.features()];
        for (int i = 0; i < outputs[0].length; i++) {
            outputs[0][i] = samples.x()[i];
        }
        for (int layer = 0; layer < architecture.layers(); layer++) {
            outputs[layer + 1] = activated(layer, sums(layer, outputs[layer]));
        }
    }

    /** How many there are. */
    int count() {
        return architecture.sizes().stream().mapToInt(Integer::intValue).sum() - units(0) - units(architecture.layers());
    }

    /** Predictions for the samples. */
    double[] predictions() {
        return outputs[architecture.layers()].clone();
    }

    private int units(int layer) {
        return architecture.sizes().get(layer);
    }

    /** Where the parameters of a layer begin: its weights, {@code outputs × inputs}, then its biases. */
    private int offset(int layer) {
        int offset = 0;
        for (int before = 0; before < layer; before++) {
            offset += architecture.parameterCount(before);
        }
        return offset;
    }

    /** W x + b for each sample. */
    private double[] sums(int layer, double[] inputs) {
        int n = units(layer);
        int m = units(layer + 1);
        int offset = offset(layer);
        double[] sums = new double[size * m];
        for (int sample = 0; sample < size; sample++) {
            for (int unit = 0; unit < m; unit++) {
                double sum = architecture.bias() ? parameters[offset + m * n + unit] : 0;
                for (int i = 0; i < n; i++) {
                    sum += parameters[offset + unit * n + i] * inputs[sample * n + i];
                }
                sums[sample * m + unit] = sum;
            }
        }
        return sums;
    }

    /** In place, but for the last layer, which has no activation. */
    private double[] activated(int layer, double[] sums) {
        if (layer < architecture.layers() - 1) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = architecture.activation().value(sums[i]);
            }
        }
        return sums;
    }

    /** In how many pairs of a unit and a sample the unit is above zero. */
    long lit() {
        long lit = 0;
        for (int layer = 1; layer < architecture.layers(); layer++) {
            for (double output : outputs[layer]) {
                lit += output > 0 ? 1 : 0;
            }
        }
        return lit;
    }

    /** How many units are above zero for none of the samples. */
    int dark() {
        int dark = 0;
        for (int layer = 1; layer < architecture.layers(); layer++) {
            for (int unit = 0; unit < units(layer); unit++) {
                boolean lit = false;
                for (int sample = 0; sample < size && !lit; sample++) {
                    lit = outputs[layer][sample * units(layer) + unit] > 0;
                }
                dark += lit ? 0 : 1;
            }
        }
        return dark;
    }

    /**
     * By how much the mean loss rises when a unit is taken away, in the mean over units; empty where there is none, or the
     * network is too large for that.
     */
    OptionalDouble removalRise(Loss loss) {
        if (count() == 0 || multiplications() > MOST_MULTIPLICATIONS) {
            return OptionalDouble.empty();
        }
        double whole = mean(loss, outputs[architecture.layers()]);
        double rises = 0;
        for (int layer = 1; layer < architecture.layers(); layer++) {
            double[] sums = sums(layer, outputs[layer]);
            for (int unit = 0; unit < units(layer); unit++) {
                rises += mean(loss, without(layer, unit, sums)) - whole;
            }
        }
        return OptionalDouble.of(rises / count());
    }

    private double multiplications() {
        double each = 0;
        double all = 0;
        for (int layer = architecture.layers() - 1; layer > 0; layer--) {
            all += units(layer) * (units(layer + 1) + each) * size;
            each += (double) units(layer) * units(layer + 1);
        }
        return all;
    }

    /** Predictions without a unit of a hidden layer, of whose outputs the next layer has made {@code sums}, not modified. */
    private double[] without(int layer, int unit, double[] sums) {
        int n = units(layer);
        int m = units(layer + 1);
        int offset = offset(layer);
        double[] values = sums.clone();
        for (int sample = 0; sample < size; sample++) {
            double gone = outputs[layer][sample * n + unit];
            for (int next = 0; next < m; next++) {
                values[sample * m + next] -= parameters[offset + next * n + unit] * gone;
            }
        }
        values = activated(layer, values);
        for (int next = layer + 1; next < architecture.layers(); next++) {
            values = activated(next, sums(next, values));
        }
        return values;
    }

    private double mean(Loss loss, double[] predictions) {
        double sum = 0;
        for (int sample = 0; sample < size; sample++) {
            sum += loss.value(predictions[sample] - labels[sample]);
        }
        return sum / size;
    }
}
