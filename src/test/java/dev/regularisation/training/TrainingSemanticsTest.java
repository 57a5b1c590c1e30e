package dev.regularisation.training;

import static dev.regularisation.training.SmallPlans.PLAIN;
import static dev.regularisation.training.SmallPlans.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an epoch is: which samples it sees, in which mode, and what its losses are. */
class TrainingSemanticsTest {

    private final CpuBackend backend = new CpuBackend();

    @Test
    @DisplayName("epoch 0 takes no step: its parameters are PyTorch's initial ones")
    void epochZeroTakesNoStep() {
        TrainingResult result = train(PLAIN);

        assertThat(parameters(result.history(), 0)).isEqualTo(initialParameters(PLAIN));
        assertThat(parameters(result.history(), 1)).isNotEqualTo(initialParameters(PLAIN));
    }

    @Test
    @DisplayName("every full batch is a step, and the samples left over are none")
    void lastMinibatchIsDropped() {
        AtomicInteger steps = new AtomicInteger();
        TrainingPlan plan = PLAIN.toBuilder().batchSize(6).build();

        TrainingLoop.train(plan, countingSteps(steps));

        assertThat(steps).hasValue(10 * (20 / 6));
    }

    private Backend countingSteps(AtomicInteger steps) {
        return (Backend) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("adam")) {
                        steps.incrementAndGet();
                    }
                    try {
                        return method.invoke(backend, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    @DisplayName("the training loss is the mean over the full batches of the loss before each step; epoch 0's by hand")
    void trainingLossOfEpochZero() {
        TrainingPlan plan = PLAIN.toBuilder().batchSize(6).build();
        TrainingResult result = train(plan);
        int[] order = LoaderOrder.shuffledPass(new TorchGenerator(plan.seed()), 20);
        double[] errors = squaredErrors(plan, initialParameters(plan), result.data().train(), DropoutMasks.evaluation());

        double seen = IntStream.range(0, 18).mapToDouble(i -> errors[order[i]]).average().orElseThrow();
        double all = IntStream.range(0, 20).mapToDouble(i -> errors[order[i]]).average().orElseThrow();

        // Another order of the same sum in double.
        assertThat(result.history().trainLoss(0)).isCloseTo(seen, offset(1e-14));
        assertThat(Math.abs(seen - all)).as("what the two samples left over would change").isGreaterThan(1e-3);
    }

    @Test
    @DisplayName("a full batch's loss before its first step is the initial model's, so epochs 0 and 1 agree up to order")
    void lossIsTakenBeforeTheStep() {
        History history = train(PLAIN).history();

        // The same 20 squares, summed in double in another order.
        assertThat(history.trainLoss(1)).isCloseTo(history.trainLoss(0), offset(1e-14));
        assertThat(Math.abs(history.trainLoss(2) - history.trainLoss(1))).isGreaterThan(1e-6);
    }

    @Test
    @DisplayName("from epoch 1 validation is in evaluation mode, dropout or not")
    void validationInEvaluationMode() {
        TrainingPlan plan = PLAIN.toBuilder().dropout(0.5).build();
        TrainingResult result = train(plan);

        for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
            assertThat(result.history().validationLoss(epoch)).isEqualTo(loss(
                    plan, parameters(result.history(), epoch), result.data().validation(), DropoutMasks.evaluation()));
        }
    }

    @Test
    @DisplayName("at epoch 0 validation is in training mode, with masks drawn after those of the training pass")
    void validationAtEpochZeroUsesDropout() {
        TrainingPlan plan = PLAIN.toBuilder().dropout(0.5).build();
        TrainingResult result = train(plan);
        double[] initial = initialParameters(plan);
        Mlp network = new Mlp(backend, plan.layers());
        TorchGenerator generator = new TorchGenerator(plan.seed());
        LoaderOrder.shuffledPass(generator, 20);
        DropoutMasks.draw(new Dropout(0.5), network, 20, generator);
        LoaderOrder.plainPass(generator);
        DropoutMasks masks = DropoutMasks.draw(new Dropout(0.5), network, 50, generator);

        Samples validation = result.data().validation();
        assertThat(result.history().validationLoss(0)).isEqualTo(loss(plan, initial, validation, masks))
                .isNotEqualTo(loss(plan, initial, validation, DropoutMasks.evaluation()));
    }

    @Test
    @DisplayName("penalties are no part of a loss: with them, the losses are those of the parameters alone")
    void penaltiesAreNotInTheLoss() {
        TrainingPlan plan = PLAIN.toBuilder().l1(0.3).l2(0.7).set(ActivationL1.STRENGTH, 0.4).weightDecay(0.2).build();
        TrainingResult result = train(plan);
        History plain = train(PLAIN).history();

        assertThat(result.history().trainLoss(0)).isEqualTo(plain.trainLoss(0));
        assertThat(result.history().trainLoss(1)).isEqualTo(plain.trainLoss(1));
        assertThat(result.history().trainLoss(2)).isNotEqualTo(plain.trainLoss(2));
        for (int epoch = 0; epoch <= plan.epochs(); epoch++) {
            assertThat(result.history().validationLoss(epoch)).isEqualTo(loss(
                    plan, parameters(result.history(), epoch), result.data().validation(), DropoutMasks.evaluation()));
        }
    }

    @Test
    @DisplayName("every penalty changes the run, each in its own way")
    void penaltiesChangeTheRun() {
        assertThat(List.of(
                train(PLAIN).history().sha256(),
                train(PLAIN.toBuilder().l1(0.1)).history().sha256(),
                train(PLAIN.toBuilder().l2(0.1)).history().sha256(),
                train(PLAIN.toBuilder().set(ActivationL1.STRENGTH, 0.1)).history().sha256(),
                train(PLAIN.toBuilder().dropout(0.1)).history().sha256())).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("penalties on weights alone leave biases free in a step, and weights as penalties on everything do")
    void penaltiesOnWeights() {
        TrainingPlan.Builder step = PLAIN.toBuilder().rule(OptimiserPlan.UpdateRule.SGD).epochs(1);
        for (UnaryOperator<TrainingPlan.Builder> penalty : List.<UnaryOperator<TrainingPlan.Builder>>of(
                plan -> plan.l1(0.5), plan -> plan.l2(0.5), plan -> plan.l1(0.25).l2(0.5))) {
            double[] without = parameters(train(step.build()).history(), 1);
            double[] everything = parameters(train(penalty.apply(step.build().toBuilder())).history(), 1);

            double[] weights = parameters(train(penalty.apply(step.build().toBuilder())
                    .set(Regularisers.SCOPE, Scope.WEIGHTS)).history(), 1);

            // 5-4-3-1: biases stand behind 20, 12 and 3 weights.
            for (int i = 0; i < weights.length; i++) {
                boolean bias = i >= 20 && i < 24 || i >= 36 && i < 39 || i == 42;
                assertThat(weights[i]).as("parameter %d", i).isEqualTo(bias ? without[i] : everything[i])
                        .isNotEqualTo(bias ? everything[i] : without[i]);
            }
        }
    }

    @Test
    @DisplayName("the size of the validation set changes neither the shuffles nor the training")
    void validationSizeChangesNothing() {
        Dataset data = train(PLAIN).data();
        LinearProblem larger = new LinearProblem(5, 20, 977, 0.2);

        TrainingResult result = train(PLAIN.toBuilder().problem(larger));

        assertThat(result.data().train().x()).isEqualTo(data.train().x());
        assertThat(result.history().trainLosses()).isEqualTo(train(PLAIN).history().trainLosses());
    }

    private double[] initialParameters(TrainingPlan plan) {
        Mlp network = new Mlp(backend, plan.layers());
        network.initialise(new TorchGenerator(plan.seed()));
        return backend.read(network.parameters());
    }

    static double[] parameters(History history, int epoch) {
        return IntStream.range(0, history.parameterCount()).mapToDouble(i -> history.parameter(epoch, i)).toArray();
    }

    private double loss(TrainingPlan plan, double[] parameters, Samples samples, DropoutMasks masks) {
        double sum = 0;
        for (double error : squaredErrors(plan, parameters, samples, masks)) {
            sum += error;
        }
        return sum / samples.size();
    }

    /** Of each sample, by a network of these parameters: the difference in float32, its square exact in double. */
    private double[] squaredErrors(TrainingPlan plan, double[] parameters, Samples samples, DropoutMasks masks) {
        Mlp network = new Mlp(backend, plan.layers());
        backend.write(parameters, network.parameters());
        Activations activations = network.activations(samples.size());
        network.forward(Layout.inputs(backend, samples, 0, samples.size()), activations, masks, 0);
        double[] errors = backend.read(activations.prediction());
        for (int s = 0; s < errors.length; s++) {
            float difference = (float) errors[s] - samples.y()[s];
            errors[s] = (double) difference * difference;
        }
        return errors;
    }
}
