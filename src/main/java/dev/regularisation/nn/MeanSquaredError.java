package dev.regularisation.nn;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * The loss of the post: L = (1/n) Σ (p − y)², the mean over all n elements, without a half (PyTorch's {@code MSELoss}).
 */
public final class MeanSquaredError {

    private MeanSquaredError() {
    }

    /** L, differences in the backend's precision, squares and sum in double. Reads only. */
    public static double value(Backend backend, Tensor prediction, Tensor target) {
        return backend.sumOfSquaredErrors(prediction, target, 0) / prediction.size();
    }

    /** ∂L/∂p = (2/n)(p − y) into {@code gradient}, of the same shape, overwritten. */
    public static void gradient(Backend backend, Tensor prediction, Tensor target, Tensor gradient) {
        backend.scaledDifference(2.0 / prediction.size(), prediction, target, gradient);
    }
}
