/**
 * The contract on OpenCL devices, with the bits of {@code cpu}: GPUs of every maker, and the processor itself where a driver
 * such as PoCL offers it, so that the kernels a GPU runs can be proved on machines without one.
 *
 * <p>The kernels are OpenCL C in the files beside these classes: {@code arithmetic.cl}, {@code activations.cl},
 * {@code operations.cl}, and {@code self-test.cl}. {@link dev.regularisation.backend.opencl.Binding} is the one place where
 * OpenCL is called.
 *
 * <p>Invariant: a device computes nothing here before a self-test has found its arithmetic to be that of Java, bit for bit;
 * every operation in a kernel is one correct rounding, and every sum has the order of the contract. Only this package sees
 * LWJGL.
 */
package dev.regularisation.backend.opencl;
