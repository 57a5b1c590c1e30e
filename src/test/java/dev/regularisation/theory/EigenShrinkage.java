package dev.regularisation.theory;

import java.util.Arrays;
import java.util.Objects;

/**
 * What L2 does to the minimiser of a quadratic loss: it shrinks the coordinate along each eigenvector of the Hessian by
 *
 * <pre>  h / (h + λ),  hence  θ = Q diag(h / (h + λ)) Qᵀ w.</pre>
 *
 * <p>Directions that matter (h ≫ λ) keep their coordinate, factor 1 − λ/h + O(λ²/h²); the others (h ≪ λ) lose it,
 * factor h/λ + O(h²/λ²). A direction without curvature, h = 0, has factor 0 for every λ, λ = 0 included: there 0/0 is
 * read as its limit λ → 0, which is the pseudo-inverse's convention and gives, among all minimisers, the one of
 * smallest norm.
 *
 * <p>Source: Goodfellow, Bengio and Courville, <i>Deep Learning</i> (2016), section 7.1.1; penalty (λ/2)‖θ‖².
 */
public record EigenShrinkage(Eigenbasis basis, double lambda) {

    public EigenShrinkage {
        Objects.requireNonNull(basis, "basis");
        Checks.nonNegative(lambda, "lambda");
    }

    /** The factor h/(h + λ) in [0, 1]; 0 when h = 0, even when λ = 0. */
    public static double factor(double eigenvalue, double lambda) {
        Checks.nonNegative(eigenvalue, "eigenvalue");
        Checks.nonNegative(lambda, "lambda");
        return eigenvalue == 0 ? 0 : eigenvalue / (eigenvalue + lambda);
    }

    /** The factors along the eigenvectors, descending, length n. */
    public double[] factors() {
        return Arrays.stream(basis.eigenvalues()).map(h -> factor(h, lambda)).toArray();
    }

    /** The minimiser of ½(θ − w)ᵀH(θ − w) + (λ/2)‖θ‖², given w. */
    public double[] shrink(double[] minimiser) {
        return basis.scale(minimiser, factors());
    }

    /**
     * The price of the penalty, J(θ) − J(w) ≥ 0: how far uphill from the loss's minimiser w the penalised minimiser θ
     * stands,
     *
     * <pre>  ½ Σᵢ hᵢ (λ/(hᵢ + λ))² (Qᵀw)ᵢ².</pre>
     */
    public double price(double[] minimiser) {
        double[] eigenvalues = basis.eigenvalues();
        double[] along = basis.coordinates(minimiser);
        double sum = 0;
        for (int i = 0; i < along.length; i++) {
            double lost = eigenvalues[i] == 0 ? 0 : lambda / (eigenvalues[i] + lambda) * along[i];
            sum += eigenvalues[i] * lost * lost;
        }
        return sum / 2;
    }

    /**
     * The number of directions that survive, Σ h/(h + λ): the effective degrees of freedom of ridge regression.
     *
     * <p>Source: Hastie, Tibshirani and Friedman, <i>The Elements of Statistical Learning</i> (2009), equation 3.50.
     */
    public double effectiveDimensions() {
        return Arrays.stream(factors()).sum();
    }
}
