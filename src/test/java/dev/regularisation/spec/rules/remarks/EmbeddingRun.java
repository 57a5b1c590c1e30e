package dev.regularisation.spec.rules.remarks;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.CosineSimilarityLoss;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.random.TorchGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A small network trained to embed inputs near targets in direction, and what happened, one entry before each step.
 *
 * @param loss      1 − cosine similarity, the mean over samples
 * @param lastLayer norm of the last layer's weights and biases, to which the embedding is proportional
 * @param all       norm of all parameters
 */
public record EmbeddingRun(double[] loss, double[] lastLayer, double[] all) {

    private static final List<Integer> SIZES = List.of(20, 32, 8);
    private static final int SAMPLES = 256;

    /** Trains on targets that are a linear function of the inputs and, by half its size, noise, so that none fits exactly. */
    public static EmbeddingRun train(OptimiserPlan plan, int steps) {
        Backend backend = new CpuBackend();
        Random random = new Random(1);
        double[] inputs = normal(random, 20 * SAMPLES, 1);
        Tensor x = backend.tensor(20, SAMPLES, inputs);
        Tensor targets = backend.tensor(8, SAMPLES, normal(random, 8 * SAMPLES, 0.5 * Math.sqrt(20)));
        Tensor linear = backend.tensor(8, SAMPLES, new double[8 * SAMPLES]);
        backend.gemm(false, backend.tensor(8, 20, normal(random, 8 * 20, 1)), false, x, linear);
        backend.axpy(1, linear, targets);

        Mlp network = new Mlp(backend, SIZES);
        network.initialise(new TorchGenerator(42));
        Optimiser optimiser = plan.create(backend, network.parameters().size());
        Activations activations = network.activations(SAMPLES);
        EmbeddingRun run = new EmbeddingRun(new double[steps], new double[steps], new double[steps]);
        for (int step = 0; step < steps; step++) {
            network.forward(x, activations);
            double[] parameters = backend.read(network.parameters());
            run.loss[step] = CosineSimilarityLoss.value(backend, activations.prediction(), targets);
            run.lastLayer[step] = norm(parameters, new Architecture(SIZES.subList(0, 2)).parameterCount());
            run.all[step] = norm(parameters, 0);
            CosineSimilarityLoss.gradient(
                    backend, activations.prediction(), targets, activations.predictionGradient());
            network.backward(x, activations, DropoutMasks.evaluation(), Mlp.HiddenGradient.NONE);
            optimiser.step(network.parameters(), network.gradients());
        }
        return run;
    }

    /** The entry before the last step. */
    public static double last(double[] series) {
        return series[series.length - 1];
    }

    private static double norm(double[] values, int from) {
        return Math.sqrt(Arrays.stream(values, from, values.length).map(v -> v * v).sum());
    }

    private static double[] normal(Random random, int count, double deviation) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> deviation * random.nextGaussian());
        return values;
    }
}
