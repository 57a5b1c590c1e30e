package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.data.Minibatches;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.Penalty;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/**
 * Carries out a {@link TrainingPlan} with the semantics of the post's notebook: reseed before the data, before the initial
 * weights and before the loop; epoch 0 is a shuffled pass and a validation pass in training mode, without steps; every
 * later epoch is a shuffled pass of forward, loss, backward, penalties, optimiser step for each full batch, then a
 * validation pass in evaluation mode.
 *
 * <p>Where the notebook means to restore the best model but keeps a live reference, this loop copies it.
 */
public final class TrainingLoop {

    private final TrainingPlan plan;
    private final Backend backend;
    private final Dataset data;
    private final Mlp network;
    private final Dropout dropout;
    private final List<Penalty> penalties;
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
    private final EvaluationSet trainSet;
    private final EvaluationSet validationSet;

    private TrainingLoop(TrainingPlan plan, Dataset data, Backend backend) {
        this.plan = plan;
        this.backend = backend;
        this.data = data;
        network = new Mlp(backend, plan.layers());
        dropout = new Dropout(plan.dropout());
        penalties = plan.penalties();
        atHidden = plan.activationL1() == 0 ? Mlp.HiddenGradient.NONE : hiddenGradient(plan.activationL1());
        int batch = plan.batchSize();
        minibatches = new Minibatches(data.train().size(), batch);
        order = new int[data.train().size()];
        trainX = Layout.batch(backend, data.train());
        trainY = Layout.labels(backend, data.train(), 0, data.train().size());
        batchX = backend.batch(data.train().features(), batch);
        batchY = backend.zeros(1, batch);
        activations = network.batchActivations(batch);
        masks = DropoutMasks.undrawn(dropout, network, batch);
        trainSet = new EvaluationSet(backend, network, data.train());
        validationSet = new EvaluationSet(backend, network, data.validation());
    }

    private Mlp.HiddenGradient hiddenGradient(double lambda) {
        ActivationL1 penalty = new ActivationL1(lambda);
        return (hidden, gradient) -> penalty.addGradient(backend, hidden, gradient);
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
        return new TrainingLoop(plan, draws.of(plan.problem(), plan.seed()), backend).run(recording, listener, perturbation);
    }

    private TrainingResult run(Recording recording, ProgressListener listener, UnaryOperator<double[]> perturbation) {
        network.initialise(new TorchGenerator(plan.seed()));
        backend.write(perturbation.apply(backend.read(network.parameters())), network.parameters());
        Optimiser optimiser = plan.optimiser().create(backend, network.parameters().size());
        TorchGenerator generator = new TorchGenerator(plan.seed());
        HistoryRecorder recorder =
                new HistoryRecorder(backend.precision(), plan.epochs(), network.parameters().size(), recording);
        double[] parameters = backend.read(network.parameters());
        double[] best = parameters.clone();
        double bestLoss = Double.NaN;
        int bestEpoch = 0;
        for (int epoch = 0; epoch <= plan.epochs(); epoch++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted after epoch " + (epoch - 1));
            }
            double trainLoss = trainingPass(generator, epoch == 0 ? null : optimiser);
            double validationLoss = validationPass(generator, epoch == 0);
            backend.read(network.parameters(), parameters);
            recorder.add(trainLoss, validationLoss, parameters);
            if (validationLoss < bestLoss || Double.isNaN(bestLoss) && !Double.isNaN(validationLoss)) {
                bestLoss = validationLoss;
                bestEpoch = epoch;
                System.arraycopy(parameters, 0, best, 0, best.length);
            }
            listener.epochEnded(epoch, trainLoss, validationLoss);
        }
        TrainingResult.Model last = model(plan.epochs(), parameters);
        return new TrainingResult(
                plan, backend.description(), data, new History(recorder), model(bestEpoch, best), last);
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
            sum += MeanSquaredError.value(backend, activations.prediction(), batchY);
            if (optimiser != null) {
                step(optimiser);
            }
        }
        return sum / minibatches.count();
    }

    private void step(Optimiser optimiser) {
        MeanSquaredError.gradient(backend, activations.prediction(), batchY, activations.predictionGradient());
        network.backward(batchX, activations, masks, atHidden);
        for (Penalty penalty : penalties) {
            penalty.addGradient(backend, network.parameters(), network.gradients());
        }
        optimiser.step(network.parameters(), network.gradients());
    }

    private double validationPass(TorchGenerator generator, boolean trainingMode) {
        LoaderOrder.plainPass(generator);
        DropoutMasks validationMasks = trainingMode
                ? DropoutMasks.draw(dropout, network, validationSet.samples(), generator)
                : DropoutMasks.evaluation();
        return validationSet.loss(validationMasks);
    }

    private TrainingResult.Model model(int epoch, double[] parameters) {
        backend.write(parameters, network.parameters());
        DropoutMasks none = DropoutMasks.evaluation();
        double[] train = trainSet.predictions();
        double[] validation = validationSet.predictions();
        Fit fit = new Fit(trainSet.loss(none), validationSet.loss(none),
                Fit.r2(data.train().y(), train), Fit.r2(data.validation().y(), validation));
        return new TrainingResult.Model(epoch, parameters, fit, train, validation);
    }
}
