/**
 * Where samples come from. {@link dev.regularisation.data.LinearProblem}, the post's, draws a true linear model and noisy
 * samples of it; {@link dev.regularisation.data.TableProblem} splits the rows of a CSV file.
 * {@link dev.regularisation.data.Samples} holds samples, {@link dev.regularisation.data.Minibatches} deals them out.
 *
 * <p>Invariant: what is random equals PyTorch's bit for bit at every seed, the post's arrays throughout and a table's order
 * of rows. Arrays are kept as drawn, {@code samples × features}; {@code training} lays them out for a backend.
 */
package dev.regularisation.data;
