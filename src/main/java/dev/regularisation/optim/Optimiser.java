package dev.regularisation.optim;

import dev.regularisation.backend.Tensor;
import java.util.Optional;

/** An update rule with its state, for one parameter vector. */
public interface Optimiser {

    /**
     * One step.
     *
     * @param parameters θ, column vector, updated
     * @param gradient   ∂J/∂θ, same shape; a rule with coupled weight decay adds the decay to it
     */
    void step(Tensor parameters, Tensor gradient);

    /** v, by whose root the rule divides, of the shape of the parameters, to be read only; nothing where it divides by none. */
    default Optional<Tensor> secondMoment() {
        return Optional.empty();
    }
}
