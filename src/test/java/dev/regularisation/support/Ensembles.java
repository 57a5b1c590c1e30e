package dev.regularisation.support;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ensembles over seeds on the {@code cpu} backend, each trained once in a JVM however many rules look at it. The seeds are
 * 1, 2, … {@link #SEEDS}; {@code -Dseeds=200} asks for more.
 */
public final class Ensembles {

    /** Number of seeds. */
    public static final int SEEDS = Integer.getInteger("seeds", 20);

    private static final Map<String, Ensemble<?>> TRAINED = new ConcurrentHashMap<>();

    private Ensembles() {
    }

    /**
     * The post's seven experiments at a training size. L2 by hand shares the runs of weight decay, see
     * {@link PostRuns#l2IsWeightDecay(int)}.
     */
    public static Ensemble<PostExperiment> post(int trainSize) {
        boolean shared = PostRuns.l2IsWeightDecay(trainSize);
        Map<PostExperiment, TrainingPlan> plans = new LinkedHashMap<>();
        for (PostExperiment experiment : PostExperiment.values()) {
            if (!shared || experiment != PostExperiment.L2) {
                plans.put(experiment, experiment.plan(PostRuns.SEED, trainSize));
            }
        }
        Ensemble<PostExperiment> trained = of("post " + trainSize, plans, SEEDS);
        return shared ? trained.withAlias(PostExperiment.L2, PostExperiment.WEIGHT_DECAY) : trained;
    }

    /**
     * An ensemble of other plans.
     *
     * @param name  distinguishes it from the others
     * @param seeds how many seeds, 1, 2, …
     */
    @SuppressWarnings("unchecked")
    public static <K> Ensemble<K> of(String name, Map<K, TrainingPlan> plans, int seeds) {
        return (Ensemble<K>) TRAINED.computeIfAbsent(name, key -> Ensemble.train(
                plans, Ensemble.seeds(seeds), CpuBackend::new, Runtime.getRuntime().availableProcessors()));
    }
}
