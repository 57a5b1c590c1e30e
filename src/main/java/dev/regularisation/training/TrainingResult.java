package dev.regularisation.training;

import dev.regularisation.data.Dataset;

/**
 * The outcome of a run.
 *
 * @param plan                 what was asked
 * @param backend              {@link dev.regularisation.backend.Backend#description()} of what did it
 * @param data                 the samples it saw
 * @param history              what happened
 * @param best                 the model of the best epoch, a copy taken then and restored at the end
 * @param last                 the model after the last epoch, of which the post prints R²
 */
public record TrainingResult(
        TrainingPlan plan, String backend, Dataset data, History history, Model best, Model last) {

    /**
     * A trained model.
     *
     * @param epoch      after which epoch
     * @param parameters all parameters
     * @param fit        how well it fits
     * @param trainPredictions      its predictions for the training samples, in evaluation mode
     * @param validationPredictions its predictions for the validation samples, in evaluation mode
     */
    public record Model(
            int epoch, double[] parameters, Fit fit, double[] trainPredictions, double[] validationPredictions) {
    }
}
