package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Samples;

/** Lays samples, kept as drawn in {@code samples × features}, out as a backend wants them, {@code features × samples}. */
final class Layout {

    private Layout() {
    }

    /** Inputs of samples {@code from .. from + size}, {@code features × size}. */
    static Tensor inputs(Backend backend, Samples samples, int from, int size) {
        return backend.tensor(samples.features(), size, inputs(samples, from, size));
    }

    private static double[] inputs(Samples samples, int from, int size) {
        int features = samples.features();
        double[] values = new double[features * size];
        for (int s = 0; s < size; s++) {
            for (int i = 0; i < features; i++) {
                values[i * size + s] = samples.x()[(from + s) * features + i];
            }
        }
        return values;
    }

    /** Inputs of all samples, {@code features × n}, laid out for training passes. */
    static Tensor batch(Backend backend, Samples samples) {
        Tensor result = backend.batch(samples.features(), samples.size());
        backend.write(inputs(samples, 0, samples.size()), result);
        return result;
    }

    /** Labels of the same samples, {@code 1 × size}. */
    static Tensor labels(Backend backend, Samples samples, int from, int size) {
        double[] values = new double[size];
        for (int s = 0; s < size; s++) {
            values[s] = samples.y()[from + s];
        }
        return backend.tensor(1, size, values);
    }
}
