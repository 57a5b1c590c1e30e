package dev.regularisation.bench;

import dev.regularisation.random.TorchGenerator;

/** Normal draws to compute with. */
final class NormalDraws {

    private static final long SEED = 42;

    private NormalDraws() {
    }

    static float[] floats(int n) {
        return new TorchGenerator(SEED).randn(n);
    }

    static double[] of(int n) {
        float[] draws = floats(n);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = draws[i];
        }
        return values;
    }
}
