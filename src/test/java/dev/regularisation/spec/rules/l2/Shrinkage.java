package dev.regularisation.spec.rules.l2;

import dev.regularisation.theory.Eigenbasis;
import dev.regularisation.theory.GradientDescent;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far three minimisers of a quadratic loss with L2 are from h/(h + λ) of the loss's own along each eigenvector, and how far
 * difference quotients of the loss are from its gradient; in tolerances, the largest of several strengths.
 *
 * @param closed    the closed form
 * @param solved    the solution of (H + λI)θ = Hw, which knows no eigenvectors
 * @param descended where gradient descent arrives; 0 where the condition is too bad for it
 * @param gradient  the quotients, at the minimiser and elsewhere
 */
record Shrinkage(double closed, double solved, double descended, double gradient) {

    /** Above this condition number gradient descent takes too many steps. */
    private static final double WELL_CONDITIONED = 300;

    static Shrinkage of(QuadraticLoss loss, double... lambdas) {
        Shrinkage worst = new Shrinkage(0, 0, 0, errorOfGradient(loss, 1));
        for (double lambda : lambdas) {
            QuadraticWithL2 penalised = new QuadraticWithL2(loss, lambda);
            worst = new Shrinkage(Math.max(worst.closed, error(penalised, penalised.closedForm())),
                    Math.max(worst.solved, error(penalised, penalised.linearSolve())),
                    penalised.conditionNumber() > WELL_CONDITIONED ? worst.descended
                            : Math.max(worst.descended, error(penalised, descend(penalised))), worst.gradient);
        }
        return worst;
    }

    /** One solution in the place of all three. */
    static Shrinkage all(QuadraticWithL2 penalised, double... solution) {
        double error = Double.isNaN(Arrays.stream(solution).sum()) ? Double.NaN : error(penalised, solution);
        return new Shrinkage(error, error, error, 0);
    }

    private static double error(QuadraticWithL2 penalised, double... solution) {
        Eigenbasis basis = penalised.loss().eigenbasis();
        double[] h = basis.eigenvalues();
        double[] w = basis.coordinates(penalised.loss().minimiser());
        double[] theta = basis.coordinates(solution);
        // Each way's error is within 8 n ε κ‖w‖; see QuadraticWithL2, whose tests measured 1.8 of it and 8.1.
        double tolerance = 16 * h.length * RandomQuadratic.EPSILON * penalised.conditionNumber() * RandomQuadratic.norm(w);
        return IntStream.range(0, h.length).mapToDouble(i -> Math.abs(theta[i] - w[i] * h[i] / (h[i] + penalised.lambda())))
                .reduce(0, Math::max) / tolerance;
    }

    /** Central differences of a quadratic have no truncation error; the sums of its value are rounded, twice. */
    static double errorOfGradient(QuadraticLoss loss, double factor) {
        double step = 0.125;
        double worst = 0;
        double[] w = loss.minimiser();
        for (double[] theta : new double[][] {w, new double[w.length]}) {
            double[] gradient = loss.gradient(theta);
            double tolerance = 16 * w.length * RandomQuadratic.EPSILON * (loss.value(theta) + loss.minimum()
                    + loss.curvature() * Math.pow(RandomQuadratic.norm(w) + step, 2)) / step;
            for (int i = 0; i < w.length; i++) {
                double[] ahead = theta.clone();
                double[] behind = theta.clone();
                ahead[i] += step;
                behind[i] -= step;
                double quotient = (loss.value(ahead) - loss.value(behind)) / (2 * step);
                worst = Math.max(worst, Math.abs(quotient - factor * gradient[i]) / tolerance);
            }
        }
        return worst;
    }

    /** Gradient descent from 0; 40 κ steps leave e⁻⁴⁰ of the way. */
    static double[] descend(QuadraticWithL2 penalised) {
        int n = penalised.dimensions();
        double tolerance = 8 * n * RandomQuadratic.EPSILON * penalised.curvature()
                * RandomQuadratic.norm(penalised.loss().minimiser());
        return GradientDescent.on(penalised).minimise(penalised, new double[n], tolerance, 20_000);
    }
}
