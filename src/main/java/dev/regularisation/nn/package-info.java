/**
 * The network of the post: {@link dev.regularisation.nn.Mlp}, made of {@link dev.regularisation.nn.Linear} layers,
 * {@link dev.regularisation.nn.Dropout} and rectifiers, forward beside backward; and its losses,
 * {@link dev.regularisation.nn.MeanSquaredError} and, for a remark, {@link dev.regularisation.nn.CosineSimilarityLoss}.
 *
 * <p>Invariant: all parameters of a network are one column vector and every layer holds windows on it, so that an
 * optimiser step, a penalty and a record of all parameters are each one operation. Randomness is handed in.
 */
package dev.regularisation.nn;
