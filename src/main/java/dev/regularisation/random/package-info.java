/**
 * PyTorch's random streams on the CPU, bit for bit: the engine, uniforms, normals, permutations, Bernoulli draws and
 * the order in which a data loader visits its samples.
 *
 * <p>Invariant: after the same seed and the same calls, every value and the number of engine outputs used up are those
 * of torch 2.13 on x86-64 with AVX2 or AVX-512, on every JDK and processor. So the package uses only + − × ÷ √ fma,
 * integer arithmetic and {@link StrictMath}. Reference values, made by PyTorch, are in {@code golden/torch}. What
 * PyTorch's builds for other processors draw otherwise, {@link dev.regularisation.random.Streams} name.
 *
 * <p>Nothing seeds itself and nothing is shared: a generator belongs to the one thread that draws from it.
 */
package dev.regularisation.random;
