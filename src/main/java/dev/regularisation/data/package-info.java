/**
 * The data of the post: {@link dev.regularisation.data.LinearProblem} draws a true linear model and noisy samples of it,
 * {@link dev.regularisation.data.Samples} holds them, {@link dev.regularisation.data.Minibatches} deals them out.
 *
 * <p>Invariant: every array equals PyTorch's bit for bit at every seed. Arrays are kept as drawn, {@code samples ×
 * features}; {@code training} lays them out for a backend.
 */
package dev.regularisation.data;
