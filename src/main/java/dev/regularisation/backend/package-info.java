/**
 * What a backend must do: {@link dev.regularisation.backend.Backend} states every operation that training needs,
 * {@link dev.regularisation.backend.Tensor} is a backend's own handle to a matrix.
 *
 * <p>Invariant: the meaning of every operation is a textbook loop, so that two backends can be compared operation by
 * operation, for equality ({@code cpu}) or within a bound derived from the length of a sum and the unit roundoff. Where
 * an operation needs exp, tanh, the sigmoid or SiLU,
 * {@link dev.regularisation.backend.Float32Functions} and {@link dev.regularisation.backend.Float64Functions} define their
 * bits. Nothing here knows networks or training.
 */
package dev.regularisation.backend;
