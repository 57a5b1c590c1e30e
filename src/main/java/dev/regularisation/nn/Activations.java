package dev.regularisation.nn;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * What one pass of a network leaves behind for its backward pass, for a fixed number of samples: outputs, masks and
 * gradients of every layer. Made once and reused, so that training allocates nothing.
 */
public final class Activations {

    private final int samples;
    /** Output of each layer: of hidden layers after dropout and rectifier, of the last as it is. */
    final Tensor[] outputs;
    /** ∂J/∂ of the same. */
    final Tensor[] gradients;
    /** Dropout factors of each hidden layer, made when first needed. */
    final Tensor[] masks;

    Activations(Backend backend, Mlp network, int samples) {
        this.samples = samples;
        int layers = network.layers();
        outputs = new Tensor[layers];
        gradients = new Tensor[layers];
        masks = new Tensor[network.hiddenLayers()];
        for (int layer = 0; layer < layers; layer++) {
            int units = network.layer(layer).outputs();
            outputs[layer] = backend.zeros(units, samples);
            gradients[layer] = backend.zeros(units, samples);
        }
    }

    /** Number of samples of a pass. */
    public int samples() {
        return samples;
    }

    /** The network's prediction, {@code outputs × samples}. */
    public Tensor prediction() {
        return outputs[outputs.length - 1];
    }

    /** Where ∂J/∂prediction is written before a backward pass, {@code outputs × samples}. */
    public Tensor predictionGradient() {
        return gradients[gradients.length - 1];
    }

    /** Output of hidden layer {@code layer} after dropout and rectifier, {@code units × samples}. */
    public Tensor hidden(int layer) {
        return outputs[layer];
    }
}
