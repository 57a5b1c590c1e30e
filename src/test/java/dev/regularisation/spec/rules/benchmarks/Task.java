package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.data.Dataset;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Samples;
import dev.regularisation.random.Streams;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.setting.Settings;
import java.util.function.ToDoubleFunction;

/**
 * A problem whose true function is the same at every seed: standard normal inputs, labels of the function plus Gaussian noise.
 * Training inputs and noise are drawn first, then those of validation.
 *
 * @param truth the function of a sample
 * @param noise standard deviation of what is added
 */
record Task(int features, int trainSize, int validationSize, ToDoubleFunction<double[]> truth, double noise)
        implements Problem {

    private record Drawn(Samples train, Samples validation) implements Dataset {
    }

    @Override
    public Settings settings() {
        return new LinearProblem(features, trainSize, validationSize, noise).settings();
    }

    @Override
    public Task withTrainSize(int samples) {
        return new Task(features, samples, validationSize, truth, noise);
    }

    @Override
    public Dataset draw(long seed, Streams streams) {
        TorchGenerator generator = new TorchGenerator(seed, streams);
        return new Drawn(samples(generator, trainSize), samples(generator, validationSize));
    }

    private Samples samples(TorchGenerator generator, int size) {
        float[] x = generator.randn(size * features);
        float[] e = generator.randn(size);
        float[] y = new float[size];
        double[] sample = new double[features];
        for (int s = 0; s < size; s++) {
            for (int i = 0; i < features; i++) {
                sample[i] = x[s * features + i];
            }
            y[s] = (float) (truth.applyAsDouble(sample) + noise * e[s]);
        }
        return new Samples(size, features, x, y);
    }
}
