package dev.regularisation.spec.rules;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.study.Measure;

/** Validation losses that runs end with, paired over seeds. */
public final class LastValidation {

    private LastValidation() {
    }

    /** Those of two methods at the same seeds. */
    public static PairedSeeds paired(StudyRows rows, PostExperiment candidate, PostExperiment baseline) {
        return new PairedSeeds("last validation loss", candidate.id(), losses(rows, candidate), baseline.id(),
                losses(rows, baseline));
    }

    private static double[] losses(StudyRows rows, PostExperiment method) {
        return rows.of(method, Measure.FINAL_VALIDATION_LOSS);
    }
}
