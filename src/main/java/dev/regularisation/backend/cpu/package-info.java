/**
 * The bit-exact backend in plain Java: {@link dev.regularisation.backend.cpu.CpuBackend}, with matrix products and
 * element-wise loops that are there twice, on the Vector API and in plain loops.
 *
 * <p>Invariant: every element of a result is a fixed chain of correctly rounded operations. Kernels run in parallel over
 * independent elements (samples, units), never over the terms of one sum, so that vector width, kernel, JDK and processor
 * cannot change a bit. Only this package and the one made of it see {@code jdk.incubator.vector}.
 *
 * <p><b>Two precisions from one source.</b> Java has no types of numbers as parameters, and boxed ones would cost the speed.
 * So the classes here are written in float32, and the build copies them with other words, {@code double} for {@code float},
 * into {@link dev.regularisation.backend.cpu.float64}: a change of a loop reaches both precisions, and the contract kit
 * holds both to their bits. {@code pom.xml} lists the words; a {@code float} that is left over fails the build. Where the
 * integers of the same width as a number are needed, {@code var} stands for their type. What is there once for both
 * ({@link dev.regularisation.backend.cpu.Kernel}, {@link dev.regularisation.backend.cpu.CpuProvider}) is not copied.
 */
package dev.regularisation.backend.cpu;
