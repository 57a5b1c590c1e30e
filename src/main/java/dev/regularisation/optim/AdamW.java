package dev.regularisation.optim;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Settings;
import java.util.Optional;

/**
 * Adam with decoupled weight decay, as {@code torch.optim.AdamW}: θ ← θ (1 − η λ), then {@link Adam}'s step with no decay
 * in the gradient.
 *
 * <p>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019.
 */
public final class AdamW implements Optimiser {

    private final Backend backend;
    private final double shrink;
    private final AdamMoments moments;

    AdamW(Backend backend, int parameters, Settings settings) {
        this.backend = backend;
        this.shrink = 1 - settings.get(OptimiserPlan.LEARNING_RATE) * settings.get(OptimiserPlan.WEIGHT_DECAY);
        this.moments = new AdamMoments(backend, parameters, settings);
    }

    @Override
    public void step(Tensor parameters, Tensor gradient) {
        if (shrink != 1) {
            backend.scale(shrink, parameters);
        }
        moments.step(parameters, gradient);
    }

    @Override
    public Optional<Tensor> secondMoment() {
        return Optional.of(moments.second());
    }
}
