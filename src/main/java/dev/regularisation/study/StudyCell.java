package dev.regularisation.study;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingPlan;
import java.util.Comparator;

/**
 * One run of a study.
 *
 * @param method    an experiment of the post
 * @param trainSize training samples
 * @param strength  what the method turns: λ of weight decay, L2 and L1, the probability of dropout, the size of a
 *                  minibatch; 0 for the linear model and the plain MLP
 * @param seed      seed of every stage
 */
public record StudyCell(PostExperiment method, int trainSize, double strength, long seed)
        implements Comparable<StudyCell> {

    private static final Comparator<StudyCell> ORDER = Comparator.comparing(StudyCell::method)
            .thenComparingInt(StudyCell::trainSize).thenComparingDouble(StudyCell::strength)
            .thenComparingLong(StudyCell::seed);

    public StudyCell {
        plan(LinearProblem.POST, method, trainSize, strength, seed);
    }

    /** A cell at the strength that the post uses. */
    public static StudyCell asInPost(PostExperiment method, int trainSize, long seed) {
        TrainingPlan plan = method.plan(seed, trainSize);
        double strength = switch (method) {
            case LINEAR, MLP -> 0;
            case WEIGHT_DECAY -> plan.optimiser().weightDecay();
            case L2 -> plan.l2();
            case L1 -> plan.l1();
            case MINIBATCH -> plan.batchSize();
            case DROPOUT -> plan.dropout();
        };
        return new StudyCell(method, trainSize, strength, seed);
    }

    /** What is trained on the post's problem. */
    public TrainingPlan plan() {
        return plan(LinearProblem.POST);
    }

    /** What is trained on the samples of a problem, of which the cell's training size counts. */
    public TrainingPlan plan(Problem problem) {
        return plan(problem, method, trainSize, strength, seed);
    }

    private static TrainingPlan plan(Problem problem, PostExperiment method, int trainSize, double strength, long seed) {
        TrainingPlan.Builder builder = method.plan(problem, seed, trainSize).toBuilder();
        return (switch (method) {
            case LINEAR, MLP -> {
                if (strength != 0) {
                    throw new IllegalArgumentException(method + ": has no strength to turn, wanted 0, got " + strength);
                }
                yield builder;
            }
            case WEIGHT_DECAY -> builder.weightDecay(strength);
            case L2 -> builder.l2(strength);
            case L1 -> builder.l1(strength);
            case MINIBATCH -> {
                if (strength != (int) strength) {
                    throw new IllegalArgumentException(method + ": wanted a whole number of samples, got " + strength);
                }
                yield builder.batchSize((int) strength);
            }
            case DROPOUT -> builder.dropout(strength);
        }).build();
    }

    /** By method, training size, strength, seed. */
    @Override
    public int compareTo(StudyCell other) {
        return ORDER.compare(this, other);
    }
}
