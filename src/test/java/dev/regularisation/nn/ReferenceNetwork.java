package dev.regularisation.nn;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.penalty.ActivationL1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A network, a batch and a loss, and what the textbook says of them: straight-line float64, sharing no code with the
 * product. With it goes the same network in the product, for comparison.
 *
 * @param architecture sizes, activation and bias
 * @param loss         which loss
 * @param delta        δ of Huber's loss
 * @param samples      in the batch
 * @param theta        parameters, layer by layer, weights before biases
 * @param x            inputs, features × samples
 * @param y            labels, outputs × samples
 * @param masks        of dropout, drawn beforehand
 * @param activationL1 strength of the penalty on hidden activations
 */
record ReferenceNetwork(
        Architecture architecture, Loss.Of loss, double delta, int samples, double[] theta, double[][] x, double[][] y,
        DropoutMasks masks, double activationL1) {

    /** Parameters, inputs and labels of a normal distribution, all float32 numbers. */
    static ReferenceNetwork random(Architecture architecture, Loss.Of loss, double delta, int samples, Random random) {
        List<Integer> sizes = architecture.sizes();
        return new ReferenceNetwork(architecture, loss, delta, samples, normals(architecture.parameterCount(), random),
                matrix(sizes.get(0), samples, random), matrix(sizes.get(sizes.size() - 1), samples, random),
                DropoutMasks.evaluation(), 0);
    }

    ReferenceNetwork withMasks(DropoutMasks drawn) {
        return new ReferenceNetwork(architecture, loss, delta, samples, theta, x, y, drawn, activationL1);
    }

    ReferenceNetwork withActivationL1(double lambda) {
        return new ReferenceNetwork(architecture, loss, delta, samples, theta, x, y, masks, lambda);
    }

    private ReferenceNetwork withTheta(double[] other) {
        return new ReferenceNetwork(architecture, loss, delta, samples, other, x, y, masks, activationL1);
    }

    private static double[] normals(int n, Random random) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> (float) (0.7 * random.nextGaussian()));
        return values;
    }

    private static double[][] matrix(int rows, int columns, Random random) {
        double[][] values = new double[rows][];
        Arrays.setAll(values, i -> normals(columns, random));
        return values;
    }

    private static double activation(Activation f, double z) {
        return switch (f) {
            case RELU -> Math.max(z, 0);
            case LEAKY_RELU -> Math.max(z, 0.01 * z);
            case TANH -> Math.tanh(z);
            case SIGMOID -> 1 / (1 + Math.exp(-z));
            case SILU -> z / (1 + Math.exp(-z));
            case IDENTITY -> z;
        };
    }

    private double loss(double error) {
        double size = Math.abs(error);
        return switch (loss) {
            case MSE -> error * error;
            case MAE -> size;
            case HUBER -> size < delta ? error * error / 2 : delta * (size - delta / 2);
        };
    }

    /** (1/n) Σ ℓ(p − y) + (λ/samples) Σ |h|, over all n elements of the prediction and all hidden units. */
    double objective() {
        double losses = 0;
        double activity = 0;
        for (int s = 0; s < samples; s++) {
            List<double[]> layers = preActivations(s);
            double[] prediction = layers.get(layers.size() - 1);
            for (int o = 0; o < prediction.length; o++) {
                losses += loss(prediction[o] - y[o][s]);
            }
            for (double[] hidden : layers.subList(0, layers.size() - 1)) {
                for (double z : hidden) {
                    activity += Math.abs(activation(architecture.activation(), z));
                }
            }
        }
        return losses / (samples * y.length) + activationL1 * activity / samples;
    }

    /** Of every layer for one sample, after dropout; those of the last are the prediction. */
    private List<double[]> preActivations(int s) {
        List<Integer> sizes = architecture.sizes();
        List<double[]> layers = new ArrayList<>();
        double[] input = new double[x.length];
        for (int i = 0; i < input.length; i++) {
            input[i] = x[i][s];
        }
        int at = 0;
        for (int layer = 0; layer + 1 < sizes.size(); layer++) {
            int inputs = sizes.get(layer);
            double[] z = new double[sizes.get(layer + 1)];
            for (int o = 0; o < z.length; o++) {
                z[o] = architecture.bias() ? theta[at + z.length * inputs + o] : 0;
                for (int i = 0; i < inputs; i++) {
                    z[o] += theta[at + o * inputs + i] * input[i];
                }
                if (masks.isActive() && layer + 2 < sizes.size()) {
                    z[o] = masks.kept(layer)[s * z.length + o] ? z[o] / (1 - masks.dropout().probability()) : 0;
                }
            }
            layers.add(z);
            input = new double[z.length];
            for (int o = 0; o < z.length; o++) {
                input[o] = activation(architecture.activation(), z[o]);
            }
            at += z.length * (inputs + (architecture.bias() ? 1 : 0));
        }
        return layers;
    }

    /**
     * How far the nearest number is from a kink: a pre-activation from 0, where rectifiers and |h| have theirs, an error from
     * 0 or ±δ. Dropped units, always at 0, do not count, nor do errors where the loss has no kink.
     */
    double distanceToKink() {
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s < samples; s++) {
            List<double[]> layers = preActivations(s);
            for (double[] hidden : layers.subList(0, layers.size() - 1)) {
                least = Math.min(least, Arrays.stream(hidden).map(Math::abs).filter(v -> v != 0).min().orElse(least));
            }
            double[] prediction = layers.get(layers.size() - 1);
            for (int o = 0; o < prediction.length; o++) {
                double size = Math.abs(prediction[o] - y[o][s]);
                least = switch (loss) {
                    case MSE -> least;
                    case MAE -> Math.min(least, size);
                    case HUBER -> Math.min(least, Math.abs(size - delta));
                };
            }
        }
        return least;
    }

    /** Central differences of fourth order: (8 (J(h) − J(−h)) − (J(2h) − J(−2h))) / 12h; their error is h⁴ J⁽⁵⁾ / 30. */
    double[] gradientByDifferences(double step) {
        double[] gradient = new double[theta.length];
        Arrays.setAll(gradient, i -> (8 * (moved(i, step) - moved(i, -step)) - (moved(i, 2 * step) - moved(i, -2 * step)))
                / (12 * step));
        return gradient;
    }

    private double moved(int i, double by) {
        double[] moved = theta.clone();
        moved[i] += by;
        return withTheta(moved).objective();
    }

    /** Loss without penalty, and gradient with it, as the product computes them. */
    Computed compute(Backend backend) {
        Mlp network = new Mlp(backend, architecture);
        backend.write(theta, network.parameters());
        Tensor input = backend.tensor(x.length, samples, flat(x));
        Tensor target = backend.tensor(y.length, samples, flat(y));
        Activations activations = network.activations(samples);
        network.forward(input, activations, masks, 0);
        Loss product = switch (loss) {
            case MSE -> new MeanSquaredError();
            case MAE -> new MeanAbsoluteError();
            case HUBER -> new Huber(delta);
        };
        product.gradient(backend, activations.prediction(), target, activations.predictionGradient());
        ActivationL1 penalty = new ActivationL1(activationL1);
        network.backward(input, activations, masks, activationL1 == 0 ? Mlp.HiddenGradient.NONE
                : (hidden, gradient) -> penalty.addHiddenGradient(backend, hidden, gradient));
        return new Computed(
                product.value(backend, activations.prediction(), target), backend.read(network.gradients()));
    }

    private static double[] flat(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public String toString() {
        return "%s, %s, δ %s, %d samples, dropout %s, L1 on activations %s".formatted(
                architecture, loss, delta, samples, masks.dropout().probability(), activationL1);
    }

    record Computed(double loss, double[] gradient) {
    }
}
