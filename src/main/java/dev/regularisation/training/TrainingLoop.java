package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.data.Minibatches;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Linear;
import dev.regularisation.nn.Loss;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.penalty.Regulariser;
import dev.regularisation.penalty.Scope;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/**
 * Carries out a {@link TrainingPlan} with the semantics of the post's notebook: reseed before the data, before the initial
 * weights and before the loop; epoch 0 is a shuffled pass and a validation pass in training mode, without steps; every
 * later epoch is a shuffled pass of forward, loss, backward, penalties, optimiser step for each full batch, then a
 * validation pass in evaluation mode. Patience, where a plan has it, ends a run after as many epochs without a better
 * validation loss.
 *
 * <p>Where the notebook means to restore the best model but keeps a live reference, this loop copies it.
 */
public final class TrainingLoop {

    private final TrainingPlan plan;
    private final Backend backend;
    private final Dataset data;
    private final Mlp network;
    private final Dropout dropout;
    private final Loss loss;
    private final List<Regulariser> regularisers;
    private final Mlp.HiddenGradient atHidden;
    private final Minibatches minibatches;
    private final Tensor trainX;
    private final Tensor trainY;
    private final Tensor batchX;
    private final Tensor batchY;
    private final Activations activations;
    private final DropoutMasks masks;
    private final TorchGenerator shuffle = new TorchGenerator(0);
    private final int[] order;
    private final Evaluation evaluation;

    private TrainingLoop(TrainingPlan plan, Dataset data, Backend backend) {
        this.plan = plan;
        this.backend = backend;
        this.data = data;
        network = new Mlp(backend, plan.architecture());
        dropout = new Dropout(plan.dropout());
        loss = plan.loss();
        regularisers = plan.regularisers();
        atHidden = hiddenGradient();
        int batch = plan.batchSize();
        minibatches = new Minibatches(data.train().size(), batch);
        order = new int[data.train().size()];
        trainX = Layout.batch(backend, data.train());
        trainY = Layout.labels(backend, data.train(), 0, data.train().size());
        batchX = backend.batch(data.train().features(), batch);
        batchY = backend.zeros(1, batch);
        activations = network.batchActivations(batch);
        masks = DropoutMasks.undrawn(dropout, network, batch);
        evaluation = new Evaluation(backend, network, loss, data);
    }

    private Mlp.HiddenGradient hiddenGradient() {
        List<Regulariser> acting = regularisers.stream().filter(Regulariser::actsOnHidden).toList();
        return acting.isEmpty() ? Mlp.HiddenGradient.NONE : (hidden, gradient) ->
                acting.forEach(regulariser -> regulariser.addHiddenGradient(backend, hidden, gradient));
    }

    /** Trains, recording everything and telling nobody. */
    public static TrainingResult train(TrainingPlan plan, Backend backend) {
        return train(plan, backend, Recording.PARAMETERS, ProgressListener.NONE);
    }

    /**
     * Trains.
     *
     * @param backend  used by this run alone while it lasts
     * @param listener hears of every epoch
     * @throws CancellationException when the thread is interrupted; the interrupt flag stays set
     */
    public static TrainingResult train(
            TrainingPlan plan, Backend backend, Recording recording, ProgressListener listener) {
        return train(plan, new Draws(), backend, recording, listener);
    }

    /**
     * Trains on samples that runs of one seed share.
     *
     * @param draws where the plan's samples are found or, the first time, drawn
     */
    public static TrainingResult train(
            TrainingPlan plan, Draws draws, Backend backend, Recording recording, ProgressListener listener) {
        return train(plan, draws, backend, recording, listener, UnaryOperator.identity());
    }

    /**
     * Trains from changed initial parameters, as a study of sensitivity needs.
     *
     * @param perturbation maps PyTorch's initial parameters to those where training begins
     */
    public static TrainingResult train(
            TrainingPlan plan, Backend backend, Recording recording, ProgressListener listener,
            UnaryOperator<double[]> perturbation) {
        return train(plan, new Draws(), backend, recording, listener, perturbation);
    }

    /** The same on samples that runs of one seed share. */
    public static TrainingResult train(
            TrainingPlan plan, Draws draws, Backend backend, Recording recording, ProgressListener listener,
            UnaryOperator<double[]> perturbation) {
        return new TrainingLoop(plan, draws.of(plan.problem(), plan.seed(), plan.streams()), backend).run(recording, listener, perturbation);
    }

    private TrainingResult run(Recording recording, ProgressListener listener, UnaryOperator<double[]> perturbation) {
        InitialParameters.write(plan, backend, network);
        backend.write(perturbation.apply(backend.read(network.parameters())), network.parameters());
        Optimiser optimiser = plan.optimiser().create(backend, network.parameters().size());
        TorchGenerator generator = plan.generator();
        RunRecord record = new RunRecord(plan, backend.precision(), recording);
        double[] parameters = backend.read(network.parameters());
        boolean goesOn = true;
        for (int epoch = 0; goesOn; epoch++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted after epoch " + (epoch - 1));
            }
            double trainLoss = trainingPass(generator, epoch == 0 ? null : optimiser);
            double validationLoss = validationPass(generator, epoch == 0);
            backend.read(network.parameters(), parameters);
            goesOn = record.add(trainLoss, validationLoss, parameters);
            listener.epochEnded(epoch, trainLoss, validationLoss);
        }
        return record.result(data, backend.description(), evaluation);
    }

    /** A shuffled pass in training mode; without an optimiser, losses only. Returns the mean loss of its batches. */
    private double trainingPass(TorchGenerator generator, Optimiser optimiser) {
        LoaderOrder.shuffledPass(generator, shuffle, order);
        double sum = 0;
        for (int batch = 0; batch < minibatches.count(); batch++) {
            backend.gatherColumns(trainX, order, minibatches.start(batch), batchX);
            backend.gatherColumns(trainY, order, minibatches.start(batch), batchY);
            masks.redraw(generator);
            network.forward(batchX, activations, masks, 0);
            sum += loss.value(backend, activations.prediction(), batchY);
            if (optimiser != null) {
                step(optimiser);
            }
        }
        return sum / minibatches.count();
    }

    private void step(Optimiser optimiser) {
        loss.gradient(backend, activations.prediction(), batchY, activations.predictionGradient());
        network.backward(batchX, activations, masks, atHidden);
        for (Regulariser regulariser : regularisers) {
            if (regulariser.scope() == Scope.ALL) {
                regulariser.addGradient(backend, network.parameters(), network.gradients());
                continue;
            }
            for (int layer = 0; layer < network.layers(); layer++) {
                Linear linear = network.layer(layer);
                regulariser.addGradient(backend, linear.weights(), linear.weightGradient());
            }
        }
        optimiser.step(network.parameters(), network.gradients());
    }

    private double validationPass(TorchGenerator generator, boolean trainingMode) {
        LoaderOrder.plainPass(generator);
        DropoutMasks validationMasks = trainingMode
                ? DropoutMasks.draw(dropout, network, evaluation.validationSamples(), generator)
                : DropoutMasks.evaluation();
        return evaluation.validationLoss(validationMasks);
    }
}
