/**
 * The contract on ND4J arrays, in float32 or float64: {@link dev.regularisation.backend.nd4j.Nd4jBackend}, on whichever ND4J
 * implementation is on the class path (native code on the processor, or CUDA).
 *
 * <p>Invariant: a row-major tensor of {@code rows × columns} is an array of {@code columns × rows} in column-major order,
 * the same memory, so that every product reaches BLAS as it lies. Results meet the contract within the rounding of a sum,
 * not bit for bit. ND4J draws nothing at random here, and what it holds outside the Java heap is released by {@code close}.
 * Only this package sees ND4J.
 */
package dev.regularisation.backend.nd4j;
