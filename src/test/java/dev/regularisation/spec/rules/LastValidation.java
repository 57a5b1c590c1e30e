package dev.regularisation.spec.rules;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.Ensemble;

/** Validation losses that runs end with, paired over seeds. */
public final class LastValidation {

    private LastValidation() {
    }

    /** Those of two methods at the same seeds. */
    public static PairedSeeds paired(Ensemble<PostExperiment> ensemble, PostExperiment candidate, PostExperiment baseline) {
        return new PairedSeeds("last validation loss", candidate.id(), losses(ensemble, candidate), baseline.id(),
                losses(ensemble, baseline));
    }

    private static double[] losses(Ensemble<PostExperiment> ensemble, PostExperiment method) {
        return ensemble.of(method).stream().mapToDouble(Ensemble.Member::finalValidationLoss).toArray();
    }
}
