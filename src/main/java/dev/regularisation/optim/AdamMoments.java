package dev.regularisation.optim;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * The moments that {@link Adam} and {@link AdamW} share, with β₁ = 0.9 and β₂ = 0.999.
 *
 * <p>m and v start at zero; step t = 1, 2, … corrects their bias by 1 − β₁ᵗ and 1 − β₂ᵗ (Kingma and Ba, 2015, with ε
 * added to √v̂, as PyTorch does).
 */
final class AdamMoments {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final Backend backend;
    private final double learningRate;
    private final double epsilon;
    private final Tensor first;
    private final Tensor second;
    private int steps;

    AdamMoments(Backend backend, int parameters, double learningRate, double epsilon) {
        this.backend = backend;
        this.learningRate = learningRate;
        this.epsilon = epsilon;
        this.first = backend.zeros(parameters, 1);
        this.second = backend.zeros(parameters, 1);
    }

    void step(Tensor parameters, Tensor gradient) {
        steps++;
        // StrictMath: Math.pow may differ between platforms in its last bit.
        double correction1 = 1 - StrictMath.pow(BETA1, steps);
        double correction2 = 1 - StrictMath.pow(BETA2, steps);
        backend.adam(
                new AdamStep(1 - BETA1, BETA2, 1 - BETA2, learningRate / correction1, Math.sqrt(correction2), epsilon),
                gradient, first, second, parameters);
    }
}
