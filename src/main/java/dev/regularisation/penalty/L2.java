package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Setting;

/**
 * R(θ) = (λ/2) Σ θᵢ², with the half, over all parameters, biases included, or over the weights alone; ∇R = λ θ. Section
 * "Weight decay" of the post.
 *
 * @param lambda λ ≥ 0
 * @param scope  which parameters the sum runs over
 */
public record L2(double lambda, Scope scope) implements Penalty {

    /** λ. */
    public static final Setting<Double> STRENGTH = Setting.real("l2").label("LAMBDA")
            .means("L2 by hand: adds lambda * theta to the gradient.").reads("L2 {}")
            .check(lambda -> Penalty.requireStrength("l2", lambda)).standard(0.0);

    public L2 {
        Penalty.requireStrength("l2", lambda);
    }

    /** On all parameters. */
    public L2(double lambda) {
        this(lambda, Scope.ALL);
    }

    @Override
    public double value(double[] parameters) {
        double sum = 0;
        for (double theta : parameters) {
            sum += theta * theta;
        }
        return lambda / 2 * sum;
    }

    @Override
    public void addGradient(Backend backend, Tensor parameters, Tensor gradient) {
        backend.axpy(lambda, parameters, gradient);
    }
}
