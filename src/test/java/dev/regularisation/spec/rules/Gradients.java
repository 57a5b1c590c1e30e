package dev.regularisation.spec.rules;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.float64.CpuBackend;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.random.TorchGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The gradient of a network's loss over any batch of some samples, by its own backward pass in float64. */
public final class Gradients {

    private record Batch(Tensor x, Tensor y, Activations activations) {
    }

    private final Backend backend = new CpuBackend();
    private final Mlp network;
    private final int samples;
    private final Tensor x;
    private final Tensor y;
    private final Map<Integer, Batch> buffers = new HashMap<>();

    public Gradients(List<Integer> layers, Samples samples) {
        this.network = new Mlp(backend, layers);
        this.samples = samples.size();
        this.x = Inputs.of(backend, samples, samples.size());
        this.y = backend.tensor(1, samples.size(), Inputs.labels(samples, samples.size()));
    }

    /** PyTorch's initial parameters at a seed. */
    public double[] initial(long seed) {
        network.initialise(new TorchGenerator(seed));
        return backend.read(network.parameters());
    }

    /** ∇L of the mean loss over all samples. */
    public double[] full(double[] parameters) {
        return of(parameters, IntStream.range(0, samples).toArray());
    }

    /** ∇L of the mean loss over some samples. */
    public double[] of(double[] parameters, int... batch) {
        Batch buffer = buffers.computeIfAbsent(batch.length, size ->
                new Batch(backend.zeros(x.rows(), size), backend.zeros(1, size), network.activations(size)));
        backend.write(parameters, network.parameters());
        backend.gatherColumns(x, batch, 0, buffer.x());
        backend.gatherColumns(y, batch, 0, buffer.y());
        Activations activations = buffer.activations();
        network.forward(buffer.x(), activations);
        new MeanSquaredError().gradient(backend, activations.prediction(), buffer.y(), activations.predictionGradient());
        network.backward(buffer.x(), activations, DropoutMasks.evaluation(), Mlp.HiddenGradient.NONE);
        return backend.read(network.gradients());
    }

    /** ∇L of each sample alone, samples × parameters. */
    public double[][] perSample(double[] parameters) {
        return IntStream.range(0, samples).mapToObj(s -> of(parameters, s)).toArray(double[][]::new);
    }
}
