package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Mlp;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.theory.Residuals;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.List;
import java.util.Random;

/**
 * What activations are for.
 *
 * @param difference of a network from the product of its matrices, in parts of the largest answer
 * @param linear     least squares' validation loss on labels |x|
 * @param identity   the least one of a network without activations
 * @param rectifier  the least one of a network of rectifiers
 */
record Nonlinearity(double difference, double linear, double identity, double rectifier) {

    private static final Task ABSOLUTE = new Task(1, 200, 1000, sample -> Math.abs(sample[0]), 0);

    private static final class Trained {
        static final TrainingResult IDENTITY = train(Activation.IDENTITY);
        static final TrainingResult RECTIFIER = train(Activation.RELU);
    }

    private static TrainingResult train(Activation activation) {
        return TrainingLoop.train(TrainingPlan.builder().problem(ABSOLUTE).set(Architecture.ACTIVATION, activation).epochs(200)
                .build(),
                new CpuBackend(), Recording.LOSSES, ProgressListener.NONE);
    }

    /** What is measured, beside a difference. */
    static Nonlinearity of(double difference) {
        TrainingResult run = Trained.IDENTITY;
        return new Nonlinearity(difference, Residuals.meanSquare(Regressions.leastSquares(run.data().train()).model(),
                Regressions.inputs(run.data().validation()), Regressions.labels(run.data().validation())),
                run.best().fit().validationLoss(), Trained.RECTIFIER.best().fit().validationLoss());
    }

    /** Of a network of uniform parameters at uniform samples, in float64. */
    static double difference(List<Integer> layers, Activation activation, long seed) {
        Random random = new Random(seed);
        Architecture architecture = new Architecture(layers, activation, true);
        double[] theta = random.doubles(architecture.parameterCount(), -1, 1).toArray();
        int samples = 20;
        double[] x = random.doubles((long) layers.get(0) * samples, -1, 1).toArray();
        double[] answers;
        try (Backend backend = new CpuProvider().create(Precision.FLOAT64)) {
            Mlp network = new Mlp(backend, architecture);
            backend.write(theta, network.parameters());
            Activations activations = network.activations(samples);
            network.forward(backend.tensor(layers.get(0), samples, x), activations);
            answers = backend.read(activations.prediction());
        }
        double[][] map = product(layers, theta);
        double worst = 0;
        double largest = 0;
        for (int o = 0; o < map.length; o++) {
            for (int s = 0; s < samples; s++) {
                double sum = map[o][layers.get(0)];
                double size = Math.abs(sum);
                for (int i = 0; i < layers.get(0); i++) {
                    sum += map[o][i] * x[i * samples + s];
                    size += Math.abs(map[o][i] * x[i * samples + s]);
                }
                worst = Math.max(worst, Math.abs(sum - answers[o * samples + s]));
                largest = Math.max(largest, size);
            }
        }
        return worst / largest;
    }

    /** The matrices of all layers multiplied, biases carried along in a last column. */
    private static double[][] product(List<Integer> layers, double[] theta) {
        int inputs = layers.get(0);
        double[][] map = new double[inputs][inputs + 1];
        for (int i = 0; i < inputs; i++) {
            map[i][i] = 1;
        }
        int offset = 0;
        for (int layer = 0; layer + 1 < layers.size(); layer++) {
            double[][] next = new double[layers.get(layer + 1)][inputs + 1];
            int units = map.length;
            for (int o = 0; o < next.length; o++) {
                for (int c = 0; c <= inputs; c++) {
                    for (int k = 0; k < units; k++) {
                        next[o][c] += theta[offset + o * units + k] * map[k][c];
                    }
                }
                next[o][inputs] += theta[offset + next.length * units + o];
            }
            offset += next.length * (units + 1);
            map = next;
        }
        return map;
    }
}
