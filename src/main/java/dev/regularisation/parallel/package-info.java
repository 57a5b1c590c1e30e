/**
 * Independent jobs on several threads: {@link dev.regularisation.parallel.ParallelRuns}.
 *
 * <p>Invariant: results depend on neither the number of threads nor their timing.
 */
package dev.regularisation.parallel;
