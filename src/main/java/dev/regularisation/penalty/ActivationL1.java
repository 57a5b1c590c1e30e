package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Setting;

/**
 * R(H) = λ (1/n) Σ |hᵤₛ| over hidden units u and the n samples s of a batch: few neurons light up rather than few weights
 * being non-zero, as in sparse autoencoders. ∂R/∂h = (λ/n) sign(h), with sign(0) = 0.
 *
 * @param lambda λ ≥ 0
 */
public record ActivationL1(double lambda) implements Regulariser {

    /** λ. */
    public static final Setting<Double> STRENGTH = Setting.real("activation L1").label("LAMBDA")
            .means("L1 on hidden activations, mean over samples.").reads("L1 on activations {}")
            .check(lambda -> Penalty.requireStrength("activation L1", lambda)).standard(0.0);

    public ActivationL1 {
        Penalty.requireStrength("activation L1", lambda);
    }

    @Override
    public boolean actsOnHidden() {
        return true;
    }

    /**
     * {@code gradient ← gradient + (λ/n) sign(H)}.
     *
     * @param hidden   H, {@code units × n}, not modified
     * @param gradient ∂J/∂H, same shape, updated
     */
    @Override
    public void addHiddenGradient(Backend backend, Tensor hidden, Tensor gradient) {
        backend.addSign(lambda / hidden.columns(), hidden, gradient);
    }
}
