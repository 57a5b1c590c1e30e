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
 * thresholds. Backends with other bits than {@code cpu}'s are left to a thorough build, which CI makes at every push, or to whoever
 * asks for them: every build holds the operations of {@code nd4j} to the contract, and its first 30 epochs to PyTorch's.
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

    private static boolean areChosen() {
        return !System.getProperty(CHOSEN, "").isBlank();
    }

    /** Whether this build trains on more than {@code cpu}: a thorough one, or one with {@code -Dbackends}. */
    public static boolean areAsked() {
        return Boolean.getBoolean("thorough") || areChosen();
    }

    private static boolean isJudgedApart(BackendProvider provider) {
        return provider.precisions().contains(Precision.FLOAT32)
                && (provider.name().equals(CpuBackend.NAME) || !provider.isBitExact());
    }

    /** A run of the post on a backend in float32, at the post's seed; skips the test as {@link #require} does. */
    public static TrainingResult of(String backend, PostExperiment experiment, int trainSize) {
        require(backend);
        return PostRuns.of(backend, experiment, trainSize);
    }

    /** Any other run on a backend in float32, trained anew; skips the test as {@link #require} does. */
    public static TrainingResult train(String backend, TrainingPlan plan) {
        require(backend);
        try (Backend own = Backends.named(backend).create(Precision.FLOAT32)) {
            return TrainingLoop.train(plan, own);
        }
    }

    /** Skips the test, with the reason, where the backend cannot run or this build does not ask it. */
    public static void require(String backend) {
        if (!backend.equals(CpuBackend.NAME)) {
            Assumptions.assumeTrue(areAsked(), () -> "mvn verify -Dthorough, as CI runs it, trains on " + backend + ", and so does "
                    + "-Dbackends=" + backend + "; every build holds its operations to the contract");
        }
        Availability availability = Backends.named(backend).availability();
        Assumptions.assumeTrue(availability.available(), () -> backend + " is not available here: " + availability.detail());
    }
}
