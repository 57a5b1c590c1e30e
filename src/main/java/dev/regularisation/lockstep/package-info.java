/**
 * Thousands of runs at once on an OpenCL device: {@link dev.regularisation.lockstep.LockstepEngine} carries out studies there.
 *
 * <p>{@code lockstep.cl} beside these classes has the kernels: a pass of training, a work-group for a run; differences of
 * validation, samples by runs; losses, a work-item for a run. Shuffles, masks, samples and initial parameters are drawn by the
 * host, since the streams are PyTorch's; what runs share is drawn once.
 *
 * <p>Invariant: rows, digest included, are those of {@code cpu}, whatever the device, the size of its memory and the number of
 * runs that go together.
 */
package dev.regularisation.lockstep;
