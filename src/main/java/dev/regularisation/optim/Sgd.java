package dev.regularisation.optim;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.List;

/**
 * Gradient descent, as {@code torch.optim.SGD} without dampening:
 * <pre>
 * g ← g + λ θ
 * b ← μ b + g                      b = g at the first step
 * g ← g + μ b with Nesterov's momentum, else b
 * θ ← θ − η g
 * </pre>
 * With μ = 0 there is no b. Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013.
 */
public final class Sgd implements Optimiser {

    /** μ. */
    public static final Setting<Double> MOMENTUM = Setting.real("momentum").label("MU")
            .means("Momentum of sgd.").reads("momentum {}").check(Sgd::requireMomentum).standard(0.0);

    /** Whether the gradient is taken a step of the momentum ahead. */
    public static final Setting<Boolean> NESTEROV = Setting.flag("nesterov")
            .means("Nesterov's momentum for sgd.").reads("Nesterov").standard(false);

    static final List<Setting<?>> SETTINGS = List.of(MOMENTUM, NESTEROV);

    private final Backend backend;
    private final double learningRate;
    private final double weightDecay;
    private final double momentum;
    private final boolean nesterov;
    private final Tensor velocity;

    Sgd(Backend backend, int parameters, Settings settings) {
        this.backend = backend;
        this.learningRate = settings.get(OptimiserPlan.LEARNING_RATE);
        this.weightDecay = settings.get(OptimiserPlan.WEIGHT_DECAY);
        this.momentum = settings.get(MOMENTUM);
        this.nesterov = settings.get(NESTEROV);
        this.velocity = momentum == 0 ? null : backend.zeros(parameters, 1);
    }

    static void check(Settings settings) {
        if (settings.get(NESTEROV) && settings.get(MOMENTUM) == 0) {
            throw new IllegalArgumentException(
                    "nesterov: wanted a momentum above 0 with it, got 0; give --momentum, such as 0.9");
        }
    }

    private static void requireMomentum(double value) {
        OptimiserPlan.requireNotNegative("momentum", value);
    }

    @Override
    public void step(Tensor parameters, Tensor gradient) {
        if (weightDecay != 0) {
            backend.axpy(weightDecay, parameters, gradient);
        }
        if (velocity == null) {
            backend.axpy(-learningRate, gradient, parameters);
            return;
        }
        // Zero at first, so that the first step leaves the gradient in it, as PyTorch's copy does.
        backend.scale(momentum, velocity);
        backend.axpy(1, gradient, velocity);
        if (nesterov) {
            backend.axpy(momentum, velocity, gradient);
            backend.axpy(-learningRate, gradient, parameters);
        } else {
            backend.axpy(-learningRate, velocity, parameters);
        }
    }
}
