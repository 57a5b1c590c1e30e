package dev.regularisation.nn;

/** ℓ(e) = |e| (PyTorch's {@code L1Loss}); ℓ'(e) = sign(e), with sign(0) = 0. */
public record MeanAbsoluteError() implements Loss {

    @Override
    public double value(double error) {
        return Math.abs(error);
    }

    @Override
    public double slopeFactor() {
        return 1;
    }

    @Override
    public float slope(float error) {
        return Math.signum(error);
    }

    @Override
    public double slope(double error) {
        return Math.signum(error);
    }
}
