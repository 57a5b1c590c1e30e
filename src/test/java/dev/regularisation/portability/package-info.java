/**
 * The matrix of environments: every JVM at hand, real or emulated, runs the same plans under every variation of its
 * flags, and {@code ci/portability.sh} fails unless all of them give the same bits.
 *
 * <p>Invariant: an environment that was named runs, or has a declared reason not to, or the matrix fails; nothing is
 * left out silently.
 */
package dev.regularisation.portability;
