package dev.regularisation.nn;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A network, a batch and a loss, and what the textbook says of them: straight-line float64, sharing no code with the
 * product. With it goes the same network in the product, for comparison.
 */
final class Reference {

    final List<Integer> sizes;
    final int samples;
    final double[] theta;
    final double[][] x;
    final double[][] y;
    final DropoutMasks masks;
    final double dropoutScale;
    final double activationL1;

    private Reference(
            List<Integer> sizes, int samples, double[] theta, double[][] x, double[][] y, DropoutMasks masks,
            double dropoutScale, double activationL1) {
        this.sizes = sizes;
        this.samples = samples;
        this.theta = theta;
        this.x = x;
        this.y = y;
        this.masks = masks;
        this.dropoutScale = dropoutScale;
        this.activationL1 = activationL1;
    }

    /** Parameters, inputs and labels of a normal distribution, all float32 numbers. */
    static Reference random(List<Integer> sizes, int samples, Random random) {
        return new Reference(sizes, samples, normals(new Architecture(sizes).parameterCount(), random),
                matrix(sizes.get(0), samples, random), matrix(sizes.get(sizes.size() - 1), samples, random),
                DropoutMasks.evaluation(), 1, 0);
    }

    Reference withMasks(DropoutMasks drawn) {
        return new Reference(sizes, samples, theta, x, y, drawn, 1 / (1 - drawn.dropout().probability()), activationL1);
    }

    Reference withActivationL1(double lambda) {
        return new Reference(sizes, samples, theta, x, y, masks, dropoutScale, lambda);
    }

    private Reference withTheta(double[] other) {
        return new Reference(sizes, samples, other, x, y, masks, dropoutScale, activationL1);
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

    /** (1/n) Σ (p − y)² + (λ/samples) Σ |h|, over all n elements of the prediction and all hidden units. */
    double loss() {
        double squares = 0;
        double activity = 0;
        for (int s = 0; s < samples; s++) {
            List<double[]> outputs = outputs(s);
            double[] prediction = outputs.get(outputs.size() - 1);
            for (int o = 0; o < prediction.length; o++) {
                squares += (prediction[o] - y[o][s]) * (prediction[o] - y[o][s]);
            }
            for (double[] hidden : outputs.subList(0, outputs.size() - 1)) {
                activity += Arrays.stream(hidden).map(Math::abs).sum();
            }
        }
        return squares / (samples * y.length) + activationL1 * activity / samples;
    }

    /** Output of every layer for one sample, hidden ones rectified. */
    private List<double[]> outputs(int s) {
        List<double[]> outputs = new ArrayList<>();
        for (double[] z : beforeRectifier(s)) {
            boolean last = outputs.size() == sizes.size() - 2;
            outputs.add(last ? z : Arrays.stream(z).map(v -> v > 0 ? v : 0).toArray());
        }
        return outputs;
    }

    private List<double[]> beforeRectifier(int s) {
        List<double[]> values = new ArrayList<>();
        double[] input = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            input[i] = x[i][s];
        }
        int at = 0;
        for (int layer = 0; layer + 1 < sizes.size(); layer++) {
            int inputs = sizes.get(layer);
            int outputs = sizes.get(layer + 1);
            boolean hidden = layer + 2 < sizes.size();
            double[] z = new double[outputs];
            double[] h = new double[outputs];
            for (int o = 0; o < outputs; o++) {
                z[o] = theta[at + outputs * inputs + o];
                for (int i = 0; i < inputs; i++) {
                    z[o] += theta[at + o * inputs + i] * input[i];
                }
                if (hidden && masks.isActive()) {
                    z[o] *= masks.kept(layer)[s * outputs + o] ? dropoutScale : 0;
                }
                h[o] = hidden ? Math.max(z[o], 0) : z[o];
            }
            values.add(z);
            input = h;
            at += outputs * (inputs + 1);
        }
        return values;
    }

    /** How far the nearest rectifier is from its kink; dropped units, always at 0, do not count. */
    double distanceToKink() {
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s < samples; s++) {
            List<double[]> values = beforeRectifier(s);
            for (double[] z : values.subList(0, values.size() - 1)) {
                least = Math.min(least, Arrays.stream(z).map(Math::abs).filter(v -> v != 0).min().orElse(least));
            }
        }
        return least;
    }

    /**
     * Central differences. Away from kinks the loss is a quadratic in each single parameter, for which they are exact but
     * for rounding: about 2⁻⁵³ loss / step, or 1e-10.
     */
    double[] gradientByDifferences(double step) {
        double[] gradient = new double[theta.length];
        for (int i = 0; i < theta.length; i++) {
            gradient[i] = (withTheta(moved(i, step)).loss() - withTheta(moved(i, -step)).loss()) / (2 * step);
        }
        return gradient;
    }

    private double[] moved(int i, double by) {
        double[] moved = theta.clone();
        moved[i] += by;
        return moved;
    }

    /** Loss without penalty, and gradient with it, as the product computes them. */
    Computed compute(Mlp.HiddenGradient atHidden) {
        CpuBackend backend = new CpuBackend();
        Mlp network = new Mlp(backend, sizes);
        backend.write(theta, network.parameters());
        Tensor input = backend.tensor(x.length, samples, flat(x));
        Tensor target = backend.tensor(y.length, samples, flat(y));
        Activations activations = network.activations(samples);
        network.forward(input, activations, masks, 0);
        double loss = new MeanSquaredError().value(backend, activations.prediction(), target);
        new MeanSquaredError().gradient(backend, activations.prediction(), target, activations.predictionGradient());
        network.backward(input, activations, masks, atHidden);
        return new Computed(loss, backend.read(network.gradients()));
    }

    private static double[] flat(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    record Computed(double loss, double[] gradient) {
    }
}
