package dev.regularisation.optim;

import dev.regularisation.backend.Tensor;

/** An update rule with its state, for one parameter vector. */
public interface Optimiser {

    /**
     * One step.
     *
     * @param parameters θ, column vector, updated
     * @param gradient   ∂J/∂θ, same shape; a rule with coupled weight decay adds the decay to it
     */
    void step(Tensor parameters, Tensor gradient);
}
