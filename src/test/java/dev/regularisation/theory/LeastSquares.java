package dev.regularisation.theory;

import java.util.Arrays;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The linear model with an intercept that minimises the mean squared error (1/n) Σ (yᵢ − wᵀxᵢ − b)², by QR
 * decomposition of the design X̃ = [X 1], and what classical regression knows about it.
 *
 * <p>Coefficients are ordered β = (w, b), length d + 1. The statistics suppose y = X̃β + noise with independent errors
 * of one variance σ². Source: Hastie, Tibshirani and Friedman, <i>The Elements of Statistical Learning</i> (2009),
 * section 3.2.
 */
public final class LeastSquares {

    private final RealMatrix design;
    private final LinearModel model;
    private final RealMatrix inverseGram;
    private final double residualSumOfSquares;

    private LeastSquares(RealMatrix design, LinearModel model, RealMatrix inverseGram, double residualSumOfSquares) {
        this.design = design;
        this.model = model;
        this.inverseGram = inverseGram;
        this.residualSumOfSquares = residualSumOfSquares;
    }

    /**
     * Fits the model.
     *
     * @param samples X, n × d with n ≥ d + 1, read only
     * @param targets y, length n, read only
     * @throws IllegalArgumentException if shapes differ, an entry is not finite, or the columns of X̃ are linearly
     * dependent
     */
    public static LeastSquares fit(double[][] samples, double[] targets) {
        RealMatrix design = Design.of(samples);
        double[] y = Checks.finite(targets, design.getRowDimension(), "targets");
        QRDecomposition decomposition =
                Design.fullRank(design, "drop dependent features, take more samples, or use Ridge with lambda above 0");
        LinearModel model = Design.model(decomposition.getSolver().solve(new ArrayRealVector(y)).toArray());
        int columns = design.getColumnDimension();
        RealMatrix triangular = decomposition.getR().getSubMatrix(0, columns - 1, 0, columns - 1);
        RealMatrix inverse = new QRDecomposition(triangular).getSolver().getInverse();
        double sum = Arrays.stream(Residuals.of(model, samples, y)).map(r -> r * r).sum();
        return new LeastSquares(design, model, inverse.multiply(inverse.transpose()), sum);
    }

    public LinearModel model() {
        return model;
    }

    public int samples() {
        return design.getRowDimension();
    }

    /** d, the intercept not counted. */
    public int features() {
        return design.getColumnDimension() - 1;
    }

    /** The mean squared error on the training samples, the least that a linear model can have. */
    public double meanSquaredError() {
        return residualSumOfSquares / samples();
    }

    /** n − d − 1. */
    public int degreesOfFreedom() {
        return samples() - features() - 1;
    }

    /** The unbiased estimate s² = Σ rᵢ²/(n − d − 1) of the noise variance σ². */
    public double residualVariance() {
        if (degreesOfFreedom() == 0) {
            throw new IllegalStateException("the residual variance needs more than " + samples() + " samples for "
                    + samples() + " coefficients: the fit interpolates");
        }
        return residualSumOfSquares / degreesOfFreedom();
    }

    /** The covariance σ²(X̃ᵀX̃)⁻¹ of the coefficients (w, b) for a known noise variance σ², (d + 1) × (d + 1). */
    public RealMatrix covariance(double noiseVariance) {
        return inverseGram.scalarMultiply(Checks.nonNegative(noiseVariance, "noise variance"));
    }

    /** The same with the estimate s² in the place of σ². */
    public RealMatrix covariance() {
        return covariance(residualVariance());
    }

    /**
     * (β̂ⱼ − βⱼ)/√(s²[(X̃ᵀX̃)⁻¹]ⱼⱼ), each Student-t distributed with n − d − 1 degrees of freedom if β is true and the
     * noise Gaussian.
     *
     * @param coefficients the hypothesis β = (w, b), length d + 1, read only
     */
    public double[] tStatistics(double[] coefficients) {
        double[] hypothesis = Checks.finite(coefficients, features() + 1, "coefficients");
        double[] fitted = model.coefficients();
        RealMatrix covariance = covariance();
        double[] statistics = new double[fitted.length];
        for (int j = 0; j < statistics.length; j++) {
            statistics[j] = (fitted[j] - hypothesis[j]) / Math.sqrt(covariance.getEntry(j, j));
        }
        return statistics;
    }

    /**
     * The diagonal of the hat matrix X̃(X̃ᵀX̃)⁻¹X̃ᵀ: how much each target moves its own prediction; its sum is d + 1.
     */
    public double[] leverages() {
        double[] leverages = new double[samples()];
        for (int i = 0; i < leverages.length; i++) {
            RealVector row = design.getRowVector(i);
            leverages[i] = row.dotProduct(inverseGram.operate(row));
        }
        return leverages;
    }

    /**
     * The training loss as a quadratic in (w, b): Hessian 2X̃ᵀX̃/n, minimiser the fit, minimum its mean squared error.
     */
    public QuadraticLoss loss() {
        return new QuadraticLoss(Design.hessian(design), model.coefficients(), meanSquaredError());
    }

    /**
     * The validation loss to expect of least squares with an intercept, over data sets of n Gaussian samples in d
     * dimensions,
     *
     * <pre>  σ² (1 + 1/n)(1 + d/(n − d − 2)) = σ² (n + 1)(n − 2) / (n (n − d − 2)),   n &gt; d + 2.</pre>
     *
     * <p>Derivation: given the samples, a new x costs σ²(1 + 1/n + (x − x̄)ᵀS⁻¹(x − x̄)) with S = Σ(xᵢ − x̄)(xᵢ − x̄)ᵀ.
     * Here x − x̄ has covariance (1 + 1/n)Σ and is independent of S, a Wishart matrix of n − 1 degrees of freedom, so
     * that E[S⁻¹] = Σ⁻¹/(n − d − 2).
     *
     * <p>Often written σ²(1 + (d + 1)/(n − d − 2)), as if the constant were one more Gaussian feature; that is too
     * large by 2σ²/(n(n − d − 2)). In the post, σ² = 0.04, n = 200, d = 50: 0.053781 against 0.053784. Source: Breiman
     * and Freedman, <i>How many variables should be entered in a regression equation?</i> (Journal of the American
     * Statistical Association, 1983).
     */
    public static double expectedValidationLoss(double noiseVariance, int samples, int features) {
        Checks.nonNegative(noiseVariance, "noise variance");
        Checks.atLeast(0, features, "number of features");
        if (samples <= features + 2) {
            throw new IllegalArgumentException("the expectation is finite only for more than d + 2 = " + (features + 2)
                    + " samples, got " + samples);
        }
        double n = samples;
        return noiseVariance * (1 + 1 / n) * (1 + features / (n - features - 2));
    }
}
