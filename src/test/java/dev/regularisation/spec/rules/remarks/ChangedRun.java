package dev.regularisation.spec.rules.remarks;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A run that is not the post's, to see whether its picture tells.
 *
 * @param experiment which run was changed
 * @param what       what was changed
 * @param share      by how much of its value; NaN where it is no number
 * @param curves     of the changed run
 */
record ChangedRun(PostExperiment experiment, String what, double share, Curves curves) {

    static final String DECAY = "decay of the weights and not in the gradient";
    static final String BITS = "a bit of every epoch's mask";
    static final String BIT = "a bit of one epoch's mask";
    /** Half decades. */
    static final double[] SHARES = {0.01, 0.003, 0.001, 0.0003, 0.0001};

    private static final int SINGLE_BITS = 8;
    /** Those without a strength of their own, and dropout, whose probability says little of its steps. */
    private static final List<PostExperiment> RATED =
            List.of(PostExperiment.LINEAR, PostExperiment.MLP, PostExperiment.MINIBATCH, PostExperiment.DROPOUT);
    /** No picture of a run that rounding does not part rejected a change later for the first time. */
    private static final int LONGEST = 200;

    /** A run to be trained. */
    private record Job(PostExperiment experiment, String what, double share, TrainingPlan plan, Supplier<Backend> backend) {

        ChangedRun train() {
            try (Backend own = backend.get()) {
                TrainingResult result = TrainingLoop.train(plan, own, Recording.PARAMETERS, ProgressListener.NONE);
                return new ChangedRun(experiment, what, share, Curves.asPrinted(experiment, result.history()));
            }
        }
    }

    /** Whether a number was changed, and not what the run does with it. */
    boolean isOfNumber() {
        return !Double.isNaN(share);
    }

    /** Trains each run with one of its numbers a little off, no longer than rounding leaves its pictures alone, and some others. */
    static List<ChangedRun> trained() {
        List<Job> jobs = new ArrayList<>();
        for (double share : SHARES) {
            double factor = 1 + share;
            for (PostExperiment run : RATED) {
                add(jobs, run, "rate", share, (plan, was) -> plan.learningRate(factor * was.optimiser().learningRate()));
            }
            add(jobs, PostExperiment.WEIGHT_DECAY, "strength", share,
                    (plan, was) -> plan.weightDecay(factor * was.optimiser().weightDecay()));
            add(jobs, PostExperiment.L2, "strength", share, (plan, was) -> plan.l2(factor * was.l2()));
            add(jobs, PostExperiment.L1, "strength", share, (plan, was) -> plan.l1(factor * was.l1()));
            add(jobs, PostExperiment.DROPOUT, "probability", share, (plan, was) -> plan.dropout(factor * was.dropout()));
        }
        add(jobs, PostExperiment.WEIGHT_DECAY, DECAY, Double.NaN, (plan, run) -> plan.rule(UpdateRule.ADAMW));
        TrainingPlan dropout = shortened(PostExperiment.DROPOUT).build();
        jobs.add(new Job(PostExperiment.DROPOUT, BITS, Double.NaN, dropout, () -> new OtherMask(0, dropout.epochs())));
        for (int i = 0; i < SINGLE_BITS; i++) {
            int unit = i;
            jobs.add(new Job(PostExperiment.DROPOUT, BIT, Double.NaN, dropout, () -> new OtherMask(unit, 1)));
        }
        return ParallelRuns.run(jobs, job -> job.plan.epochs(), Job::train, Runtime.getRuntime().availableProcessors());
    }

    private static void add(List<Job> jobs, PostExperiment run, String what, double share,
            BiFunction<TrainingPlan.Builder, TrainingPlan, TrainingPlan.Builder> change) {
        TrainingPlan plan = shortened(run).build();
        jobs.add(new Job(run, what, share, change.apply(plan.toBuilder(), plan).build(), CpuBackend::new));
    }

    private static TrainingPlan.Builder shortened(PostExperiment run) {
        TrainingPlan plan = run.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE);
        return plan.toBuilder().epochs(Math.min(LONGEST, Following.shownFor(run)));
    }
}
