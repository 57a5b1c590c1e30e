/**
 * The contract on libtorch, PyTorch's own library: a backend whose arithmetic nobody here wrote, to show that the kit
 * accepts one. For tests only, in the profile {@code torch}.
 */
package dev.regularisation.backend.torch;
