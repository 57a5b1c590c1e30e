package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Tensor;

/**
 * A row-major matrix in a buffer of the device.
 *
 * @param owner  the session whose buffer it is
 * @param buffer OpenCL's handle
 * @param at     where in the buffer it begins, in numbers
 */
record OpenClTensor(OpenClSession owner, long buffer, int at, int rows, int columns) implements Tensor {
}
