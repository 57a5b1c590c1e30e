/**
 * Many runs: {@link dev.regularisation.study.Study}, whose rows are on disk as they end, and
 * {@link dev.regularisation.study.Ensemble}, whose histories stay in memory for a comparison in pairs.
 *
 * <p>Invariant: what is written depends on the plan and the backend alone.
 */
package dev.regularisation.study;
