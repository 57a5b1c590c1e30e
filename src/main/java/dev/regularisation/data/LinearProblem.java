package dev.regularisation.data;

import dev.regularisation.random.TorchGenerator;

/**
 * The post's toy problem: y = w·x + b + σ ε with x and ε standard normal, w = 3/√d times a standard normal vector and b
 * standard normal. Section "Experimental setup" of the post.
 *
 * @param dimensions     d, at least 1
 * @param trainSize      number of training samples, at least 1
 * @param validationSize number of validation samples, at least 1
 * @param noise          σ, not negative, finite
 */
public record LinearProblem(int dimensions, int trainSize, int validationSize, double noise) implements Problem {

    /** The post's problem: 50 dimensions, 200 training and 10,000 validation samples, σ = 0.2. */
    public static final LinearProblem POST = new LinearProblem(50, 200, 10_000, 0.2);

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;

    public LinearProblem {
        requirePositive("dimensions", dimensions);
        requirePositive("training samples", trainSize);
        requirePositive("validation samples", validationSize);
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise: wanted a finite standard deviation of at least 0, got " + noise);
        }
        requireAddressable("training", trainSize, dimensions);
        requireAddressable("validation", validationSize, dimensions);
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + ": wanted at least 1, got " + value);
        }
    }

    private static void requireAddressable(String what, int size, int dimensions) {
        if ((long) size * dimensions > LARGEST_ARRAY) {
            throw new IllegalArgumentException(what + " samples: wanted at most " + LARGEST_ARRAY
                    + " numbers, to fit one array, got " + size + " x " + dimensions
                    + "; ask for fewer samples or dimensions");
        }
    }

    /** {@link #dimensions}. */
    @Override
    public int features() {
        return dimensions;
    }

    /** This problem with another number of training samples. */
    @Override
    public LinearProblem withTrainSize(int samples) {
        return new LinearProblem(dimensions, samples, validationSize, noise);
    }

    /**
     * Draws the true model, then training inputs and noise, then validation inputs and noise, from a fresh generator, in
     * the order of the post's notebook.
     */
    @Override
    public LinearData draw(long seed) {
        TorchGenerator generator = new TorchGenerator(seed);
        float[] weights = generator.randn(dimensions);
        float root = (float) Math.sqrt(dimensions);
        for (int i = 0; i < dimensions; i++) {
            weights[i] = weights[i] * 3f / root;
        }
        float intercept = generator.randn(1)[0];
        float[] trainX = generator.randn(trainSize * dimensions);
        float[] trainNoise = noise(generator, trainSize);
        float[] validationX = generator.randn(validationSize * dimensions);
        float[] validationNoise = noise(generator, validationSize);
        return new LinearData(weights, intercept, samples(trainX, weights, intercept, trainNoise),
                samples(validationX, weights, intercept, validationNoise), trainNoise, validationNoise);
    }

    private float[] noise(TorchGenerator generator, int size) {
        float[] e = generator.randn(size);
        float sigma = (float) noise;
        for (int s = 0; s < size; s++) {
            e[s] *= sigma;
        }
        return e;
    }

    /** Labels are summed in double and rounded once, so that they do not depend on the order of a float32 sum. */
    private Samples samples(float[] x, float[] weights, float intercept, float[] e) {
        float[] y = new float[e.length];
        for (int s = 0; s < y.length; s++) {
            double sum = 0;
            for (int i = 0; i < dimensions; i++) {
                sum += (double) x[s * dimensions + i] * weights[i];
            }
            y[s] = (float) (sum + intercept + e[s]);
        }
        return new Samples(y.length, dimensions, x, y);
    }
}
