package dev.regularisation.spec.rules.setup;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Penalty;
import dev.regularisation.random.TorchGenerator;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * One training step's objective as a function of the parameters: the mean squared error of a network on a batch, under
 * masks drawn beforehand, plus penalties; and its gradient, put together as the training loop does it.
 *
 * @param sizes        of the network
 * @param samples      in the batch
 * @param theta        where to differentiate
 * @param x            inputs, features × samples
 * @param y            labels, outputs × samples
 * @param masks        of dropout
 * @param penalties    on parameters
 * @param onActivation penalty on hidden activations
 */
record DifferentiableRun(List<Integer> sizes, int samples, double[] theta, double[] x, double[] y, DropoutMasks masks,
        List<Penalty> penalties, ActivationL1 onActivation) {

    /** Normal parameters, inputs and labels. */
    static DifferentiableRun random(List<Integer> sizes, int samples, double dropout, double l2, double l1,
            double activationL1, long seed) {
        Random random = new Random(seed);
        int outputs = sizes.get(sizes.size() - 1);
        DropoutMasks masks = DropoutMasks.draw(
                new Dropout(dropout), new Mlp(new CpuBackend(), sizes), samples, new TorchGenerator(seed));
        double spread = 1 / Math.sqrt(sizes.stream().mapToInt(n -> n).average().orElseThrow());
        return new DifferentiableRun(sizes, samples,
                Arrays.stream(normals(new Architecture(sizes).parameterCount(), random)).map(v -> spread * v).toArray(),
                normals(sizes.get(0) * samples, random), normals(outputs * samples, random), masks,
                List.of(new L2(l2), new L1(l1)), new ActivationL1(activationL1));
    }

    DifferentiableRun withPenalties(List<Penalty> others) {
        return new DifferentiableRun(sizes, samples, theta, x, y, masks, others, onActivation);
    }

    double[] gradient(Backend backend) {
        Mlp network = network(backend, theta);
        Tensor inputs = backend.tensor(sizes.get(0), samples, x);
        Activations activations = network.activations(samples);
        network.forward(inputs, activations, masks, 0);
        Tensor labels = backend.tensor(y.length / samples, samples, y);
        new MeanSquaredError().gradient(backend, activations.prediction(), labels, activations.predictionGradient());
        network.backward(inputs, activations, masks,
                (hidden, gradient) -> onActivation.addHiddenGradient(backend, hidden, gradient));
        penalties.forEach(penalty -> penalty.addGradient(backend, network.parameters(), network.gradients()));
        return backend.read(network.gradients());
    }

    /**
     * What the objective does on the way from θ − h eᵢ to θ + h eᵢ, for every parameter.
     *
     * @param slopes (J(θ + h eᵢ) − J(θ − h eᵢ)) / 2h
     * @param kinks  whether a rectifier switches on the way, or the parameter its sign, where |θᵢ| has its kink. If none does at
     *               the ends none does between, as every sum is linear in one parameter until one does; then J is quadratic there
     */
    record Differences(double[] slopes, boolean[] kinks) {
    }

    /** Central differences over a step. */
    Differences centralDifferences(Backend backend, double step) {
        Mlp network = network(backend, theta);
        Tensor inputs = backend.tensor(sizes.get(0), samples, x);
        Tensor labels = backend.tensor(y.length / samples, samples, y);
        Activations activations = network.activations(samples);
        double[] moved = theta.clone();
        double[] slopes = new double[theta.length];
        boolean[] kinks = new boolean[theta.length];
        for (int i = 0; i < theta.length; i++) {
            moved[i] = theta[i] + step;
            double higher = objective(backend, network, moved, inputs, labels, activations);
            BitSet switchedOn = active(backend, network, activations);
            moved[i] = theta[i] - step;
            double lower = objective(backend, network, moved, inputs, labels, activations);
            slopes[i] = (higher - lower) / (2 * step);
            kinks[i] = Math.abs(theta[i]) <= step || !active(backend, network, activations).equals(switchedOn);
            moved[i] = theta[i];
        }
        return new Differences(slopes, kinks);
    }

    private double objective(Backend backend, Mlp network, double[] at, Tensor inputs, Tensor labels,
            Activations activations) {
        backend.write(at, network.parameters());
        network.forward(inputs, activations, masks, 0);
        double value = new MeanSquaredError().value(backend, activations.prediction(), labels);
        for (Penalty penalty : penalties) {
            value += penalty.value(at);
        }
        for (int layer = 0; layer < network.hiddenLayers(); layer++) {
            double sum = Arrays.stream(backend.read(activations.hidden(layer))).map(Math::abs).sum();
            value += onActivation.lambda() * sum / samples;
        }
        return value;
    }

    /** Which rectifiers let their sums pass, of every layer and sample. */
    private static BitSet active(Backend backend, Mlp network, Activations activations) {
        BitSet result = new BitSet();
        int n = 0;
        for (int layer = 0; layer < network.hiddenLayers(); layer++) {
            for (double h : backend.read(activations.hidden(layer))) {
                result.set(n++, h > 0);
            }
        }
        return result;
    }

    private Mlp network(Backend backend, double[] at) {
        Mlp network = new Mlp(backend, sizes);
        backend.write(at, network.parameters());
        return network;
    }

    private static double[] normals(int n, Random random) {
        return DoubleStream.generate(random::nextGaussian).limit(n).toArray();
    }

    @Override
    public String toString() {
        return "network " + sizes + ", " + samples + " samples, " + penalties + ", " + onActivation;
    }
}
