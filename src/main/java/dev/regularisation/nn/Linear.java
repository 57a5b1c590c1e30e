package dev.regularisation.nn;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.random.TorchGenerator;

/**
 * A fully connected layer, Z = W X + b, or Z = W X without bias.
 *
 * <p>W is {@code outputs × inputs}, b {@code outputs × 1}, X {@code inputs × samples}, Z {@code outputs × samples}.
 * Weights and bias are consecutive windows on the network's parameter vector, their gradients on its gradient vector.
 */
public final class Linear {

    private final Backend backend;
    private final Tensor weights;
    private final Tensor bias;
    private final Tensor weightGradient;
    private final Tensor biasGradient;

    /**
     * A layer whose weights, row-major, then biases if it has any stand at {@code offset} of {@code parameters}.
     *
     * @param parameters column vector, shared
     * @param gradients  column vector of the same length, shared
     */
    Linear(Backend backend, Tensor parameters, Tensor gradients, int offset, int inputs, int outputs, boolean biased) {
        this.backend = backend;
        int biasOffset = offset + inputs * outputs;
        this.weights = backend.view(parameters, offset, outputs, inputs);
        this.bias = biased ? backend.view(parameters, biasOffset, outputs, 1) : null;
        this.weightGradient = backend.view(gradients, offset, outputs, inputs);
        this.biasGradient = biased ? backend.view(gradients, biasOffset, outputs, 1) : null;
    }

    /** Number of inputs. */
    public int inputs() {
        return weights.columns();
    }

    /** Number of outputs. */
    public int outputs() {
        return weights.rows();
    }

    /** W, {@code outputs × inputs}; a window on the parameters. */
    public Tensor weights() {
        return weights;
    }

    /** ∂J/∂W of the last backward pass; a window on the gradients. */
    public Tensor weightGradient() {
        return weightGradient;
    }

    /** b, {@code outputs × 1}; a window on the parameters; null without bias. */
    public Tensor bias() {
        return bias;
    }

    /**
     * PyTorch's default initialisation: weights, row-major, then biases, all uniform on (−k, k) with k = 1/√inputs.
     *
     * <p>PyTorch reaches the weights' bound as √3 · gain / √inputs with gain = √(2 / (1 + a²)) and a = √5, in double; the
     * last bit of the draws depends on following it.
     */
    void initialise(TorchGenerator generator) {
        double gain = Math.sqrt(2.0 / (1.0 + Math.sqrt(5.0) * Math.sqrt(5.0)));
        double weightBound = Math.sqrt(3.0) * (gain / Math.sqrt(inputs()));
        double biasBound = 1.0 / Math.sqrt(inputs());
        backend.write(widen(generator.uniform(weights.size(), -weightBound, weightBound)), weights);
        if (bias != null) {
            backend.write(widen(generator.uniform(bias.size(), -biasBound, biasBound)), bias);
        }
    }

    private static double[] widen(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    /** Z = W X + b; {@code z} is overwritten. */
    public void forward(Tensor x, Tensor z) {
        backend.affine(weights, bias, x, z);
    }

    /**
     * Z = F · (W X + b), H = f(Z).
     *
     * @param f      the activation
     * @param x      X, not modified
     * @param factor F, not modified; null for none
     * @param z      overwritten; may be {@code h} where nobody needs the input of f
     * @param h      overwritten
     */
    public void forward(Activation f, Tensor x, Tensor factor, Tensor z, Tensor h) {
        backend.affineActivate(f, weights, bias, x, factor, z, h);
    }

    /**
     * ∂J/∂W = dZ Xᵀ, ∂J/∂b = Σ dZ over samples.
     *
     * @param x  the input of the forward pass, not modified
     * @param dz ∂J/∂Z, not modified
     */
    public void backward(Tensor x, Tensor dz) {
        backend.parameterGradients(x, dz, weightGradient, biasGradient);
    }

    /**
     * dX = Wᵀ dZ.
     *
     * @param dz ∂J/∂Z, not modified
     * @param dx ∂J/∂X, overwritten
     */
    public void inputGradient(Tensor dz, Tensor dx) {
        backend.gemm(true, weights, false, dz, dx);
    }

    /**
     * The gradient at the pre-activation of the layer below, whose output is this one's input: F · f'(·) · Wᵀ dZ.
     *
     * @param f      activation of the layer below
     * @param dz     ∂J/∂Z, not modified
     * @param at     what f's derivative is taken at: pre-activation or output of the layer below, not modified
     * @param factor the factor of the layer below, not modified; null for none
     * @param below  overwritten
     */
    public void inputGradient(Activation f, Tensor dz, Tensor at, Tensor factor, Tensor below) {
        backend.affineActivateBackward(f, weights, dz, at, factor, below);
    }
}
