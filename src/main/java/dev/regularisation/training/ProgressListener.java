package dev.regularisation.training;

/** Hears of every epoch as it ends. Called on the training thread; it cannot change the run. */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener NONE = (epoch, trainLoss, validationLoss) -> {
    };

    /**
     * @param epoch          0 for the initial model, then 1, 2, …
     * @param trainLoss      mean over the epoch's batches of the loss before each step
     * @param validationLoss loss after the epoch
     */
    void epochEnded(int epoch, double trainLoss, double validationLoss);
}
