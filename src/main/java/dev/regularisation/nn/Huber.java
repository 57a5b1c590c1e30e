package dev.regularisation.nn;

import dev.regularisation.setting.Setting;

/**
 * Squares near 0, absolute values beyond (PyTorch's {@code HuberLoss}): ℓ(e) = e²/2 where |e| &lt; δ, else δ (|e| − δ/2);
 * ℓ'(e) = e, cut off at −δ and δ. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35
 * (1964).
 *
 * @param delta δ, positive and finite
 */
public record Huber(double delta) implements Loss {

    /** δ. */
    public static final Setting<Double> DELTA = Setting.real("delta").label("DELTA")
            .means("Where huber turns from squares to absolute values.").reads("δ = {}").check(Huber::new).standard(1.0);

    public Huber {
        if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("delta: wanted a positive finite number, got " + delta);
        }
    }

    @Override
    public double value(double error) {
        double size = Math.abs(error);
        // Not size >= delta: NaN takes either way to NaN.
        return size < delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
    }

    @Override
    public double slopeFactor() {
        return 1;
    }

    @Override
    public float slope(float error) {
        float limit = (float) delta;
        return error <= -limit ? -limit : error >= limit ? limit : error;
    }

    @Override
    public double slope(double error) {
        return error <= -delta ? -delta : error >= delta ? delta : error;
    }
}
