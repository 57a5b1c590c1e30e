package dev.regularisation.theory;

import java.util.Objects;

/**
 * Polynomials of at most a given degree on an interval, as sums Σ cⱼ φⱼ(t) over a basis, with t the position of x when
 * the interval is [−1, 1].
 *
 * <p>A least squares fit is the same polynomial in every basis, ridge is not: L2 limits the coefficients that it is
 * given.
 *
 * @param degree k ≥ 0
 * @param lower  the interval's lower end
 * @param upper  the interval's upper end, above the lower
 * @param basis  what the coefficients stand for
 */
public record Polynomials(int degree, double lower, double upper, Basis basis) {

    /** The functions φ₀ = 1, φ₁ = t, φ₂, …, by the recurrence φⱼ₊₁ = a t φⱼ − b φⱼ₋₁. */
    public enum Basis {

        /**
         * Powers tʲ. L2 on their coefficients suppresses high degrees, which oscillate and explode outside the interval
         * only with large coefficients: those of T_k, say, reach about 2.4ᵏ. The condition number grows likewise.
         */
        POWERS(1, 0),

        /**
         * Chebyshev polynomials, within [−1, 1] on the interval and nearly orthogonal over samples that fill it: well
         * conditioned. L2 on their coefficients treats all degrees alike, and so does little to the worst of them.
         */
        CHEBYSHEV(2, 1);

        private final double ofLast;
        private final double ofBeforeLast;

        Basis(double ofLast, double ofBeforeLast) {
            this.ofLast = ofLast;
            this.ofBeforeLast = ofBeforeLast;
        }
    }

    /** A polynomial, on the interval and outside it; the coefficient of φ₀ is the intercept. */
    public record Polynomial(Polynomials family, LinearModel coefficients) {

        public Polynomial {
            Objects.requireNonNull(family, "family");
            Checks.finite(coefficients.weights(), family.degree(), "weights");
        }

        public double value(double x) {
            return coefficients.predict(family.features(x));
        }

        /** The mean of the squared residuals. */
        public double meanSquaredError(double[] x, double[] y) {
            return Residuals.meanSquare(coefficients, family.features(x), y);
        }
    }

    public Polynomials {
        Objects.requireNonNull(basis, "basis");
        Checks.atLeast(0, degree, "degree");
        Checks.finite(lower, "lower end");
        Checks.finite(upper, "upper end");
        if (!(lower < upper)) {
            throw new IllegalArgumentException("the interval's ends must be in order, got " + lower + " and " + upper);
        }
    }

    /**
     * The least squares fit; with k + 1 distinct points it passes through all of them.
     *
     * @param x points, length n ≥ k + 1, read only
     * @param y values, length n, read only
     */
    public Polynomial fit(double[] x, double[] y) {
        return new Polynomial(this, LeastSquares.fit(features(x), y).model());
    }

    /**
     * The fit that minimises (1/n) Σ (yᵢ − p(xᵢ))² + (λ/2) Σ_{j≥1} cⱼ²: L2 on all coefficients but the constant.
     *
     * <p>As the classes are nested in the degree, so are they in λ, softly: the larger λ, the smaller the coefficients
     * and the larger the training error.
     */
    public Polynomial ridge(double[] x, double[] y, double lambda) {
        return new Polynomial(this, new Ridge(lambda, Ridge.Intercept.FREE).fit(features(x), y));
    }

    private double[][] features(double[] x) {
        double[][] features = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            features[i] = features(x[i]);
        }
        return features;
    }

    /** φ₁(t), …, φ_k(t). */
    private double[] features(double x) {
        double t = (2 * x - lower - upper) / (upper - lower);
        double[] features = new double[degree];
        double beforeLast = 1;
        double last = t;
        for (int j = 0; j < degree; j++) {
            features[j] = last;
            double next = basis.ofLast * t * last - basis.ofBeforeLast * beforeLast;
            beforeLast = last;
            last = next;
        }
        return features;
    }
}
