package dev.regularisation.data;

/**
 * Labelled samples.
 *
 * @param size     number of samples n
 * @param features number of features d
 * @param x        inputs, row-major {@code n × d}
 * @param y        labels, n
 */
public record Samples(int size, int features, float[] x, float[] y) {

    public Samples {
        if (x.length != Math.multiplyExact(size, features) || y.length != size) {
            throw new IllegalArgumentException("samples: " + size + " x " + features + " wants " + size * features
                    + " inputs and " + size + " labels, got " + x.length + " inputs and " + y.length + " labels");
        }
    }
}
