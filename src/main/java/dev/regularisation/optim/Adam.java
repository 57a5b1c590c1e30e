package dev.regularisation.optim;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Settings;
import java.util.Optional;

/**
 * Adam with weight decay coupled to the gradient, as {@code torch.optim.Adam}:
 * <pre>
 * g ← g + λ θ
 * m ← m + (1 − β₁)(g − m)
 * v ← β₂ v + (1 − β₂) g²
 * θ ← θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 * </pre>
 * Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015.
 */
public final class Adam implements Optimiser {

    private final Backend backend;
    private final double weightDecay;
    private final AdamMoments moments;

    Adam(Backend backend, int parameters, Settings settings) {
        this.backend = backend;
        this.weightDecay = settings.get(OptimiserPlan.WEIGHT_DECAY);
        this.moments = new AdamMoments(backend, parameters, settings);
    }

    @Override
    public void step(Tensor parameters, Tensor gradient) {
        if (weightDecay != 0) {
            backend.axpy(weightDecay, parameters, gradient);
        }
        moments.step(parameters, gradient);
    }

    @Override
    public Optional<Tensor> secondMoment() {
        return Optional.of(moments.second());
    }
}
