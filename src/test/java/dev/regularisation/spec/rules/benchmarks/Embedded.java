package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Mlp;
import dev.regularisation.theory.LinearModel;
import java.util.List;

/** Linear functions written down as networks of rectifiers. */
final class Embedded {

    private Embedded() {
    }

    /**
     * The linear function as a network: z = max(0, z) − max(0, −z). The first hidden layer computes max(0, z) and max(0, −z)
     * in two units, later ones hand them on, the output subtracts; all other parameters are 0.
     *
     * @return parameters, weights row-major then biases, layer by layer
     */
    static double[] of(LinearModel model, List<Integer> layers) {
        double[] theta = new double[new Architecture(layers).parameterCount()];
        int inputs = layers.get(0);
        int units = layers.get(1);
        for (int i = 0; i < inputs; i++) {
            theta[i] = model.weights()[i];
            theta[inputs + i] = -model.weights()[i];
        }
        theta[units * inputs] = model.intercept();
        theta[units * inputs + 1] = -model.intercept();
        int offset = units * (inputs + 1);
        for (int layer = 1; layer < layers.size() - 2; layer++) {
            int outputs = layers.get(layer + 1);
            theta[offset] = 1;
            theta[offset + units + 1] = 1;
            offset += outputs * (units + 1);
            units = outputs;
        }
        theta[offset] = 1;
        theta[offset + 1] = -1;
        return theta;
    }

    /** What a network of those parameters answers to samples, a row each, in the product's own forward pass. */
    static double[] outputs(List<Integer> layers, double[] theta, double[][] x) {
        try (Backend backend = new CpuBackend()) {
            Mlp network = new Mlp(backend, layers);
            backend.write(theta, network.parameters());
            Activations activations = network.activations(x.length);
            network.forward(columns(backend, x), activations);
            return backend.read(activations.prediction());
        }
    }

    private static Tensor columns(Backend backend, double[][] x) {
        double[] values = new double[x[0].length * x.length];
        for (int s = 0; s < x.length; s++) {
            for (int i = 0; i < x[s].length; i++) {
                values[i * x.length + s] = x[s][i];
            }
        }
        return backend.tensor(x[0].length, x.length, values);
    }
}
