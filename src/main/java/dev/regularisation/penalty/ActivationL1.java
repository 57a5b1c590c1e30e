package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * R(H) = λ (1/n) Σ |hᵤₛ| over hidden units u and the n samples s of a batch: few neurons light up rather than few weights
 * being non-zero, as in sparse autoencoders. ∂R/∂h = (λ/n) sign(h), with sign(0) = 0.
 *
 * @param lambda λ ≥ 0
 */
public record ActivationL1(double lambda) {

    public ActivationL1 {
        Penalty.requireStrength("activation L1", lambda);
    }

    /**
     * {@code gradient ← gradient + (λ/n) sign(H)}.
     *
     * @param hidden   H, {@code units × n}, not modified
     * @param gradient ∂J/∂H, same shape, updated
     */
    public void addGradient(Backend backend, Tensor hidden, Tensor gradient) {
        backend.addSign(lambda / hidden.columns(), hidden, gradient);
    }
}
