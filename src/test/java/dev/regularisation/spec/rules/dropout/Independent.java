package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.study.Measure;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Two plain networks trained on the same samples from different initial weights, at each seed: the validation losses of their
 * best models, and of the mean of their predictions.
 *
 * @param one  mean loss of the two
 * @param both loss of the mean
 */
record Independent(double[] one, double[] both) {

    /** Within a hundredth of the least loss at nearly every seed, as the study knows. */
    static final int EPOCHS = 200;
    /** The study has no pairs, so that these are trained here. */
    private static final List<Long> SEEDS = LongStream.rangeClosed(1, StudyRows.LEAST).boxed().toList();
    static final int VALIDATION = 1000;

    private static final class Trained {
        static final Independent AT_SEEDS = train();
    }

    /** At the first seeds, so many of them as a study has, trained once in a JVM. */
    static Independent at(StudyRows seeds) {
        int count = Math.min(SEEDS.size(), seeds.seeds().size());
        return new Independent(Arrays.copyOf(Trained.AT_SEEDS.one, count), Arrays.copyOf(Trained.AT_SEEDS.both, count));
    }

    private static Independent train() {
        List<Members> pairs = ParallelRuns.run(SEEDS, seed -> 1, Independent::pair, 2);
        return new Independent(pairs.stream().mapToDouble(pair -> pair.decomposition().meanError()).toArray(),
                pairs.stream().mapToDouble(pair -> pair.decomposition().ensembleError()).toArray());
    }

    private static Members pair(long seed) {
        TrainingPlan plan = PostExperiment.MLP.plan(seed, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, VALIDATION, 0.2)).epochs(EPOCHS).build();
        List<TrainingResult> runs = IntStream.of(1, 2).mapToObj(network -> TrainingLoop.train(plan, new CpuBackend(),
                Recording.LOSSES, ProgressListener.NONE, initial -> Members.initial(plan, 1000 * seed + network))).toList();
        return new Members(runs.stream().map(run -> run.best().validationPredictions()).toArray(double[][]::new),
                Inputs.labels(runs.get(0).data().validation(), VALIDATION));
    }

    /** All losses, with dropout's at the same seeds. */
    Map<String, double[]> series(double[] dropout) {
        Map<String, double[]> losses = new LinkedHashMap<>();
        losses.put("one", one);
        losses.put("two_averaged", both);
        losses.put("dropout", dropout);
        return losses;
    }

    /** A measure of the post's runs at the same seeds. */
    double[] same(StudyRows seeds, PostExperiment method, Measure measure) {
        return Arrays.copyOf(seeds.of(method, measure), one.length);
    }
}
