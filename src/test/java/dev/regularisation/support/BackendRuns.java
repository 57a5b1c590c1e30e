package dev.regularisation.support;

import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.experiment.PostExperiment;
import dev.regularisation.training.TrainingResult;
import java.util.stream.Stream;

/**
 * The post's runs on every backend that this machine has: a claim about training is judged on each, with the same
 * thresholds.
 */
public final class BackendRuns {

    private BackendRuns() {
    }

    /** The backends, by the name that reports print; a method source for parameterised tests. */
    public static Stream<String> available() {
        return Backends.all().stream()
                .filter(provider -> provider.precisions().contains(Precision.FLOAT32))
                .filter(provider -> provider.availability().available()).map(BackendProvider::name);
    }

    /** A run of the post on a backend in float32, at the post's seed. */
    public static TrainingResult of(String backend, PostExperiment experiment, int trainSize) {
        return PostRuns.of(backend, experiment, trainSize);
    }
}
