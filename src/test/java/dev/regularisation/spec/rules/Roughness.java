package dev.regularisation.spec.rules;

import dev.regularisation.training.History;

/** Σ |Δθₜ − Δθₜ₋₁| / Σ |Δθₜ| over epochs and parameters: 0 for straight paths at an even pace, 2 for steps to and fro. */
public final class Roughness {

    private Roughness() {
    }

    /** The value of a parameter after an epoch. */
    @FunctionalInterface
    public interface Path {
        double at(int epoch, int parameter);
    }

    /** Over all epochs. */
    public static double of(History history) {
        return of(history, 0, history.epochs());
    }

    /** Over the epochs after {@code from} up to {@code to}. */
    public static double of(History history, int from, int to) {
        return of(history::parameter, history.parameterCount(), from, to);
    }

    /** The same, of any paths. */
    public static double of(Path path, int parameters, int from, int to) {
        double turns = 0;
        double steps = 0;
        for (int i = 0; i < parameters; i++) {
            double before = Double.NaN;
            for (int epoch = from + 1; epoch <= to; epoch++) {
                double step = path.at(epoch, i) - path.at(epoch - 1, i);
                steps += Math.abs(step);
                turns += epoch > from + 1 ? Math.abs(step - before) : 0;
                before = step;
            }
        }
        return turns / steps;
    }
}
