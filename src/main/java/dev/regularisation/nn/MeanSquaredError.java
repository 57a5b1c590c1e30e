package dev.regularisation.nn;

/** The loss of the post: ℓ(e) = e², without a half (PyTorch's {@code MSELoss}); ℓ'(e) = 2e. */
public record MeanSquaredError() implements Loss {

    @Override
    public double value(double error) {
        return error * error;
    }

    @Override
    public double slopeFactor() {
        return 2;
    }

    @Override
    public boolean hasIdentitySlope() {
        return true;
    }

    @Override
    public float slope(float error) {
        return error;
    }

    @Override
    public double slope(double error) {
        return error;
    }
}
