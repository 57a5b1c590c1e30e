package dev.regularisation.support;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The post's seven experiments at its seed, trained once in a JVM however many tests look at them.
 *
 * <p>The first question about a training size starts all seven, two at a time, the longest first. Results are shared: read
 * them only.
 */
public final class PostRuns {

    /** Of tests that look at these runs: too long for mutation testing, and kept from one mutant to the next. */
    public static final String TAG = "post-runs";
    /** The post's seed. */
    public static final long SEED = TrainingPlan.POST_SEED;
    /** Its first training size. */
    public static final int TRAIN_SIZE = 200;

    private record Key(String backend, int trainSize) {
    }

    private static final Map<Key, Map<PostExperiment, CompletableFuture<TrainingResult>>> RUNS =
            new ConcurrentHashMap<>();

    private PostRuns() {
    }

    /** The run at 200 training samples. */
    public static TrainingResult of(PostExperiment experiment) {
        return of(experiment, TRAIN_SIZE);
    }

    /** The run at some training size; the post's are 200 and 400. */
    public static TrainingResult of(PostExperiment experiment, int trainSize) {
        return of(CpuBackend.NAME, experiment, trainSize);
    }

    /** The run on some backend, in float32. */
    public static TrainingResult of(String backend, PostExperiment experiment, int trainSize) {
        return RUNS.computeIfAbsent(new Key(backend, trainSize), PostRuns::start).get(experiment).join();
    }

    /**
     * Whether L2 by hand and weight decay have the same history at the post's seed, to the last bit. Then what is trained
     * from many seeds or neighbours is trained once for both; where a fault sets them apart, each is trained.
     */
    public static boolean l2IsWeightDecay(int trainSize) {
        return of(PostExperiment.L2, trainSize).history().sha256()
                .equals(of(PostExperiment.WEIGHT_DECAY, trainSize).history().sha256());
    }

    /** The experiment whose runs at 200 samples stand for those of another: weight decay's for L2 by hand, where they are the same. */
    public static PostExperiment standIn(PostExperiment experiment) {
        return experiment == PostExperiment.L2 && l2IsWeightDecay(TRAIN_SIZE) ? PostExperiment.WEIGHT_DECAY : experiment;
    }

    private static Map<PostExperiment, CompletableFuture<TrainingResult>> start(Key key) {
        Map<PostExperiment, CompletableFuture<TrainingResult>> runs = new EnumMap<>(PostExperiment.class);
        Stream.of(PostExperiment.values())
                .sorted(Comparator.comparing((PostExperiment e) -> e.plan(SEED, key.trainSize()).epochs()).reversed())
                .forEach(experiment -> runs.put(experiment, TwoAtATime.start(() -> train(key, experiment))));
        return runs;
    }

    private static TrainingResult train(Key key, PostExperiment experiment) {
        try (Backend backend = Backends.named(key.backend()).create(Precision.FLOAT32)) {
            return TrainingLoop.train(experiment.plan(SEED, key.trainSize()), backend);
        }
    }
}
