package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.support.ForwardingBackend;

/**
 * Adam with a part of it taken away, by changing the scalar factors of each step on their way to a backend; the rest of
 * training is the product's own. One instance trains one run.
 */
public final class AdamAblation extends ForwardingBackend {

    private static final double BETA1 = 0.9;

    private final boolean momentum;
    private final boolean normalisation;
    private final double learningRate;
    private int steps;

    private AdamAblation(Backend to, boolean momentum, boolean normalisation, double learningRate) {
        super(to);
        this.momentum = momentum;
        this.normalisation = normalisation;
        this.learningRate = learningRate;
    }

    /** β₁ = 0: θ ← θ − η g/(√v̂ + ε). */
    public static Backend withoutMomentum(Backend to, double learningRate) {
        return new AdamAblation(to, false, true, learningRate);
    }

    /** v̂ = 1 and ε = 0: θ ← θ − η m̂, gradient descent with Adam's momentum. */
    public static Backend withoutNormalisation(Backend to, double learningRate) {
        return new AdamAblation(to, true, false, learningRate);
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        steps++;
        double rate = momentum ? 1 - BETA1 : 1;
        double stepSize = learningRate / (momentum ? 1 - StrictMath.pow(BETA1, steps) : 1);
        super.adam(normalisation
                // With β₂ = 0 and no share of g², v stays 0 and the divisor is what stands for ε: 1.
                ? new AdamStep(rate, step.secondMomentDecay(), step.secondMomentRate(), stepSize,
                        step.secondMomentScale(), step.epsilon())
                : new AdamStep(rate, 0, 0, stepSize, 1, 1), g, m, v, theta);
    }
}
