package dev.regularisation.nn;

import dev.regularisation.backend.Precision;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.setting.Limits;
import dev.regularisation.setting.Setting;

/**
 * Inverted dropout: in training each activation is kept with probability 1 − p and divided by 1 − p, else zeroed; in
 * evaluation nothing happens. The expectation over masks is the identity.
 *
 * <p>Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15 (2014).
 *
 * @param probability p, the chance that an activation is zeroed, in [0, 1)
 */
public record Dropout(double probability) {

    /** p. */
    public static final Setting<Double> PROBABILITY = Setting.real("dropout").label("P")
            .means("Probability of zeroing a hidden activation, in [0, 1).").reads("dropout {}").check(Dropout::new)
            .standard(0.0);

    public Dropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("dropout: wanted a probability in [0, 1), got " + probability
                    + "; 0 switches it off");
        }
    }

    /** Whether training mode draws masks at all; with p = 0 PyTorch draws none. */
    public boolean isActive() {
        return probability > 0;
    }

    /** The factor of a kept activation, 1 / (1 − p), divided in the backend's precision. */
    public double scale(Precision precision) {
        double keep = 1 - probability;
        return precision == Precision.FLOAT32 ? 1f / (float) keep : 1 / keep;
    }

    /**
     * Draws which activations of a pass are kept, in PyTorch's order.
     *
     * @return row-major {@code samples × units}
     */
    public boolean[] draw(TorchGenerator generator, int samples, int units) {
        boolean[] kept = choices(samples, units);
        draw(generator, kept);
        return kept;
    }

    /** The same, row-major into {@code kept}, overwritten, without allocating. */
    public void draw(TorchGenerator generator, boolean[] kept) {
        generator.bernoulli(1 - probability, kept);
    }

    /** Room for which activations of a pass are kept. */
    static boolean[] choices(int samples, int units) {
        if ((long) samples * units > Limits.LARGEST_ARRAY) {
            throw new IllegalArgumentException("dropout: wanted at most " + Limits.LARGEST_ARRAY
                    + " activations in a layer's pass, got " + samples + " samples x " + units
                    + " units; ask for fewer, or switch dropout off with 0");
        }
        return new boolean[samples * units];
    }
}
