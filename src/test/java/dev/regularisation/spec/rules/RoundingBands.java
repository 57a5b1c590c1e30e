package dev.regularisation.spec.rules;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.sensitivity.FigureBand;
import dev.regularisation.support.PostRuns;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rounding bands of the post's runs at its seed, trained once in a JVM. */
public final class RoundingBands {

    private static final Map<PostExperiment, FigureBand> BANDS = new ConcurrentHashMap<>();

    private RoundingBands() {
    }

    /** The band of an experiment. L2 by hand and weight decay take the same steps, bit for bit, and share one. */
    public static FigureBand of(PostExperiment experiment) {
        boolean twin = experiment == PostExperiment.L2 && PostRuns.l2IsWeightDecay(PostRuns.TRAIN_SIZE);
        return BANDS.computeIfAbsent(twin ? PostExperiment.WEIGHT_DECAY : experiment, key -> FigureBand.around(
                PostRuns.of(key), neighbours(key), CpuBackend::new, Runtime.getRuntime().availableProcessors()));
    }

    /** Where neighbours end apart it takes more of them to see how far; where they do not, few tell as much as many. */
    private static int neighbours(PostExperiment experiment) {
        return switch (experiment) {
            case LINEAR, MLP, DROPOUT -> 3;
            case WEIGHT_DECAY, L2 -> 5;
            case L1, MINIBATCH -> 11;
        };
    }
}
