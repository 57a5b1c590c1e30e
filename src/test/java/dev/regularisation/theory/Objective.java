package dev.regularisation.theory;

/** A smooth convex function of a vector, as gradient descent sees it. */
public interface Objective {

    int dimensions();

    /** The value at θ, length n, read only. */
    double value(double[] theta);

    /** The gradient at θ, length n, a new array. */
    double[] gradient(double[] theta);

    /** The largest eigenvalue L of the Hessian anywhere: gradient descent with a step η converges if η &lt; 2/L. */
    double curvature();
}
