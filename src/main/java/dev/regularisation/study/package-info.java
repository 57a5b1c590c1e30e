/**
 * Many runs: {@link dev.regularisation.study.Study}, whose rows are on disk as they end, carried out by a
 * {@link dev.regularisation.study.StudyEngine}, by default {@link dev.regularisation.study.LocalThreads};
 * {@link dev.regularisation.study.StudyEngines} finds others.
 *
 * <p>Invariant: what is written depends on the plan alone, and on the backend where its bits are not those of {@code cpu}; not
 * on the engine.
 */
package dev.regularisation.study;
