package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.float64.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.support.ForwardingBackend;
import java.util.List;

/**
 * A network seen through each of its masks: every choice of hidden units to keep, the same for all samples, is one
 * subnetwork. Passes are the product's own, in float64; only the masks that it drew are replaced before they are
 * applied.
 */
final class EveryMask {

    private final Replacing backend;
    private final Mlp network;
    private final Dropout dropout;
    private final int hidden;
    private final Tensor x;
    private final Activations activations;
    private final DropoutMasks drawn;

    /**
     * @param scale the factor of a kept unit; {@link Dropout#scale} is right
     */
    EveryMask(Architecture architecture, double[] parameters, Samples samples, int size, Dropout dropout, double scale) {
        this.backend = new Replacing(scale);
        this.network = new Mlp(backend, architecture);
        this.dropout = dropout;
        List<Integer> layers = architecture.sizes();
        this.hidden = layers.stream().mapToInt(Integer::intValue).sum() - layers.get(0) - 1;
        this.x = Inputs.of(backend, samples, size);
        this.activations = network.activations(size);
        this.drawn = DropoutMasks.draw(dropout, network, size, new TorchGenerator(0));
        backend.write(parameters, network.parameters());
    }

    /** A network of initial parameters, with one hidden layer, on ten samples of three features, all drawn from a seed. */
    static EveryMask initial(long seed, int units, double p) {
        return initial(seed, units, p, Activation.RELU);
    }

    /** The same with another activation. */
    static EveryMask initial(long seed, int units, double p, Activation activation) {
        Architecture architecture = new Architecture(List.of(3, units, 1), activation, true);
        Backend backend = new CpuBackend();
        Mlp network = new Mlp(backend, architecture);
        network.initialise(new TorchGenerator(seed));
        Dropout dropout = new Dropout(p);
        return new EveryMask(architecture, backend.read(network.parameters()),
                new LinearProblem(3, 10, 1, 0.2).draw(seed).train(), 10,
                dropout, dropout.scale(Precision.FLOAT64));
    }

    /** Number of subnetworks, 2 to the number of hidden units. */
    int count() {
        return 1 << hidden;
    }

    /** The probability (1 − p)ᵏ pʰ⁻ᵏ of a mask that keeps k of h units; bit u of {@code mask} keeps unit u. */
    double probability(int mask) {
        int kept = Integer.bitCount(mask);
        return StrictMath.pow(1 - dropout.probability(), kept) * StrictMath.pow(dropout.probability(), hidden - kept);
    }

    /** Predictions of a subnetwork. */
    double[] predict(int mask) {
        backend.mask = mask;
        backend.unit = 0;
        network.forward(x, activations, drawn, 0);
        return backend.read(activations.prediction());
    }

    /** Output of the first hidden layer of a subnetwork, {@code units × samples}. */
    double[] firstHidden(int mask) {
        predict(mask);
        return backend.read(activations.hidden(0));
    }

    /** Predictions in evaluation mode. */
    double[] evaluate() {
        network.forward(x, activations);
        return backend.read(activations.prediction());
    }

    /** Output of the first hidden layer in evaluation mode. */
    double[] evaluateFirstHidden() {
        evaluate();
        return backend.read(activations.hidden(0));
    }

    private static final class Replacing extends ForwardingBackend {

        private final double scale;
        private int mask;
        private int unit;

        Replacing(double scale) {
            super(new CpuBackend());
            this.scale = scale;
        }

        /** A forward pass multiplies once for each hidden layer, by its mask. */
        @Override
        public void multiply(Tensor a, Tensor b, Tensor c) {
            double[] factors = new double[b.size()];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = (mask >> unit + i / b.columns() & 1) == 1 ? scale : 0;
            }
            unit += b.rows();
            write(factors, b);
            super.multiply(a, b, c);
        }
    }
}
