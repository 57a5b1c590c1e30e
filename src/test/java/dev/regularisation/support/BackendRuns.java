package dev.regularisation.support;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.experiment.PostExperiment;
import dev.regularisation.training.TrainingResult;
import java.util.stream.Stream;

/**
 * The post's runs on every backend that this machine has, trained once in a JVM: a claim about training is judged on each,
 * with the same thresholds.
 */
public final class BackendRuns {

    private BackendRuns() {
    }

    /** The backends, by the name that reports print; a method source for parameterised tests. */
    public static Stream<String> available() {
        return Stream.of(CpuBackend.NAME);
    }

    /** A run of the post on a backend, at the post's seed. */
    public static TrainingResult of(String backend, PostExperiment experiment, int trainSize) {
        return PostRuns.of(experiment, trainSize);
    }
}
