/**
 * The post's seven experiments, the figures its notebook printed and how far rounding decides them, runs in parallel,
 * their results and trained models on disk, and the closed forms that are set beside every result.
 *
 * <p>Invariant: what is written depends on the plan and the backend alone; files are replaced atomically.
 */
package dev.regularisation.experiment;
