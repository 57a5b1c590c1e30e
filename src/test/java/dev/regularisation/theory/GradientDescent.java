package dev.regularisation.theory;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient descent θ ← θ − η∇J(θ) with a constant learning rate η.
 *
 * <p>On a quadratic with Hessian H the error contracts by 1 − ηh along the eigenvector of eigenvalue h, so it converges
 * from every start only if 0 &lt; η &lt; 2/h₁; other rates are refused.
 */
public record GradientDescent(double learningRate) {

    public GradientDescent {
        Checks.positive(learningRate, "learning rate");
    }

    /** The rate 1/h₁, at which the loss falls in every step and no direction overshoots. */
    public static GradientDescent on(Objective objective) {
        return new GradientDescent(1 / Checks.positive(objective.curvature(), "curvature of the objective"));
    }

    /**
     * The path θ₀, θ₁, …, a list of {@code steps + 1} vectors.
     *
     * @throws IllegalArgumentException if the learning rate is not below 2/h₁
     */
    public List<double[]> path(Objective objective, double[] start, int steps) {
        requireStable(objective);
        List<double[]> path = new ArrayList<>(Checks.atLeast(0, steps, "steps") + 1);
        double[] theta = Checks.finite(start, objective.dimensions(), "start");
        path.add(theta.clone());
        for (int step = 0; step < steps; step++) {
            descend(theta, objective.gradient(theta));
            path.add(theta.clone());
        }
        return path;
    }

    /**
     * Descends until the gradient's Euclidean norm is at most the tolerance.
     *
     * <p>Rounding stops the norm from falling below a few n ε h₁‖θ − w‖, so a smaller tolerance is never met.
     *
     * @throws IllegalArgumentException if the learning rate is not below 2/h₁
     * @throws IllegalStateException    if the tolerance is not met within the steps allowed
     */
    public double[] minimise(Objective objective, double[] start, double tolerance, int maximumSteps) {
        requireStable(objective);
        double[] theta = Checks.finite(start, objective.dimensions(), "start");
        double norm = Double.NaN;
        for (int step = 0; step <= maximumSteps; step++) {
            double[] gradient = objective.gradient(theta);
            norm = norm(gradient);
            if (norm <= tolerance) {
                return theta;
            }
            descend(theta, gradient);
        }
        throw new IllegalStateException("gradient descent wants a gradient norm of " + tolerance + ", has " + norm
                + " after " + maximumSteps + " steps; allow more steps, or a larger tolerance if rounding limits it");
    }

    private void requireStable(Objective objective) {
        if (!(learningRate * objective.curvature() < 2)) {
            throw new IllegalArgumentException("the learning rate must be below 2/h₁ = " + 2 / objective.curvature()
                    + " or gradient descent diverges, got " + learningRate);
        }
    }

    private void descend(double[] theta, double[] gradient) {
        for (int i = 0; i < theta.length; i++) {
            theta[i] -= learningRate * gradient[i];
        }
    }

    private static double norm(double[] vector) {
        double squares = 0;
        for (double entry : vector) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }
}
