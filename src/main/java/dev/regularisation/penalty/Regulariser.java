package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * What a plan adds to the gradient by hand. A regulariser acts on parameters, on hidden activations, or on both; what it
 * does not act on it leaves alone.
 */
public interface Regulariser {

    /** Which parameters {@link #addGradient} is called for. */
    default Scope scope() {
        return Scope.ALL;
    }

    /**
     * Adds to the gradient of parameters in its {@link #scope()}; called once for all of them or once for each matrix of
     * weights.
     *
     * @param parameters not modified
     * @param gradient   of the same shape, updated
     */
    default void addGradient(Backend backend, Tensor parameters, Tensor gradient) {
    }

    /** Whether it acts on hidden activations. */
    default boolean actsOnHidden() {
        return false;
    }

    /**
     * Adds to the gradient at the output of a hidden layer.
     *
     * @param hidden   H, {@code units × samples}, not modified
     * @param gradient ∂J/∂H, same shape, updated
     */
    default void addHiddenGradient(Backend backend, Tensor hidden, Tensor gradient) {
    }
}
