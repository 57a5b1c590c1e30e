package dev.regularisation.training;

import dev.regularisation.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

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

    /** The last epoch, where patience ended the run before the plan did. */
    public OptionalInt stopped() {
        return history.epochs() < plan.epochs() ? OptionalInt.of(history.epochs()) : OptionalInt.empty();
    }

    /**
     * What a reader must be told of how the run went, a line each: where it diverged and what to do about it, and where
     * patience ended it. None for a run that did neither.
     */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        history.divergence().ifPresent(epoch -> remarks.add(diverged(epoch)));
        stopped().ifPresent(epoch -> {
            Integer patience = Objects.requireNonNull(plan.get(TrainingPlan.PATIENCE));
            remarks.add("stopped at epoch " + epoch + ": " + patience + (patience == 1 ? " epoch" : " epochs")
                    + " without a better validation loss");
        });
        return remarks;
    }

    private String diverged(int epoch) {
        boolean inTraining = !Double.isFinite(history.trainLoss(epoch));
        double loss = inTraining ? history.trainLoss(epoch) : history.validationLoss(epoch);
        return "diverged at epoch " + epoch + ": the " + (inTraining ? "training" : "validation") + " loss is "
                + (Double.isNaN(loss) ? "NaN" : "infinite")
                + (epoch == 0 ? " before the first step; scale the samples" : "; lower the learning rate");
    }
}
