package dev.regularisation.training;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Minibatches;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Problems;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Regulariser;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.random.Streams;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.setting.Limits;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Everything that determines a training run, but for the backend that carries it out: a problem, and values of
 * {@link #SETTINGS}. The standard is the post's plain MLP at the post's seed.
 *
 * <p>Plans of equal problems and settings are equal. A full batch is one however it was asked for, and so are the layers that
 * are standard for a problem.
 */
public final class TrainingPlan {

    /** The seed of every stage of the post's notebook. */
    public static final long POST_SEED = 42;

    /** Units of each layer. */
    public static final Setting<List<Integer>> LAYERS = Setting.wholes("layers")
            .means("Sizes of the layers, the features first, 1 last; 50,1 is a linear model.").check(Architecture::new)
            .leftOut("the features, then 25,25,1");

    /** Passes over the training samples. */
    public static final Setting<Integer> EPOCHS = Setting.whole("epochs").means("Passes over the training samples.")
            .check(TrainingPlan::requireEpochs).standard(1000);

    /** Samples in a minibatch. */
    public static final Setting<Integer> BATCH_SIZE = Setting.whole("batch size")
            .means("Samples in a minibatch, at most the training size; an incomplete last one is left out.")
            .check(TrainingPlan::requireBatch).leftOut("the full batch");

    /** When to give up. */
    public static final Setting<Integer> PATIENCE = Setting.whole("patience")
            .means("Stops after this many epochs without a better validation loss.").reads("patience {}")
            .check(TrainingPlan::requirePatience).leftOut("no end before the last epoch");

    /** Seed of every stage. */
    public static final Setting<Long> SEED = Setting.longWhole("seed")
            .means("Seed of data, initial weights and passes; its low 32 bits count, as in PyTorch.")
            .standard(POST_SEED);

    /** On which processors PyTorch draws alike. */
    public static final Setting<Streams> STREAMS = Setting.choice("streams", List.of(Streams.values()), Streams::id, Streams::id)
            .means("{}: PyTorch's draws with AVX2, with MKL's dropout masks (Intel, old), or without AVX2.")
            .reads("streams {}").standard(Streams.TORCH);

    /** Which of the runs that begin beside this one. */
    public static final Setting<Integer> NEIGHBOUR = Setting.whole("neighbour")
            .means("The N-th neighbour of the run: its initial parameters, moved by up to a unit in the last place. 0 for none.")
            .reads("neighbour {}").check(TrainingPlan::requireNeighbour).standard(0);

    /** What a plan can choose, in the order in which it is shown. */
    public static final List<Setting<?>> SETTINGS = Stream.of(
            List.<Setting<?>>of(LAYERS, Architecture.NO_BIAS, Architecture.ACTIVATION), Loss.settings(),
            OptimiserPlan.allSettings(), Regularisers.settings(),
            List.<Setting<?>>of(Dropout.PROBABILITY, BATCH_SIZE, EPOCHS, PATIENCE),
            Problems.settings(), List.<Setting<?>>of(SEED, STREAMS, NEIGHBOUR)).<Setting<?>>flatMap(List::stream).toList();

    /** A history has an entry for each epoch and one more. */
    private static final int MAX_EPOCHS = Limits.LARGEST_ARRAY;

    private final Problem problem;
    private final Settings settings;
    private final Architecture architecture;
    private final Loss loss;
    private final OptimiserPlan optimiser;
    private final List<Regulariser> regularisers;

    /**
     * A plan.
     *
     * @param problem what to learn
     * @param chosen  values of {@link #SETTINGS}; those of the problem are the problem's own, whatever is chosen here
     * @throws IllegalArgumentException where parts do not fit
     */
    public TrainingPlan(Problem problem, Settings chosen) {
        this.problem = problem;
        List<Integer> standardLayers = List.of(problem.features(), 25, 25, 1);
        List<Integer> layers = Objects.requireNonNullElse(chosen.get(LAYERS), standardLayers);
        requireEnds(layers, problem);
        Integer batch = chosen.get(BATCH_SIZE);
        new Minibatches(problem.trainSize(), batch == null ? problem.trainSize() : batch);
        Settings own = chosen;
        if (layers.equals(standardLayers)) {
            own = own.with(LAYERS, null);
        }
        if (batch != null && batch == problem.trainSize()) {
            own = own.with(BATCH_SIZE, null);
        }
        for (Setting<?> setting : Problems.settings()) {
            own = own.with(setting, null);
        }
        this.settings = own;
        this.architecture = new Architecture(layers, own.get(Architecture.ACTIVATION), !own.get(Architecture.NO_BIAS));
        this.loss = Loss.of(own);
        this.optimiser = new OptimiserPlan(own.get(OptimiserPlan.RULE), own);
        this.regularisers = Regularisers.of(own);
    }

    private static void requireEnds(List<Integer> layers, Problem problem) {
        if (layers.get(0) != problem.features()) {
            throw new IllegalArgumentException("layers: wanted " + problem.features()
                    + " inputs, one for each feature of the samples, got " + layers
                    + "; begin the layers with the number of features");
        }
        if (layers.get(layers.size() - 1) != 1) {
            throw new IllegalArgumentException(
                    "layers: wanted 1 output, for the one label of a sample, got " + layers + "; end the layers with 1");
        }
    }

    private static void requireEpochs(int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: wanted at least 1, got " + epochs);
        }
        if (epochs > MAX_EPOCHS) {
            throw new IllegalArgumentException("epochs: wanted at most " + MAX_EPOCHS + ", to be recorded in one array, got "
                    + epochs + "; ask for fewer");
        }
    }

    private static void requireBatch(int size) {
        if (size == 0) {
            throw new IllegalArgumentException("batch size: wanted at least 1, got 0; leave it out for the full batch");
        }
    }

    private static void requireNeighbour(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("neighbour: wanted 0 for none, or a number from 1 on, got " + number);
        }
    }

    private static void requirePatience(int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("patience: wanted at least 1 epoch, got " + epochs
                    + "; leave it out to train to the last epoch");
        }
    }

    /** The post's plain MLP at the post's seed, to be changed. */
    public static Builder builder() {
        return new Builder(LinearProblem.POST, Settings.STANDARD);
    }

    /** A builder that begins with this plan; a full batch stays a full batch when the training size changes. */
    public Builder toBuilder() {
        return new Builder(problem, settings);
    }

    /** The value of a setting that is not the problem's. */
    public <T> T get(Setting<T> setting) {
        return settings.get(setting);
    }

    /** Every setting, the problem's too. */
    public Settings settings() {
        return settings.and(problem.settings());
    }

    /** What is not as in the post's plain MLP at the post's seed, by the name that files use, as JSON has it. */
    public Map<String, Object> changed() {
        return settings().changed(SETTINGS);
    }

    /** What to learn. */
    public Problem problem() {
        return problem;
    }

    /** The network. */
    public Architecture architecture() {
        return architecture;
    }

    /** Sizes of the network, inputs first, 1 last. */
    public List<Integer> layers() {
        return architecture.sizes();
    }

    /** Probability of zeroing a hidden activation in training. */
    public double dropout() {
        return get(Dropout.PROBABILITY);
    }

    /** What is minimised, but for penalties. */
    public Loss loss() {
        return loss;
    }

    /** Update rule, learning rate and weight decay. */
    public OptimiserPlan optimiser() {
        return optimiser;
    }

    /** The regularisers by hand that are switched on, in the order in which they add to the gradient. */
    public List<Regulariser> regularisers() {
        return regularisers;
    }

    /** Strength of {@link L2} by hand; 0 for none. */
    public double l2() {
        return get(L2.STRENGTH);
    }

    /** Strength of {@link L1} by hand; 0 for none. */
    public double l1() {
        return get(L1.STRENGTH);
    }

    /** Passes over the training samples, if patience does not end them. */
    public int epochs() {
        return get(EPOCHS);
    }

    /** Samples in a minibatch. */
    public int batchSize() {
        return Objects.requireNonNullElse(get(BATCH_SIZE), problem.trainSize());
    }

    /** Seed of every stage. */
    public long seed() {
        return get(SEED);
    }

    /** On which processors PyTorch draws alike. */
    public Streams streams() {
        return get(STREAMS);
    }

    /** A new generator of those streams at the seed: with which each stage begins. */
    public TorchGenerator generator() {
        return new TorchGenerator(seed(), streams());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingPlan that && problem.equals(that.problem) && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(problem, settings);
    }

    @Override
    public String toString() {
        return "plan of " + problem + " " + settings;
    }

    /** Sets some values of a plan and leaves the others as they were. */
    public static final class Builder {

        private Problem problem;
        private Settings settings;

        private Builder(Problem problem, Settings settings) {
            this.problem = problem;
            this.settings = settings;
        }

        /** Any setting that is not the problem's; null takes a choice back. */
        public <T> Builder set(Setting<T> setting, T value) {
            settings = settings.with(setting, value);
            return this;
        }

        /** Number of features of the problem so far. */
        public int features() {
            return problem.features();
        }

        public Builder problem(Problem value) {
            problem = value;
            return this;
        }

        public Builder trainSize(int value) {
            problem = problem.withTrainSize(value);
            return this;
        }

        public Builder layers(List<Integer> value) {
            return set(LAYERS, value);
        }

        public Builder layers(Integer... value) {
            return layers(List.of(value));
        }

        public Builder dropout(double value) {
            return set(Dropout.PROBABILITY, value);
        }

        public Builder optimiser(OptimiserPlan value) {
            settings = settings.and(value.settings(), OptimiserPlan.allSettings());
            return this;
        }

        public Builder learningRate(double value) {
            return set(OptimiserPlan.LEARNING_RATE, value);
        }

        public Builder weightDecay(double value) {
            return set(OptimiserPlan.WEIGHT_DECAY, value);
        }

        public Builder rule(OptimiserPlan.UpdateRule value) {
            return set(OptimiserPlan.RULE, value);
        }

        public Builder l2(double value) {
            return set(L2.STRENGTH, value);
        }

        public Builder l1(double value) {
            return set(L1.STRENGTH, value);
        }

        public Builder epochs(int value) {
            return set(EPOCHS, value);
        }

        /** A minibatch of {@code value} samples. */
        public Builder batchSize(int value) {
            return set(BATCH_SIZE, value);
        }

        public Builder seed(long value) {
            return set(SEED, value);
        }

        /** The plan; throws {@link IllegalArgumentException} where its parts do not fit. */
        public TrainingPlan build() {
            return new TrainingPlan(problem, settings);
        }
    }
}
