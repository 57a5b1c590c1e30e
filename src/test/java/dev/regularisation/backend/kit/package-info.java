/**
 * The contract of {@link dev.regularisation.backend.Backend} as a kit: rules, operation by operation and then for whole
 * training runs, each one sentence and one check against {@link dev.regularisation.backend.kit.NaiveBackend}, the slow and
 * obvious reference.
 *
 * <p>A new backend is certified by a subclass of {@link dev.regularisation.backend.kit.BackendContract} with a factory
 * method. Every rule has teeth: a deliberately broken backend that it must reject with a message naming it.
 *
 * <p>This package is an artifact of its own, the jar with the classifier {@code kit}: it sees the program and jqwik, and of the
 * tests nothing but itself. {@code src/docs/certify-your-backend.md} shows how to use it.
 */
package dev.regularisation.backend.kit;
