/**
 * Training with the post's semantics: a {@link dev.regularisation.training.TrainingPlan} says what to do,
 * {@link dev.regularisation.training.TrainingLoop} does it, {@link dev.regularisation.training.History} is what happened.
 *
 * <p>Invariant: a plan and a backend determine every bit of the history. The loop reseeds before the data, before the
 * initial weights and before the passes; it reads no clock, no other randomness and no shared state.
 */
package dev.regularisation.training;
