package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.support.PostRuns;
import java.util.Arrays;
import java.util.List;

/**
 * What a network of the post loses when one of its hidden units is taken away, unit by unit.
 *
 * @param rises validation loss without the unit minus that of the whole network, one for each hidden unit
 */
record Removal(double[] rises) {

    /** 1,000 validation samples of the same truth; a mean over units needs no more. */
    private static final LinearProblem PROBLEM = new LinearProblem(50, PostRuns.TRAIN_SIZE, 1000, 0.2);
    private static final Architecture ARCHITECTURE = new Architecture(List.of(50, 25, 25, 1));

    /** Of the network that the post's seed ends with, on a backend. */
    static Removal ofPost(Runs runs, PostExperiment experiment) {
        return of(runs.of(experiment).last().parameters());
    }

    private static Removal of(double[] parameters) {
        Samples samples = PROBLEM.draw(PostRuns.SEED).validation();
        Backend backend = new CpuBackend();
        Mlp network = new Mlp(backend, ARCHITECTURE);
        Activations activations = network.activations(samples.size());
        Tensor x = Inputs.of(backend, samples, samples.size());
        Tensor y = backend.tensor(1, samples.size(), Inputs.labels(samples, samples.size()));
        int hidden = ARCHITECTURE.sizes().get(1) + ARCHITECTURE.sizes().get(2);
        double[] losses = new double[hidden + 1];
        for (int unit = 0; unit <= hidden; unit++) {
            backend.write(unit == hidden ? parameters : without(parameters, unit), network.parameters());
            network.forward(x, activations);
            losses[unit] = new MeanSquaredError().value(backend, activations.prediction(), y);
        }
        return new Removal(Arrays.stream(losses, 0, hidden).map(loss -> loss - losses[hidden]).toArray());
    }

    /** The parameters with all weights from a hidden unit to the next layer at zero; a copy. */
    private static double[] without(double[] parameters, int unit) {
        int layer = unit < ARCHITECTURE.sizes().get(1) ? 1 : 2;
        int column = layer == 1 ? unit : unit - ARCHITECTURE.sizes().get(1);
        int from = ARCHITECTURE.parameterCount(0) + (layer == 1 ? 0 : ARCHITECTURE.parameterCount(1));
        double[] copy = parameters.clone();
        for (int row = 0; row < ARCHITECTURE.sizes().get(layer + 1); row++) {
            copy[from + row * ARCHITECTURE.sizes().get(layer) + column] = 0;
        }
        return copy;
    }

    /** The mean rise. */
    double mean() {
        return Arrays.stream(rises).average().orElseThrow();
    }

    /** The rise by the unit that the network needs most. */
    double most() {
        return Arrays.stream(rises).max().orElseThrow();
    }
}
