package dev.regularisation.backend.opencl;

/**
 * Source of kernels with the options to build it with.
 *
 * @param source  in OpenCL C
 * @param options of its compiler
 */
public record KernelSource(String source, String options) {
}
