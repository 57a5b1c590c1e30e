/**
 * The network of the post and its relatives: {@link dev.regularisation.nn.Mlp}, built as an
 * {@link dev.regularisation.nn.Architecture} says of {@link dev.regularisation.nn.Linear} layers,
 * {@link dev.regularisation.nn.Dropout} and an activation, forward beside backward; and its losses,
 * {@link dev.regularisation.nn.Loss}.
 *
 * <p>Invariant: all parameters of a network are one column vector and every layer holds windows on it, so that an
 * optimiser step, a penalty and a record of all parameters are each one operation. Randomness is handed in.
 */
package dev.regularisation.nn;
