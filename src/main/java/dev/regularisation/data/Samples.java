package dev.regularisation.data;

/**
 * Labelled samples.
 *
 * @param size     number of samples n
 * @param features number of features d
 * @param x        inputs, row-major {@code n × d}
 * @param noise    what was added to the true model's answers, n
 * @param y        labels, n
 */
public record Samples(int size, int features, float[] x, float[] noise, float[] y) {

    public Samples {
        if (x.length != Math.multiplyExact(size, features) || noise.length != size || y.length != size) {
            throw new IllegalArgumentException("samples: " + size + " x " + features + " wants " + size * features
                    + " inputs and " + size + " labels, got " + x.length + " inputs, " + y.length + " labels and "
                    + noise.length + " noise terms");
        }
    }
}
