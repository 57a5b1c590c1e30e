package dev.regularisation.backend.torch;

import dev.regularisation.backend.Tensor;

/** A contiguous libtorch tensor of {@code rows × columns}; views share its memory. */
record TorchTensor(org.bytedeco.pytorch.Tensor value, int rows, int columns) implements Tensor {
}
