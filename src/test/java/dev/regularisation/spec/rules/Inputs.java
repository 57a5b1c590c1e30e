package dev.regularisation.spec.rules;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Samples;

/** Samples laid out as a backend wants them, {@code features × samples}. */
public final class Inputs {

    private Inputs() {
    }

    /** Inputs of the first {@code size} samples, {@code features × size}. */
    public static Tensor of(Backend backend, Samples samples, int size) {
        double[] values = new double[size * samples.features()];
        for (int s = 0; s < size; s++) {
            for (int i = 0; i < samples.features(); i++) {
                values[i * size + s] = samples.x()[s * samples.features() + i];
            }
        }
        return backend.tensor(samples.features(), size, values);
    }

    /** Labels of the first {@code size} samples. */
    public static double[] labels(Samples samples, int size) {
        double[] values = new double[size];
        for (int s = 0; s < size; s++) {
            values[s] = samples.y()[s];
        }
        return values;
    }
}
