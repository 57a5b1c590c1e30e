/**
 * Linear regression in closed form, the baseline of every run: {@link dev.regularisation.theory.LinearRegression} solves least
 * squares and ridge on any design, to a {@link dev.regularisation.theory.LinearModel}.
 *
 * <p>Among the tests the same package holds the mathematics behind the post's claims, by which the suite judges the training
 * code: quadratic losses with and without a penalty, polynomials, ensembles, comparison in pairs.
 *
 * <p>Invariant: everything is double precision, on Apache Commons Math but for {@code PivotedQr}, and
 * knows nothing of the training code, so that it can judge it. Arrays handed in are read only and copied, arrays handed out
 * are copies. What is not finite is refused, never carried along.
 *
 * <p>Conventions, where textbooks differ: a penalty is (λ/2)‖θ‖² for L2 and λ‖θ‖₁ for L1, added to a loss that is
 * ½(θ − w)ᵀH(θ − w) for a quadratic and the mean (not the sum, no half) of squared errors for a regression. Design
 * matrices are samples × features.
 */
package dev.regularisation.theory;
