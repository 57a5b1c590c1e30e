/**
 * The bit-exact backend in plain Java: {@link dev.regularisation.backend.cpu.CpuBackend}, with matrix products and
 * element-wise loops that are there twice, on the Vector API and in plain loops.
 *
 * <p>Invariant: every element of a result is a fixed chain of correctly rounded float32 operations. Kernels run in
 * parallel over independent elements (samples, units), never over the terms of one sum, so that vector width, kernel,
 * JDK and processor cannot change a bit. Only this package sees {@code jdk.incubator.vector}.
 */
package dev.regularisation.backend.cpu;
