package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LinearModel;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * The post's training set drawn again and again from one and the same true model, that of its seed: what an estimator
 * does on average is a statement about data sets, and with true weights drawn anew each time a bias towards zero would
 * cancel.
 */
final class RepeatedData {

    /** Data sets; their seeds are 1001, 1002, … */
    static final int SETS = 400;
    private static final double SIGMA = 0.2;
    static final int TRAIN_SIZE = 200;

    static final long FIRST_SEED = 1001;

    private RepeatedData() {
    }

    /** The true model at the post's seed. */
    static LinearModel truth() {
        LinearData data = new LinearProblem(50, TRAIN_SIZE, 1, SIGMA).draw(PostRuns.SEED);
        return Regressions.truth(data);
    }

    /** Estimated minus true coefficients (weights, then intercept) of every data set, {@link #SETS} × 51. */
    static double[][] errors(BiFunction<double[][], double[], LinearModel> estimator) {
        LinearModel truth = truth();
        List<Long> seeds = LongStream.range(FIRST_SEED, FIRST_SEED + SETS).boxed().toList();
        return ParallelRuns.run(seeds, seed -> 1, seed -> error(estimator, truth, new TorchGenerator(seed)), 2)
                .toArray(double[][]::new);
    }

    private static double[] error(BiFunction<double[][], double[], LinearModel> estimator, LinearModel truth,
            TorchGenerator generator) {
        double[] expected = truth.coefficients();
        int features = expected.length - 1;
        float[] values = generator.randn(TRAIN_SIZE * features);
        float[] noise = generator.randn(TRAIN_SIZE);
        double[][] x = new double[TRAIN_SIZE][features];
        double[] y = new double[TRAIN_SIZE];
        for (int s = 0; s < TRAIN_SIZE; s++) {
            for (int i = 0; i < features; i++) {
                x[s][i] = values[s * features + i];
            }
            y[s] = truth.predict(x[s]) + SIGMA * noise[s];
        }
        double[] error = estimator.apply(x, y).coefficients();
        for (int j = 0; j < error.length; j++) {
            error[j] -= expected[j];
        }
        return error;
    }
}
