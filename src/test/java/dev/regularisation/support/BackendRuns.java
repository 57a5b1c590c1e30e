package dev.regularisation.support;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The post's runs on every backend that this machine has: a claim about training is judged on each, with the same
 * thresholds.
 */
public final class BackendRuns {

    private BackendRuns() {
    }

    /** Names, separated by commas, of the backends on which to train whatever their bits are. */
    private static final String CHOSEN = "backends";

    /**
     * The backends with float32, by the name that reports print; a method source for parameterised tests. One that is not
     * available here is listed too: asking for its runs skips the test, with the reason, and the skip is counted.
     *
     * <p>One that has the bits of {@code cpu} is left out, since the same numbers would be judged again: that its runs are
     * those of {@code cpu} has a test of its own. {@code -Dbackends=opencl} trains on it all the same.
     */
    public static Stream<String> available() {
        String chosen = System.getProperty(CHOSEN, "");
        return !areChosen() ? Backends.all().stream().filter(BackendRuns::isJudgedApart).map(BackendProvider::name)
                : Stream.of(chosen.split(",")).map(name -> Backends.named(name).name());
    }

    /** Whether {@code -Dbackends} names those to train on. */
    public static boolean areChosen() {
        return !System.getProperty(CHOSEN, "").isBlank();
    }

    private static boolean isJudgedApart(BackendProvider provider) {
        return provider.precisions().contains(Precision.FLOAT32)
                && (provider.name().equals(CpuBackend.NAME) || !provider.isBitExact());
    }

    /** A run of the post on a backend in float32, at the post's seed; skips the test where the backend cannot run. */
    public static TrainingResult of(String backend, PostExperiment experiment, int trainSize) {
        requireAvailable(backend);
        return PostRuns.of(backend, experiment, trainSize);
    }

    /** Any other run on a backend in float32, trained anew; skips the test where the backend cannot run. */
    public static TrainingResult train(String backend, TrainingPlan plan) {
        requireAvailable(backend);
        try (Backend own = Backends.named(backend).create(Precision.FLOAT32)) {
            return TrainingLoop.train(plan, own);
        }
    }

    private static void requireAvailable(String backend) {
        Availability availability = Backends.named(backend).availability();
        Assumptions.assumeTrue(availability.available(), () -> backend + ": " + availability.detail());
    }
}
