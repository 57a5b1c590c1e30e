package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two plain networks trained on the same samples from different initial weights, at each seed: the validation losses of their
 * best models, and of the mean of their predictions.
 *
 * @param one  mean loss of the two
 * @param both loss of the mean
 */
record Independent(double[] one, double[] both) {

    /** Past the best epoch at most seeds. */
    static final int EPOCHS = 200;
    private static final int VALIDATION = 2000;

    private static final class Trained {
        static final Independent AT_ALL_SEEDS = train();
    }

    /** At the seeds of the ensembles, once in a JVM. */
    static Independent trained() {
        return Trained.AT_ALL_SEEDS;
    }

    private static Independent train() {
        List<Members> pairs = ParallelRuns.run(Runs.CPU.seeds().seeds(), seed -> 1, Independent::pair, 2);
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

    /** The plain network's least loss up to {@link #EPOCHS} over that of the post's 1,000 epochs, at each seed. */
    static double[] stoppedEarly() {
        return Runs.CPU.trained().of(PostExperiment.MLP).stream().map(Ensemble.Member::history)
                .mapToDouble(Independent::stoppedEarly)
                .toArray();
    }

    private static double stoppedEarly(History history) {
        return IntStream.rangeClosed(0, EPOCHS).mapToDouble(history::validationLoss).min().orElseThrow()
                / history.validationLoss(history.bestEpoch());
    }
}
