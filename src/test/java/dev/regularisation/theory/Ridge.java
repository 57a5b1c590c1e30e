package dev.regularisation.theory;

import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Ridge regression: the linear model that minimises (1/n) Σ (yᵢ − wᵀxᵢ − b)² + (λ/2)‖w‖², the mean without a half and
 * the penalty with one, as PyTorch's mean squared error with weight decay λ does.
 *
 * <p>Setting the gradient to zero gives (H + λP)β = 2X̃ᵀy/n with H = 2X̃ᵀX̃/n, P = I but for the intercept's entry. So
 * λ here is 2α/n in the convention ‖y − X̃β‖² + α‖w‖² of most statistics libraries. It is solved as least squares on X̃
 * with rows √(nλ/2) P underneath, by QR, which does not square the condition number.
 *
 * @param lambda    λ ≥ 0
 * @param intercept whether the penalty includes (λ/2)b²
 */
public record Ridge(double lambda, Intercept intercept) {

    /** Whether the penalty reaches the intercept. */
    public enum Intercept {

        /** As PyTorch's weight decay does to every parameter, biases too. */
        PENALISED,

        /** As statistics does, so that adding a constant to all targets adds it to all predictions. */
        FREE
    }

    public Ridge {
        Checks.nonNegative(lambda, "lambda");
        Objects.requireNonNull(intercept, "intercept");
    }

    /**
     * Fits the model; λ = 0 is least squares.
     *
     * @param samples X, n × d, read only; n may be smaller than d if λ &gt; 0
     * @param targets y, length n, read only
     * @throws IllegalArgumentException if shapes differ, an entry is not finite, or λ is too small to make the solution
     * unique
     */
    public LinearModel fit(double[][] samples, double[] targets) {
        RealMatrix design = Design.of(samples);
        int rows = design.getRowDimension();
        double[] y = Checks.finite(targets, rows, "targets");
        int columns = design.getColumnDimension();
        int penalised = intercept == Intercept.PENALISED ? columns : columns - 1;
        RealMatrix augmented = new Array2DRowRealMatrix(rows + penalised, columns);
        augmented.setSubMatrix(design.getData(), 0, 0);
        for (int j = 0; j < penalised; j++) {
            augmented.setEntry(rows + j, j, Math.sqrt(rows * lambda / 2));
        }
        return Design.model(Design.fullRank(augmented, "use a larger lambda")
                .getSolver()
                .solve(new ArrayRealVector(Arrays.copyOf(y, rows + penalised)))
                .toArray());
    }

    /** The penalty (λ/2)‖w‖², with (λ/2)b² if the intercept is penalised. */
    public double penalty(LinearModel model) {
        double[] coefficients = intercept == Intercept.PENALISED ? model.coefficients() : model.weights();
        return lambda / 2 * Arrays.stream(coefficients).map(c -> c * c).sum();
    }
}
