package dev.regularisation.post;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The post's seven experiments, in its order, with the settings of its notebook. */
public enum PostExperiment {
    /** Linear regression by gradient descent, the benchmark. */
    LINEAR("linear", "Linear model", plan -> plan.layers(plan.features(), 1).learningRate(0.1).epochs(500)),
    /** The plain MLP, which overfits. */
    MLP("mlp", "Plain MLP", UnaryOperator.identity()),
    /** Weight decay by the optimiser. */
    WEIGHT_DECAY("mlp-weight-decay", "Weight decay", plan -> plan.weightDecay(0.085)),
    /** The same penalty added to the gradient by hand. */
    L2("mlp-l2", "L2 by hand", plan -> plan.l2(0.085)),
    /** L1 added to the gradient by hand. */
    L1("mlp-l1", "L1", plan -> plan.l1(0.021).epochs(2000)),
    /** Minibatches of 32. */
    MINIBATCH("mlp-minibatch", "Minibatches", plan -> plan.batchSize(32)),
    /** Dropout with probability 0.1. */
    DROPOUT("mlp-dropout", "Dropout", plan -> plan.dropout(0.1).epochs(2000));

    private final String id;
    private final String title;
    private final UnaryOperator<TrainingPlan.Builder> settings;

    PostExperiment(String id, String title, UnaryOperator<TrainingPlan.Builder> settings) {
        this.id = id;
        this.title = title;
        this.settings = settings;
    }

    /** The name in file names, options and tables, such as {@code mlp-l1}. */
    public String id() {
        return id;
    }

    /** The name in titles and legends. */
    public String title() {
        return title;
    }

    /** The plan at a seed and training size; the post's are 42 and 200, then 400. */
    public TrainingPlan plan(long seed, int trainSize) {
        return plan(LinearProblem.POST, seed, trainSize);
    }

    /** The same on the samples of another problem: the method is the post's, the network begins with their features. */
    public TrainingPlan plan(Problem problem, long seed, int trainSize) {
        return settings.apply(TrainingPlan.builder().problem(problem.withTrainSize(trainSize))).seed(seed).build();
    }

    /** The experiment of that {@link #id()}. */
    public static PostExperiment of(String id) {
        return Arrays.stream(values()).filter(e -> e.id.equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("experiment: wanted one of "
                        + Arrays.stream(values()).map(PostExperiment::id).collect(Collectors.joining(", "))
                        + ", got \"" + id + "\""));
    }

    @Override
    public String toString() {
        return id;
    }
}
