package dev.regularisation.optim;

import dev.regularisation.backend.Backend;

/**
 * Which update rule, with which rates.
 *
 * @param rule         the rule
 * @param learningRate η, positive and finite
 * @param weightDecay  λ, not negative, finite; 0 switches it off
 * @param epsilon      Adam's ε, added to the root of the second moment; not negative, finite; SGD ignores it
 */
public record OptimiserPlan(Rule rule, double learningRate, double weightDecay, double epsilon) {

    /** PyTorch's ε. */
    public static final double DEFAULT_EPSILON = 1e-8;

    public OptimiserPlan {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "learning rate: wanted a positive finite number, got " + learningRate);
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "weight decay: wanted a finite number of at least 0, got " + weightDecay);
        }
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon: wanted a finite number of at least 0, got " + epsilon);
        }
    }

    /** A plan with PyTorch's ε. */
    public OptimiserPlan(Rule rule, double learningRate, double weightDecay) {
        this(rule, learningRate, weightDecay, DEFAULT_EPSILON);
    }

    /** The optimiser, with fresh state for {@code parameters} numbers. */
    public Optimiser create(Backend backend, int parameters) {
        return switch (rule) {
            case SGD -> new Sgd(backend, learningRate, weightDecay);
            case ADAM -> new Adam(backend, parameters, learningRate, weightDecay, epsilon);
            case ADAMW -> new AdamW(backend, parameters, learningRate, weightDecay, epsilon);
        };
    }

    /** The update rules. */
    public enum Rule {
        /** Adam, weight decay coupled to the gradient. */
        ADAM,
        /** Adam with decoupled weight decay. */
        ADAMW,
        /** Stochastic gradient descent without momentum. */
        SGD
    }
}
