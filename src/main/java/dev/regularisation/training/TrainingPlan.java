package dev.regularisation.training;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Minibatches;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Penalty;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that determines a training run, but for the backend that carries it out.
 *
 * @param problem      what to learn
 * @param layers       sizes of the network, {@code problem.dimensions()} first, 1 last
 * @param dropout      probability of zeroing a hidden activation in training, in [0, 1)
 * @param optimiser    update rule, learning rate and weight decay
 * @param l2           strength of {@link L2} by hand; 0 for none
 * @param l1           strength of {@link L1} by hand; 0 for none
 * @param activationL1 strength of {@link ActivationL1}; 0 for none
 * @param epochs       passes over the training samples, at least 1
 * @param batchSize    samples in a minibatch, at most {@code problem.trainSize()}
 * @param seed         seed of every stage; its low 32 bits count, as in PyTorch
 */
public record TrainingPlan(
        LinearProblem problem,
        List<Integer> layers,
        double dropout,
        OptimiserPlan optimiser,
        double l2,
        double l1,
        double activationL1,
        int epochs,
        int batchSize,
        long seed) {

    /** A history has an entry for each epoch and one more. */
    private static final int MAX_EPOCHS = Integer.MAX_VALUE - 64;

    public TrainingPlan {
        layers = List.copyOf(layers);
        Mlp.requireSizes(layers);
        if (layers.get(0) != problem.dimensions()) {
            throw new IllegalArgumentException("layers: wanted " + problem.dimensions()
                    + " inputs, one for each dimension of the data, got " + layers
                    + "; begin the layers with the dimensions");
        }
        if (layers.get(layers.size() - 1) != 1) {
            throw new IllegalArgumentException(
                    "layers: wanted 1 output, for the one label of a sample, got " + layers + "; end the layers with 1");
        }
        new Dropout(dropout);
        new L2(l2);
        new L1(l1);
        new ActivationL1(activationL1);
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: wanted at least 1, got " + epochs);
        }
        if (epochs > MAX_EPOCHS) {
            throw new IllegalArgumentException("epochs: wanted at most " + MAX_EPOCHS + ", to be recorded in one array, got "
                    + epochs + "; ask for fewer");
        }
        new Minibatches(problem.trainSize(), batchSize);
    }

    /** The post's plain MLP at the post's seed, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with this plan; a full batch stays a full batch when the training size changes. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.problem = problem;
        builder.layers = layers;
        builder.dropout = dropout;
        builder.optimiser = optimiser;
        builder.l2 = l2;
        builder.l1 = l1;
        builder.activationL1 = activationL1;
        builder.epochs = epochs;
        builder.batchSize = batchSize == problem.trainSize() ? Builder.FULL_BATCH : batchSize;
        builder.seed = seed;
        return builder;
    }

    /** The penalties on parameters that are switched on. */
    public List<Penalty> penalties() {
        List<Penalty> penalties = new ArrayList<>();
        if (l2 != 0) {
            penalties.add(new L2(l2));
        }
        if (l1 != 0) {
            penalties.add(new L1(l1));
        }
        return penalties;
    }

    /** Sets some values of a plan and leaves the others as they were. */
    public static final class Builder {

        private static final int FULL_BATCH = 0;

        private LinearProblem problem = LinearProblem.POST;
        private List<Integer> layers = List.of(50, 25, 25, 1);
        private double dropout;
        private OptimiserPlan optimiser = new OptimiserPlan(OptimiserPlan.Rule.ADAM, 0.01, 0);
        private double l2;
        private double l1;
        private double activationL1;
        private int epochs = 1000;
        private int batchSize = FULL_BATCH;
        private long seed = 42;

        private Builder() {
        }

        public Builder problem(LinearProblem value) {
            problem = value;
            return this;
        }

        public Builder trainSize(int value) {
            problem = problem.withTrainSize(value);
            return this;
        }

        public Builder layers(List<Integer> value) {
            layers = value;
            return this;
        }

        public Builder layers(Integer... value) {
            return layers(List.of(value));
        }

        public Builder dropout(double value) {
            dropout = value;
            return this;
        }

        public Builder optimiser(OptimiserPlan value) {
            optimiser = value;
            return this;
        }

        public Builder learningRate(double value) {
            return optimiser(new OptimiserPlan(
                    optimiser.rule(), value, optimiser.weightDecay(), optimiser.epsilon()));
        }

        public Builder weightDecay(double value) {
            return optimiser(new OptimiserPlan(
                    optimiser.rule(), optimiser.learningRate(), value, optimiser.epsilon()));
        }

        public Builder rule(OptimiserPlan.Rule value) {
            return optimiser(new OptimiserPlan(
                    value, optimiser.learningRate(), optimiser.weightDecay(), optimiser.epsilon()));
        }

        public Builder epsilon(double value) {
            return optimiser(new OptimiserPlan(
                    optimiser.rule(), optimiser.learningRate(), optimiser.weightDecay(), value));
        }

        public Builder l2(double value) {
            l2 = value;
            return this;
        }

        public Builder l1(double value) {
            l1 = value;
            return this;
        }

        public Builder activationL1(double value) {
            activationL1 = value;
            return this;
        }

        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** A minibatch of {@code value} samples. */
        public Builder batchSize(int value) {
            if (value == FULL_BATCH) {
                throw new IllegalArgumentException("batch size: wanted at least 1, got 0; leave it out for the full batch");
            }
            batchSize = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** The plan; throws {@link IllegalArgumentException} where its parts do not fit. */
        public TrainingPlan build() {
            int batch = batchSize == FULL_BATCH ? problem.trainSize() : batchSize;
            return new TrainingPlan(
                    problem, layers, dropout, optimiser, l2, l1, activationL1, epochs, batch, seed);
        }
    }
}
