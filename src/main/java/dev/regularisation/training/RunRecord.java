package dev.regularisation.training;

import dev.regularisation.backend.Precision;
import dev.regularisation.data.Dataset;
import java.util.Objects;

/**
 * What is known of a run under way, wherever it is trained: its history, its best model, a copy, and whether patience has
 * ended it.
 */
public final class RunRecord {

    private final TrainingPlan plan;
    private final HistoryRecorder recorder;
    private final int patience;
    private final double[] best;
    private final double[] last;
    private double bestLoss = Double.NaN;
    private int bestEpoch;

    /** Of a run that has not begun. */
    public RunRecord(TrainingPlan plan, Precision precision, Recording recording) {
        this.plan = plan;
        int parameters = plan.architecture().parameterCount();
        this.recorder = new HistoryRecorder(precision, plan.epochs(), parameters, recording);
        this.patience = Objects.requireNonNullElse(plan.get(TrainingPlan.PATIENCE), plan.epochs());
        this.best = new double[parameters];
        this.last = new double[parameters];
    }

    /**
     * Adds the next epoch, the initial model being epoch 0.
     *
     * @param trainLoss      mean loss of the batches, in training mode
     * @param validationLoss mean loss over the validation samples
     * @param parameters     after the epoch, not modified
     * @return whether another epoch is due
     */
    public boolean add(double trainLoss, double validationLoss, double[] parameters) {
        int epoch = recorder.entries();
        recorder.add(trainLoss, validationLoss, parameters);
        System.arraycopy(parameters, 0, last, 0, last.length);
        if (epoch == 0 || validationLoss < bestLoss || Double.isNaN(bestLoss) && !Double.isNaN(validationLoss)) {
            bestLoss = validationLoss;
            bestEpoch = epoch;
            System.arraycopy(parameters, 0, best, 0, best.length);
        }
        return epoch < plan.epochs() && epoch - bestEpoch < patience;
    }

    /**
     * The outcome of the run, after its last epoch.
     *
     * @param data       the samples it saw
     * @param backend    description of what trained it
     * @param evaluation of models on those samples
     */
    public TrainingResult result(Dataset data, String backend, Evaluation evaluation) {
        TrainingResult.Model lastModel = evaluation.model(recorder.entries() - 1, last);
        TrainingResult.Model bestModel = evaluation.model(bestEpoch, best);
        return new TrainingResult(plan, backend, data, new History(recorder), bestModel, lastModel);
    }
}
