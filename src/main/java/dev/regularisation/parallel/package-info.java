/**
 * Independent jobs on several threads: {@link dev.regularisation.parallel.ParallelRuns} for a few long ones,
 * {@link dev.regularisation.parallel.Workers} for many short loops one after the other.
 *
 * <p>Invariant: results depend on neither the number of threads nor their timing.
 */
package dev.regularisation.parallel;
