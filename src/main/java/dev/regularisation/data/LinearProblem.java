package dev.regularisation.data;

import dev.regularisation.random.Streams;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.setting.Limits;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.List;

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

    /** d. */
    public static final Setting<Integer> DIMENSIONS = Setting.whole("dimensions").option("--dims")
            .means("Dimensions of the data.").check(value -> Problem.requirePositive("dimensions", value)).standard(50);

    /** Number of validation samples. */
    public static final Setting<Integer> VALIDATION_SIZE = Setting.whole("validation size")
            .means("Validation samples.").check(size -> Problem.requirePositive("validation samples", size)).standard(10_000);

    /** σ. */
    public static final Setting<Double> NOISE = Setting.real("noise").label("SIGMA")
            .means("Standard deviation of the noise on the labels.").reads("σ = {}").check(LinearProblem::requireNoise)
            .standard(0.2);

    static final List<Setting<?>> SETTINGS = List.of(Problem.TRAIN_SIZE, VALIDATION_SIZE, DIMENSIONS, NOISE);

    /** The post's problem: 50 dimensions, 200 training and 10,000 validation samples, σ = 0.2. */
    public static final LinearProblem POST = new LinearProblem(50, 200, 10_000, 0.2);

    public LinearProblem {
        Problem.requirePositive("dimensions", dimensions);
        Problem.requirePositive("training samples", trainSize);
        Problem.requirePositive("validation samples", validationSize);
        requireNoise(noise);
        requireAddressable("training", trainSize, dimensions);
        requireAddressable("validation", validationSize, dimensions);
    }

    private static void requireNoise(double noise) {
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise: wanted a finite standard deviation of at least 0, got " + noise);
        }
    }

    private static void requireAddressable(String what, int size, int dimensions) {
        if ((long) size * dimensions > Limits.LARGEST_ARRAY) {
            throw new IllegalArgumentException(what + " samples: wanted at most " + Limits.LARGEST_ARRAY
                    + " numbers, to fit one array, got " + size + " x " + dimensions
                    + "; ask for fewer samples or dimensions");
        }
    }

    /** The problem of its settings. */
    static LinearProblem of(Settings settings) {
        return new LinearProblem(settings.get(DIMENSIONS), settings.get(Problem.TRAIN_SIZE), settings.get(VALIDATION_SIZE),
                settings.get(NOISE));
    }

    @Override
    public Settings settings() {
        return Settings.STANDARD.with(DIMENSIONS, dimensions).with(Problem.TRAIN_SIZE, trainSize)
                .with(VALIDATION_SIZE, validationSize).with(NOISE, noise);
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
    public LinearData draw(long seed, Streams streams) {
        TorchGenerator generator = new TorchGenerator(seed, streams);
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

    @Override
    public LinearData draw(long seed) {
        return draw(seed, Streams.TORCH);
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
