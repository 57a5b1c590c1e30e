package dev.regularisation.nn;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.random.TorchGenerator;
import java.util.List;

/**
 * A multilayer perceptron: Linear, Dropout, activation for each hidden layer, then Linear. With two sizes it is a linear model.
 *
 * <p>Parameters are one column vector: weights, row-major, then biases of the first layer, then of the next.
 */
public final class Mlp {

    private final Backend backend;
    private final Activation activation;
    private final Linear[] layers;
    private final Tensor parameters;
    private final Tensor gradients;

    /** A network of zero parameters. */
    public Mlp(Backend backend, Architecture architecture) {
        this.backend = backend;
        this.activation = architecture.activation();
        int count = architecture.parameterCount();
        this.parameters = backend.zeros(count, 1);
        this.gradients = backend.zeros(count, 1);
        this.layers = new Linear[architecture.layers()];
        int offset = 0;
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Linear(backend, parameters, gradients, offset, architecture.sizes().get(i),
                    architecture.sizes().get(i + 1), architecture.bias());
            offset += architecture.parameterCount(i);
        }
    }

    /** A network of the post's kind, of zero parameters: rectifiers and biases. */
    public Mlp(Backend backend, List<Integer> sizes) {
        this(backend, new Architecture(sizes));
    }

    /** Number of linear layers. */
    public int layers() {
        return layers.length;
    }

    /** Number of layers with an activation. */
    public int hiddenLayers() {
        return layers.length - 1;
    }

    /** A linear layer, the one next to the input being 0. */
    public Linear layer(int index) {
        return layers[index];
    }

    /** θ, all weights and biases, a column vector; optimisers update it. */
    public Tensor parameters() {
        return parameters;
    }

    /** ∂J/∂θ of the last backward pass, laid out as {@link #parameters()}; penalties add to it. */
    public Tensor gradients() {
        return gradients;
    }

    /** PyTorch's default initialisation, layer by layer. */
    public void initialise(TorchGenerator generator) {
        for (Linear layer : layers) {
            layer.initialise(generator);
        }
    }

    /** Buffers for passes of {@code samples}. */
    public Activations activations(int samples) {
        return new Activations(this, samples, units -> backend.zeros(units, samples));
    }

    /** The same for batches that are trained on, laid out as the backend's training passes like it. */
    public Activations batchActivations(int samples) {
        return new Activations(this, samples, units -> backend.batch(units, samples));
    }

    /** A forward pass in evaluation mode; {@link Activations#prediction()} holds the result. */
    public void forward(Tensor x, Activations activations) {
        forward(x, activations, DropoutMasks.evaluation(), 0);
    }

    /**
     * A forward pass: Z ← mask · (W H + b), H ← f(Z) for each hidden layer, then W H + b.
     *
     * @param x           {@code inputs × samples}, not modified
     * @param activations overwritten; {@link Activations#prediction()} holds the result
     * @param masks       drawn for the whole pass, or {@link DropoutMasks#evaluation()}
     * @param from        the place of the first sample of {@code x} in the pass for which the masks were drawn
     */
    public void forward(Tensor x, Activations activations, DropoutMasks masks, int from) {
        Tensor input = x;
        for (int i = 0; i < hiddenLayers(); i++) {
            Tensor factor = null;
            if (masks.isActive()) {
                factor = activations.mask(i);
                backend.mask(masks.kept(i), from, masks.dropout().scale(backend.precision()), factor);
            }
            Tensor output = activations.outputs[i];
            layers[i].forward(activation, input, factor, activation.needsInput() ? activations.input(i) : output, output);
            input = output;
        }
        layers[hiddenLayers()].forward(input, activations.prediction());
    }

    /**
     * Z, the pre-activation of a hidden layer after dropout, in the last {@link #forward} with the same arguments, to the same
     * bits: computed again, since a pass keeps it only for activations that need it.
     *
     * @param layer       a hidden layer, the one next to the input being 0
     * @param x           the input of that pass, not modified
     * @param activations as that pass left them, not modified
     * @param masks       the masks of that pass
     * @param z           {@code units × samples}, overwritten
     */
    public void preActivation(int layer, Tensor x, Activations activations, DropoutMasks masks, Tensor z) {
        layers[layer].forward(layer == 0 ? x : activations.hidden(layer - 1), z);
        if (masks.isActive()) {
            backend.multiply(z, activations.mask(layer), z);
        }
    }

    /**
     * The backward pass of the last {@link #forward} with the same arguments: fills {@link #gradients()}.
     *
     * @param x           the input of that pass, not modified
     * @param activations as that pass left them, with ∂J/∂prediction in {@link Activations#predictionGradient()};
     *                    the other gradients are overwritten
     * @param masks       the masks of that pass
     * @param atHidden    adds what a penalty on activations contributes
     */
    public void backward(Tensor x, Activations activations, DropoutMasks masks, HiddenGradient atHidden) {
        for (int i = hiddenLayers(); i > 0; i--) {
            Tensor hidden = activations.outputs[i - 1];
            Tensor at = activation.needsInput() ? activations.input(i - 1) : hidden;
            Tensor gradient = activations.gradient(i);
            Tensor below = activations.gradient(i - 1);
            Tensor factor = masks.isActive() ? activations.mask(i - 1) : null;
            layers[i].backward(hidden, gradient);
            if (atHidden == HiddenGradient.NONE) {
                layers[i].inputGradient(activation, gradient, at, factor, below);
            } else {
                layers[i].inputGradient(gradient, below);
                atHidden.add(hidden, below);
                backend.activateBackward(activation, at, below, below);
                if (factor != null) {
                    backend.multiply(below, factor, below);
                }
            }
        }
        layers[0].backward(x, activations.gradient(0));
    }

    /** What else flows into the gradient at the output of a hidden layer. */
    @FunctionalInterface
    public interface HiddenGradient {

        /** Nothing. */
        HiddenGradient NONE = (hidden, gradient) -> {
        };

        /**
         * Adds to {@code gradient}.
         *
         * @param hidden   output of the layer, {@code units × samples}, not modified
         * @param gradient ∂J/∂hidden, same shape, updated
         */
        void add(Tensor hidden, Tensor gradient);
    }
}
