package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
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
    private final TrainingPass pass;
    private final Evaluation evaluation;

    private TrainingLoop(TrainingPlan plan, Dataset data, Backend backend) {
        this.plan = plan;
        this.backend = backend;
        this.data = data;
        pass = new TrainingPass(plan, data, backend);
        evaluation = new Evaluation(backend, pass.network, plan.loss(), data);
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
     * Trains from other initial parameters than PyTorch's.
     *
     * @param perturbation maps PyTorch's initial parameters to those where training begins
     */
    public static TrainingResult train(
            TrainingPlan plan, Backend backend, Recording recording, ProgressListener listener,
            UnaryOperator<double[]> perturbation) {
        return train(plan, new Draws(), backend, recording, listener, perturbation);
    }

    /** The same on samples that runs of one seed share. */
    private static TrainingResult train(
            TrainingPlan plan, Draws draws, Backend backend, Recording recording, ProgressListener listener,
            UnaryOperator<double[]> perturbation) {
        Dataset data = draws.of(plan.problem(), plan.seed(), plan.streams());
        return new TrainingLoop(plan, data, backend).run(recording, listener, perturbation);
    }

    private TrainingResult run(Recording recording, ProgressListener listener, UnaryOperator<double[]> perturbation) {
        Tensor theta = pass.network.parameters();
        backend.write(perturbation.apply(backend.read(theta)), theta);
        Optimiser optimiser = plan.optimiser().create(backend, theta.size());
        TorchGenerator generator = plan.generator();
        RunRecord record = new RunRecord(plan, backend.precision(), recording);
        double[] parameters = backend.read(theta);
        boolean goesOn = true;
        for (int epoch = 0; goesOn; epoch++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted after epoch " + (epoch - 1));
            }
            double trainLoss = trainingPass(generator, epoch == 0 ? null : optimiser);
            double validationLoss = validationPass(generator, epoch == 0);
            backend.read(theta, parameters);
            goesOn = record.add(trainLoss, validationLoss, parameters);
            listener.epochEnded(epoch, trainLoss, validationLoss);
        }
        return record.result(data, backend.description(), evaluation);
    }

    /** A shuffled pass in training mode; without an optimiser, losses only. Returns the mean loss of its batches. */
    private double trainingPass(TorchGenerator generator, Optimiser optimiser) {
        pass.begin(generator);
        int batches = pass.minibatches.count();
        double sum = 0;
        for (int batch = 0; batch < batches; batch++) {
            sum += pass.forward(batch, generator);
            if (optimiser != null) {
                pass.backward();
                optimiser.step(pass.network.parameters(), pass.network.gradients());
            }
        }
        return sum / batches;
    }

    private double validationPass(TorchGenerator generator, boolean trainingMode) {
        LoaderOrder.plainPass(generator);
        DropoutMasks validationMasks = trainingMode
                ? DropoutMasks.draw(pass.dropout, pass.network, evaluation.validationSamples(), generator)
                : DropoutMasks.evaluation();
        return evaluation.validationLoss(validationMasks);
    }
}
