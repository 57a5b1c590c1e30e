package dev.regularisation.penalty;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/** A regulariser that is a term R(θ) added to the loss. */
public interface Penalty extends Regulariser {

    /** R(θ), summed in index order in double, of the parameters in its scope. They are not modified. */
    double value(double[] parameters);

    /**
     * {@code gradient ← gradient + ∇R(θ)}; {@code parameters} are not modified. Where no operation of the backend has this gradient, the
     * slope of a {@link dev.regularisation.backend.PointwiseLoss} has it, taken at parameters and zeros by {@link Backend#lossGradient}.
     */
    @Override
    void addGradient(Backend backend, Tensor parameters, Tensor gradient);

    /** Throws, naming {@code what}, unless {@code lambda} is a finite number of at least 0. */
    static void requireStrength(String what, double lambda) {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": wanted a finite strength of at least 0, got " + lambda
                    + "; 0 switches it off");
        }
    }
}
