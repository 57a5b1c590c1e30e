/**
 * Regularisers by hand: {@link dev.regularisation.penalty.L2} and {@link dev.regularisation.penalty.L1} on parameters, and
 * {@link dev.regularisation.penalty.ActivationL1} on hidden activations; {@link dev.regularisation.penalty.Regularisers}
 * lists them.
 *
 * <p>Invariant: a penalty adds its gradient to one that is already there, touches biases like weights unless its scope spares
 * them, and is never part of a reported loss.
 */
package dev.regularisation.penalty;
