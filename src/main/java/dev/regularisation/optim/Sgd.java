package dev.regularisation.optim;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * Gradient descent: g ← g + λ θ, then θ ← θ − η g.
 *
 * <p>PyTorch's {@code torch.optim.SGD} without momentum.
 */
public final class Sgd implements Optimiser {

    private final Backend backend;
    private final double learningRate;
    private final double weightDecay;

    /** Learning rate η and weight decay λ as {@link OptimiserPlan} checks them. */
    Sgd(Backend backend, double learningRate, double weightDecay) {
        this.backend = backend;
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
    }

    @Override
    public void step(Tensor parameters, Tensor gradient) {
        if (weightDecay != 0) {
            backend.axpy(weightDecay, parameters, gradient);
        }
        backend.axpy(-learningRate, gradient, parameters);
    }
}
