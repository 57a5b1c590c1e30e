package dev.regularisation.spec.rules.l2;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.study.Measure;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.util.List;

/** Losses after the last epoch, which a run ends with, beside the least ones. */
final class LastLosses {

    private LastLosses() {
    }

    static double validation(TrainingResult run) {
        return run.history().validationLoss(run.history().epochs());
    }

    static double training(History history) {
        return history.trainLoss(history.epochs());
    }

    /** Last training losses at each seed. */
    static double[] training(StudyRows rows, PostExperiment method) {
        return rows.of(method, Measure.LAST_TRAIN_LOSS);
    }

    /** Best validation losses with decay over those without, a point for each seed. */
    static Picture against(PairedSeeds paired, String title) {
        return new SeriesPicture(title, Document.format("Best validation loss of %d seeds and of the post's; 200 training samples",
                paired.values().length), Axis.linear("Plain network"), Axis.linear("With weight decay 0.085"), List.of(
                        Series.of("A seed", Palette.BLUE, paired.others(), paired.values()),
                        Series.of("The post's seed", Palette.VERMILION,
                                new double[] {Validation.best(Runs.CPU.of(PostExperiment.MLP))},
                                new double[] {Validation.best(Runs.CPU.of(PostExperiment.WEIGHT_DECAY))})),
                List.of(), List.of(ReferenceLine.identity("No difference")), true).picture();
    }

    /** Training losses over seeds, the post's seed beside them. */
    static Picture distribution(String title, double[] plains, double plain, double[] decays, double decay) {
        return new DistributionPicture(title,
                Document.format("Training loss of the last epoch at %d seeds; 200 training samples", plains.length),
                Axis.log("Mean squared error"), List.of(
                        new DistributionPicture.Group("Plain network", Palette.of(PostExperiment.MLP), plains, plain),
                        new DistributionPicture.Group("Weight decay", Palette.of(PostExperiment.WEIGHT_DECAY), decays, decay)),
                "the post's seed", List.of()).picture();
    }
}
