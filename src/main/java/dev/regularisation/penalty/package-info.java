/**
 * Penalties by hand: {@link dev.regularisation.penalty.L2} and {@link dev.regularisation.penalty.L1} on parameters, and
 * {@link dev.regularisation.penalty.ActivationL1} on hidden activations.
 *
 * <p>Invariant: a penalty adds its gradient to one that is already there, touches biases like weights, and is never part
 * of a reported loss.
 */
package dev.regularisation.penalty;
