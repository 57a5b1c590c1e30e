package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Dataset;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Loss;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.sensitivity.Reading;
import dev.regularisation.sensitivity.Trajectory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The training loop of a plan without dropout and penalties, but with the incomplete last batch, which the post drops. */
public final class LastBatchKept {

    private LastBatchKept() {
    }

    /** Trains and keeps the losses. */
    public static Trajectory train(String name, TrainingPlan plan, Backend backend) {
        Dataset data = plan.problem().draw(plan.seed());
        int size = data.train().size();
        Mlp network = new Mlp(backend, plan.architecture());
        InitialParameters.write(plan, backend, network);
        Optimiser optimiser = plan.optimiser().create(backend, network.parameters().size());
        Evaluation evaluation = new Evaluation(backend, network, plan.loss(), data);
        Tensor trainX = Layout.batch(backend, data.train());
        Tensor trainY = Layout.labels(backend, data.train(), 0, size);
        TorchGenerator generator = new TorchGenerator(plan.seed());
        TorchGenerator shuffle = new TorchGenerator(0);
        int[] order = new int[size];
        Map<Integer, Reading> train = new TreeMap<>();
        Map<Integer, Reading> validation = new TreeMap<>();
        for (int epoch = 0; epoch <= plan.epochs(); epoch++) {
            LoaderOrder.shuffledPass(generator, shuffle, order);
            double sum = 0;
            int batches = 0;
            for (int from = 0; from < size; from += plan.batchSize()) {
                int count = Math.min(plan.batchSize(), size - from);
                Tensor x = backend.batch(data.train().features(), count);
                Tensor y = backend.zeros(1, count);
                Activations activations = network.batchActivations(count);
                backend.gatherColumns(trainX, order, from, x);
                backend.gatherColumns(trainY, order, from, y);
                network.forward(x, activations, DropoutMasks.evaluation(), 0);
                Loss loss = plan.loss();
                sum += loss.value(backend, activations.prediction(), y);
                batches++;
                if (epoch > 0) {
                    loss.gradient(backend, activations.prediction(), y, activations.predictionGradient());
                    network.backward(x, activations, DropoutMasks.evaluation(), Mlp.HiddenGradient.NONE);
                    optimiser.step(network.parameters(), network.gradients());
                }
            }
            LoaderOrder.plainPass(generator);
            train.put(epoch, Reading.exact(sum / batches));
            validation.put(epoch, Reading.exact(evaluation.validationLoss(DropoutMasks.evaluation())));
        }
        return new Trajectory(name, Map.of(Column.TRAIN_LOSS, train, Column.VALIDATION_LOSS, validation), List.of());
    }
}
