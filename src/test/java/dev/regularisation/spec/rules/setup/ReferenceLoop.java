package dev.regularisation.spec.rules.setup;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.Set;

/** The notebook's training loop once more, in as few words as it takes, or with something else in it. */
final class ReferenceLoop {

    /** Another loop than the notebook's. */
    enum Variant {
        KEEPS_THE_INCOMPLETE_BATCH, SHUFFLES_ONCE, STARTS_WITHOUT_A_RECORD, VALIDATES_AT_FIRST_IN_EVALUATION_MODE,
        VALIDATES_IN_TRAINING_MODE, TAKES_LOSSES_AFTER_STEPS, GOES_ON_WITH_THE_STREAM_OF_THE_WEIGHTS
    }

    /** What a loop records: losses of all epochs and the last parameters. */
    record Trace(double[] train, double[] validation, double[] last) {
    }

    private final CpuBackend backend = new CpuBackend();
    private final MeanSquaredError loss = new MeanSquaredError();
    private final TrainingPlan plan;
    private final Set<Variant> variants;
    private final Dataset data;
    private final Mlp network;
    private final Dropout dropout;
    private TorchGenerator generator;
    private int[] order = {};

    private ReferenceLoop(TrainingPlan plan, Set<Variant> variants) {
        this.plan = plan;
        this.variants = variants;
        data = plan.problem().draw(plan.seed());
        network = new Mlp(backend, plan.layers());
        dropout = new Dropout(plan.dropout());
        generator = new TorchGenerator(plan.seed());
    }

    static Trace run(TrainingPlan plan, Variant... variants) {
        return new ReferenceLoop(plan, Set.of(variants)).run();
    }

    private Trace run() {
        network.initialise(generator);
        if (!variants.contains(Variant.GOES_ON_WITH_THE_STREAM_OF_THE_WEIGHTS)) {
            generator = new TorchGenerator(plan.seed());
        }
        Optimiser optimiser = plan.optimiser().create(backend, network.parameters().size());
        double[] train = new double[plan.epochs() + 1];
        double[] validation = train.clone();
        for (int epoch = variants.contains(Variant.STARTS_WITHOUT_A_RECORD) ? 1 : 0; epoch <= plan.epochs(); epoch++) {
            train[epoch] = trainingPass(epoch == 0 ? null : optimiser);
            boolean masked = epoch == 0 && !variants.contains(Variant.VALIDATES_AT_FIRST_IN_EVALUATION_MODE)
                    || variants.contains(Variant.VALIDATES_IN_TRAINING_MODE);
            LoaderOrder.plainPass(generator);
            validation[epoch] = lossOf(data.validation(), masked ? DropoutMasks.draw(dropout, network, data.validation().size(),
                    generator) : DropoutMasks.evaluation(), null);
        }
        return new Trace(train, validation, backend.read(network.parameters()));
    }

    /** The mean over batches of the loss before each step, penalties not counted. */
    private double trainingPass(Optimiser optimiser) {
        int size = data.train().size();
        int[] drawn = LoaderOrder.shuffledPass(generator, size);
        order = variants.contains(Variant.SHUFFLES_ONCE) && order.length > 0 ? order : drawn;
        double sum = 0;
        int batches = 0;
        for (int from = 0; from < size; from += plan.batchSize()) {
            int to = Math.min(from + plan.batchSize(), size);
            if (to - from == plan.batchSize() || variants.contains(Variant.KEEPS_THE_INCOMPLETE_BATCH)) {
                Samples batch = chosen(data.train(), Arrays.copyOfRange(order, from, to));
                DropoutMasks masks = DropoutMasks.draw(dropout, network, batch.size(), generator);
                double before = lossOf(batch, masks, optimiser);
                sum += variants.contains(Variant.TAKES_LOSSES_AFTER_STEPS) ? lossOf(batch, masks, null) : before;
                batches++;
            }
        }
        return sum / batches;
    }

    /** The loss under masks, and a step after it where there is an optimiser. */
    private double lossOf(Samples samples, DropoutMasks masks, Optimiser optimiser) {
        Tensor x = Inputs.of(backend, samples, samples.size());
        Tensor y = backend.tensor(1, samples.size(), Inputs.labels(samples, samples.size()));
        Activations activations = network.activations(samples.size());
        network.forward(x, activations, masks, 0);
        double value = loss.value(backend, activations.prediction(), y);
        if (optimiser != null) {
            loss.gradient(backend, activations.prediction(), y, activations.predictionGradient());
            network.backward(x, activations, masks, Mlp.HiddenGradient.NONE);
            plan.regularisers().forEach(penalty -> penalty.addGradient(backend, network.parameters(), network.gradients()));
            optimiser.step(network.parameters(), network.gradients());
        }
        return value;
    }

    private static Samples chosen(Samples samples, int[] which) {
        float[] x = new float[which.length * samples.features()];
        float[] y = new float[which.length];
        for (int s = 0; s < which.length; s++) {
            System.arraycopy(samples.x(), which[s] * samples.features(), x, s * samples.features(), samples.features());
            y[s] = samples.y()[which[s]];
        }
        return new Samples(which.length, samples.features(), x, y);
    }
}
