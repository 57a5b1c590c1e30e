/**
 * Update rules exactly as PyTorch defines them: {@link dev.regularisation.optim.Sgd}, {@link dev.regularisation.optim.Adam},
 * {@link dev.regularisation.optim.AdamW}.
 *
 * <p>Invariant: scalar factors are computed in double and rounded where they meet a tensor. Weight decay touches every
 * parameter, biases too.
 */
package dev.regularisation.optim;
