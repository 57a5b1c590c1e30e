package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * R(θ) = (λ/2) Σ θᵢ², with the half, over all parameters, biases included; ∇R = λ θ. Section "Weight decay" of the post.
 *
 * @param lambda λ ≥ 0
 */
public record L2(double lambda) implements Penalty {

    public L2 {
        Penalty.requireStrength("l2", lambda);
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
