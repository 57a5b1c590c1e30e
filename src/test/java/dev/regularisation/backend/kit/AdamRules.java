package dev.regularisation.backend.kit;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.kit.Bench.Pair;
import java.util.List;

/** Rules for the optimiser's step. */
public final class AdamRules {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double LEARNING_RATE = 0.01;
    /** Much larger than PyTorch's, so that its place, outside the root, shows in every element. */
    private static final double EPSILON = 0.125;

    static final ContractRule<Shape> STEP = new ContractRule<>("adam.definition",
            "Adam's epsilon is added outside the root, to the root of the corrected second moment",
            (bench, on) -> step(bench, on, EPSILON));

    static final ContractRule<Shape> POST_STEP = new ContractRule<>("adam.post",
            "an Adam step with PyTorch's epsilon moves moments and parameters as PyTorch does",
            (bench, on) -> step(bench, on, 1e-8));

    private AdamRules() {
    }

    static List<ContractRule<Shape>> all() {
        return List.of(STEP, POST_STEP);
    }

    /** The factors of step {@code t} as the optimiser computes them, with a large epsilon. */
    static AdamStep step(int t) {
        return step(t, EPSILON);
    }

    private static AdamStep step(int t, double epsilon) {
        return new AdamStep(1 - BETA1, BETA2, 1 - BETA2, LEARNING_RATE / (1 - StrictMath.pow(BETA1, t)),
                Math.sqrt(1 - StrictMath.pow(BETA2, t)), epsilon);
    }

    private static void step(Bench bench, Shape on, double epsilon) {
        int t = 1 + (int) Math.floorMod(on.seed(), 2000L);
        AdamStep step = step(t, epsilon);
        Values values = bench.withoutExtremes(on.values());
        Pair g = bench.pair(on.rows(), on.columns(), values, on.seed());
        Pair m = state(bench, on, t, 1);
        Pair v = state(bench, on, t, 2);
        Pair theta = bench.pair(on.rows(), on.columns(), Values.TAME, on.seed() + 3);
        double[] gradient = bench.reference().read(g.reference());
        double[] first = bench.reference().read(m.reference());
        double[] second = bench.reference().read(v.reference());
        double[] parameters = bench.reference().read(theta.reference());
        bench.backend().adam(step, g.tested(), m.tested(), v.tested(), theta.tested());
        bench.reference().adam(step, g.reference(), m.reference(), v.reference(), theta.reference());
        bench.same("g afterwards", g, Tolerance.exact());
        bench.same("m", m, bench.bitsOr(Tolerance.roundings(3, bench.precision(), "one rounding when fused, two when not")),
                i -> firstMagnitude(step, gradient[i], first[i]));
        bench.same("v", v, bench.bitsOr(Tolerance.roundings(5, bench.precision(), "two roundings here, up to three there")),
                i -> secondMagnitude(step, gradient[i], second[i]));
        bench.same("theta", theta, bench.bitsOr(Tolerance.roundings(16, bench.precision(),
                        "3 from m, 3 from the root of v, up to 5 steps in each of the two")),
                i -> Math.abs(parameters[i]) + step.stepSize() * firstMagnitude(step, gradient[i], first[i])
                        / (Math.sqrt(secondMagnitude(step, gradient[i], second[i])) / step.secondMomentScale()
                        + step.epsilon()));
    }

    /** Before the first step moments are zero; later they are anything, the second not negative. */
    private static Pair state(Bench bench, Shape on, int t, int moment) {
        double[] values = Values.TAME.draw(on.size(), on.seed() + moment, bench.precision());
        for (int i = 0; i < values.length; i++) {
            values[i] = t == 1 ? 0 : moment == 1 ? values[i] : Math.abs(values[i]);
        }
        return bench.pair(on.rows(), on.columns(), values);
    }

    private static double firstMagnitude(AdamStep step, double g, double m) {
        return Math.abs(m) + step.firstMomentRate() * Math.abs(g - m);
    }

    private static double secondMagnitude(AdamStep step, double g, double v) {
        return step.secondMomentDecay() * v + step.secondMomentRate() * g * g;
    }
}
