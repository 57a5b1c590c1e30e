package dev.regularisation.nn;

import dev.regularisation.backend.Tensor;
import java.util.function.IntFunction;

/**
 * What one pass of a network leaves behind for its backward pass, for a fixed number of samples: outputs, masks and
 * gradients of every layer. Made once and reused, so that a pass allocates no array.
 */
public final class Activations {

    private final int samples;
    /** Output of each layer: of hidden layers after dropout and activation, of the last as it is. */
    final Tensor[] outputs;
    private final IntFunction<Tensor> tensors;
    private final Tensor[] inputs;
    private final Tensor[] gradients;
    private final Tensor[] masks;

    /** @param tensors a new tensor {@code units × samples} for a number of units */
    Activations(Mlp network, int samples, IntFunction<Tensor> tensors) {
        this.samples = samples;
        this.tensors = tensors;
        int layers = network.layers();
        outputs = new Tensor[layers];
        inputs = new Tensor[network.hiddenLayers()];
        gradients = new Tensor[layers];
        masks = new Tensor[network.hiddenLayers()];
        for (int layer = 0; layer < layers; layer++) {
            outputs[layer] = tensors.apply(network.layer(layer).outputs());
        }
    }

    /** Pre-activation of a hidden layer after dropout, where its activation needs that; made when first asked for. */
    Tensor input(int layer) {
        return made(inputs, layer);
    }

    /** ∂J/∂ the pre-activation of a layer; made when first asked for. */
    Tensor gradient(int layer) {
        return made(gradients, layer);
    }

    /** Dropout factors of a hidden layer; made when first asked for. */
    Tensor mask(int layer) {
        return made(masks, layer);
    }

    private Tensor made(Tensor[] kind, int layer) {
        if (kind[layer] == null) {
            kind[layer] = tensors.apply(outputs[layer].rows());
        }
        return kind[layer];
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
        return gradient(gradients.length - 1);
    }

    /** Output of hidden layer {@code layer} after dropout and activation, {@code units × samples}. */
    public Tensor hidden(int layer) {
        return outputs[layer];
    }
}
