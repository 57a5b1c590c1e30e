/**
 * The bit-exact backend in float64. Its classes are in {@code target/generated-sources/float64}: the build makes them of those
 * in {@link dev.regularisation.backend.cpu}, which says how and why ({@code mvn generate-sources} does no more than that).
 */
package dev.regularisation.backend.cpu.float64;
