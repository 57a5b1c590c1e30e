package dev.regularisation.backend.kit;

import dev.regularisation.backend.Activation;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Huber;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.Sgd;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run short enough for a rule: one of the post's, or a plan of choices that the post does not make.
 *
 * @param name of the plan, for messages
 * @param plan what is trained
 */
public record ShortRun(String name, TrainingPlan plan) {

    static final ShortRun MINIBATCH = of(PostExperiment.MINIBATCH);

    private static ShortRun of(PostExperiment experiment) {
        LinearProblem problem = new LinearProblem(50, 200, 500, 0.2);
        return new ShortRun(experiment.name(), experiment.plan(42, problem.trainSize()).toBuilder()
                .problem(problem).epochs(20).build());
    }

    /** Ten epochs of a small network. */
    private static TrainingPlan.Builder small(Activation activation, Loss.Of loss, UpdateRule rule) {
        return TrainingPlan.builder().problem(new LinearProblem(10, 70, 100, 0.2)).layers(10, 17, 8, 1).epochs(10)
                .set(Architecture.ACTIVATION, activation).set(Loss.Of.SETTING, loss).rule(rule);
    }

    /** Every activation, loss and rule, penalties that spare biases, and no biases at all. */
    private static Stream<ShortRun> choices() {
        return Stream.of(
                new ShortRun("leaky rectifier, huber, momentum, no bias",
                        small(Activation.LEAKY_RELU, Loss.Of.HUBER, UpdateRule.SGD).set(Sgd.MOMENTUM, 0.9)
                                .set(Architecture.NO_BIAS, true).build()),
                new ShortRun("tanh, mae, nesterov, L1 on weights, 6 left over",
                        small(Activation.TANH, Loss.Of.MAE, UpdateRule.SGD).set(Sgd.MOMENTUM, 0.8).set(Sgd.NESTEROV, true)
                                .l1(0.01).set(Regularisers.SCOPE, Scope.WEIGHTS).batchSize(16).build()),
                new ShortRun("sigmoid, huber, betas, L2 on weights, dropout",
                        small(Activation.SIGMOID, Loss.Of.HUBER, UpdateRule.ADAM).set(Huber.DELTA, 0.5)
                                .set(AdamMoments.BETAS, List.of(0.7, 0.95)).l2(0.1).set(Regularisers.SCOPE, Scope.WEIGHTS)
                                .dropout(0.2).build()),
                new ShortRun("silu, adamw, dropout, L1 on activations, 6 left over",
                        small(Activation.SILU, Loss.Of.MSE, UpdateRule.ADAMW).set(OptimiserPlan.WEIGHT_DECAY, 0.3).dropout(0.1)
                                .set(ActivationL1.STRENGTH, 0.05).batchSize(32).build()),
                new ShortRun("no activation, mae, epsilon",
                        small(Activation.IDENTITY, Loss.Of.MAE, UpdateRule.ADAM).set(AdamMoments.EPSILON, 0.01).build()));
    }

    /** All of them. */
    static List<ShortRun> all() {
        return Stream.concat(Arrays.stream(PostExperiment.values()).map(ShortRun::of), choices()).toList();
    }

    /** Without those of the post that are like others. */
    static List<ShortRun> few() {
        return Stream.concat(Stream.of(PostExperiment.MLP, PostExperiment.DROPOUT).map(ShortRun::of), choices()).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
