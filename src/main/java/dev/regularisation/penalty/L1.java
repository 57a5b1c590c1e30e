package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * R(θ) = λ Σ |θᵢ| over all parameters, biases included; the subgradient used is λ sign(θ) with sign(0) = 0. Section "L1"
 * of the post.
 *
 * @param lambda λ ≥ 0
 */
public record L1(double lambda) implements Penalty {

    public L1 {
        Penalty.requireStrength("l1", lambda);
    }

    @Override
    public double value(double[] parameters) {
        double sum = 0;
        for (double theta : parameters) {
            sum += Math.abs(theta);
        }
        return lambda * sum;
    }

    @Override
    public void addGradient(Backend backend, Tensor parameters, Tensor gradient) {
        backend.addSign(lambda, parameters, gradient);
    }
}
