package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import java.util.Optional;

/**
 * The run of {@link TrainingLoop}, its parameters to the last bit, carried out step by step, so that it can be looked at between
 * steps. Nothing is recorded and no loss is computed, so that patience ends no such run.
 *
 * <p>To {@link #next} belongs all that a step depends on, gradients included; {@link #step} is the optimiser's. A step begins
 * with the parameters that the one before it left.
 */
public final class StepwiseRun {

    private final TrainingPlan plan;
    private final Backend backend;
    private final TrainingPass pass;
    private final Optimiser optimiser;
    private final TorchGenerator generator;
    private final Tensor[] preActivations;
    private int epoch;
    private int batch;

    /**
     * A run before its first step.
     *
     * @param draws   where the plan's samples are found or, the first time, drawn
     * @param backend used by this run alone while it lasts
     */
    public StepwiseRun(TrainingPlan plan, Draws draws, Backend backend) {
        this.plan = plan;
        this.backend = backend;
        Dataset data = draws.of(plan.problem(), plan.seed(), plan.streams());
        pass = new TrainingPass(plan, data, backend);
        optimiser = plan.optimiser().create(backend, pass.network.parameters().size());
        generator = plan.generator();
        preActivations = new Tensor[pass.network.hiddenLayers()];
        initialPass(data);
    }

    /** What epoch 0 takes from the stream. */
    private void initialPass(Dataset data) {
        pass.begin(generator);
        for (int i = 0; i < pass.minibatches.count(); i++) {
            pass.masks.redraw(generator);
        }
        LoaderOrder.plainPass(generator);
        DropoutMasks.draw(pass.dropout, pass.network, data.validation().size(), generator);
        batch = pass.minibatches.count() - 1;
    }

    /** Goes on to the next step, up to its gradients; false, and nothing else, after the last. */
    public boolean next() {
        if (batch + 1 == pass.minibatches.count()) {
            if (epoch == plan.epochs()) {
                return false;
            }
            if (epoch > 0) {
                LoaderOrder.plainPass(generator);
            }
            epoch++;
            batch = -1;
            pass.begin(generator);
        }
        batch++;
        pass.forward(batch, generator);
        pass.backward();
        return true;
    }

    /** The step of the optimiser. */
    public void step() {
        optimiser.step(pass.network.parameters(), pass.network.gradients());
    }

    /** What is trained. */
    public TrainingPlan plan() {
        return plan;
    }

    /** The epoch of the step, from 1 on. */
    public int epoch() {
        return epoch;
    }

    /** The batch of the step in its epoch, from 1 on. */
    public int batch() {
        return batch + 1;
    }

    /** Steps of an epoch. */
    public int batches() {
        return pass.minibatches.count();
    }

    /** Which training sample stands in a column of the batch. */
    public int sample(int column) {
        return pass.order[pass.minibatches.start(batch) + column];
    }

    /** θ, laid out as {@link Mlp}'s; copied into {@code values}. */
    public void parameters(double[] values) {
        backend.read(pass.network.parameters(), values);
    }

    /** The second moment by whose root the optimiser divides, as its last step left it, a copy; nothing for a rule without one. */
    public Optional<double[]> secondMoment() {
        return optimiser.secondMoment().map(backend::read);
    }

    /** Output of a hidden layer after dropout and activation, {@code units × samples of the batch}, row-major; copied. */
    public void hidden(int layer, double[] values) {
        backend.read(pass.activations.hidden(layer), values);
    }

    /** What the activation of a hidden layer was given, same shape; a copy. To be asked for after {@link #next}, before {@link #step}. */
    public double[] preActivation(int layer) {
        if (preActivations[layer] == null) {
            preActivations[layer] = backend.batch(pass.network.layer(layer).outputs(), pass.activations.samples());
        }
        pass.network.preActivation(layer, pass.batchX, pass.activations, pass.masks, preActivations[layer]);
        return backend.read(preActivations[layer]);
    }

    /** The prediction less the label, of each sample of the batch; each in the backend's precision. */
    public double[] errors() {
        double[] errors = backend.read(pass.activations.prediction());
        double[] labels = backend.read(pass.batchY);
        for (int s = 0; s < errors.length; s++) {
            errors[s] = backend.precision().round(errors[s] - labels[s]);
        }
        return errors;
    }
}
