package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Setting;

/**
 * R(θ) = λ Σ |θᵢ| over all parameters, biases included, or over the weights alone; the subgradient used is λ sign(θ) with
 * sign(0) = 0. Section "L1" of the post.
 *
 * @param lambda λ ≥ 0
 * @param scope  which parameters the sum runs over
 */
public record L1(double lambda, Scope scope) implements Penalty {

    /** λ. */
    public static final Setting<Double> STRENGTH = Setting.real("l1").label("LAMBDA")
            .means("L1 by hand: adds lambda * sign(theta) to the gradient.").reads("L1 {}")
            .check(lambda -> Penalty.requireStrength("l1", lambda)).standard(0.0);

    public L1 {
        Penalty.requireStrength("l1", lambda);
    }

    /** On all parameters. */
    public L1(double lambda) {
        this(lambda, Scope.ALL);
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
