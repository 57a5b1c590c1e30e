package dev.regularisation.cli;

import dev.regularisation.backend.Precision;
import dev.regularisation.data.Problem;
import dev.regularisation.training.TrainingPlan;

/** Refuses what cannot fit into memory at once, where the JVM would first collect garbage for minutes. */
final class MemoryLimit {

    /** Losses and norms of an epoch. */
    private static final int FIGURES_OF_AN_EPOCH = 4;

    private MemoryLimit() {
    }

    /** Throws unless the data and the record of every epoch of {@code plan}, and nothing else, would fit. */
    static void require(TrainingPlan plan, Precision precision) {
        Problem problem = plan.problem();
        double data = ((double) problem.trainSize() + problem.validationSize()) * (problem.features() + 1) * Float.BYTES;
        double epoch = FIGURES_OF_AN_EPOCH * Double.BYTES + (double) plan.architecture().parameterCount() * precision.bytes();
        double bytes = data + (plan.epochs() + 1.0) * epoch;
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw new IllegalStateException(tooLittle("at least " + (long) (bytes / (1 << 20)) + " MiB, more"));
        }
    }

    /** The complaint of a run that wanted so {@code much}. */
    static String tooLittle(String much) {
        return "memory: wanted " + much + " than the " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB that this JVM may "
                + "use; ask for fewer samples, dimensions, units or epochs, or start Java with a larger -Xmx";
    }
}
