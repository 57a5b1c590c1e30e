package dev.regularisation.optim;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.List;

/**
 * The moments that {@link Adam} and {@link AdamW} share, and their settings.
 *
 * <p>m and v start at zero; step t = 1, 2, … corrects their bias by 1 − β₁ᵗ and 1 − β₂ᵗ (Kingma and Ba, 2015, with ε
 * added to √v̂, as PyTorch does). Where β₁ ≤ ½ PyTorch writes the same m as g − β₁(g − m), which rounds otherwise.
 */
public final class AdamMoments {

    /** β₁ and β₂. */
    public static final Setting<List<Double>> BETAS = Setting.reals("betas").label("B1,B2")
            .means("Decay of Adam's moments, each in [0, 1).").reads("β = {}").check(AdamMoments::requireBetas)
            .standard(List.of(0.9, 0.999));

    /** ε, added to the root of the second moment. */
    public static final Setting<Double> EPSILON = Setting.real("epsilon").label("EPS")
            .means("Adam's epsilon, outside the root.").reads("ε = {}")
            .check(value -> OptimiserPlan.requireNotNegative("epsilon", value)).standard(1e-8);

    static final List<Setting<?>> SETTINGS = List.of(BETAS, EPSILON);

    private final Backend backend;
    private final Settings settings;
    private final Tensor first;
    private final Tensor second;
    private int steps;

    AdamMoments(Backend backend, int parameters, Settings settings) {
        this.backend = backend;
        this.settings = settings;
        this.first = backend.zeros(parameters, 1);
        this.second = backend.zeros(parameters, 1);
    }

    private static void requireBetas(List<Double> betas) {
        if (betas.size() != 2 || !betas.stream().allMatch(beta -> beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("betas: wanted two numbers in [0, 1) such as 0.9,0.999, got " + betas);
        }
    }

    void step(Tensor parameters, Tensor gradient) {
        steps++;
        backend.adam(step(settings, steps), gradient, first, second, parameters);
    }

    /** v, to be read only. */
    Tensor second() {
        return second;
    }

    /**
     * The factors of step t.
     *
     * @param settings the learning rate, {@link #BETAS} and {@link #EPSILON}
     * @param t        from 1 on
     */
    public static AdamStep step(Settings settings, int t) {
        double beta1 = settings.get(BETAS).get(0);
        double beta2 = settings.get(BETAS).get(1);
        // StrictMath: Math.pow may differ between platforms in its last bit.
        double correction1 = 1 - StrictMath.pow(beta1, t);
        double correction2 = 1 - StrictMath.pow(beta2, t);
        return new AdamStep(1 - beta1, beta2, 1 - beta2, settings.get(OptimiserPlan.LEARNING_RATE) / correction1,
                Math.sqrt(correction2), settings.get(EPSILON));
    }
}
