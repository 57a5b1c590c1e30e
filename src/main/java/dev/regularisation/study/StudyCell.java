package dev.regularisation.study;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.nn.Dropout;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.setting.Setting;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/**
 * One run of a study.
 *
 * @param method    an experiment of the post
 * @param trainSize training samples
 * @param strength  what the method turns: λ of weight decay, L2 and L1, the probability of dropout, the size of a
 *                  minibatch; 0 for the linear model and the plain MLP
 * @param changes   further settings of the method's plan
 * @param seed      seed of every stage
 */
public record StudyCell(PostExperiment method, int trainSize, double strength, Changes changes, long seed)
        implements Comparable<StudyCell> {

    private static final Comparator<StudyCell> ORDER = Comparator.comparing(StudyCell::method)
            .thenComparingInt(StudyCell::trainSize).thenComparingDouble(StudyCell::strength)
            .thenComparing(StudyCell::changes).thenComparingLong(StudyCell::seed);

    public StudyCell {
        turned(method).filter(changes::has).ifPresent(setting -> {
            throw new IllegalArgumentException(method + ": wanted " + setting.name() + " as the strength, got it among the settings");
        });
        plan(LinearProblem.POST, method, trainSize, strength, changes, seed);
    }

    /** A cell that changes nothing but the strength. */
    public StudyCell(PostExperiment method, int trainSize, double strength, long seed) {
        this(method, trainSize, strength, Changes.NONE, seed);
    }

    /** What the strength of a method is. */
    private static Optional<Setting<?>> turned(PostExperiment method) {
        return Optional.ofNullable(switch (method) {
            case LINEAR, MLP -> null;
            case WEIGHT_DECAY -> OptimiserPlan.WEIGHT_DECAY;
            case L2 -> L2.STRENGTH;
            case L1 -> L1.STRENGTH;
            case MINIBATCH -> TrainingPlan.BATCH_SIZE;
            case DROPOUT -> Dropout.PROBABILITY;
        });
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

    /** The same with further settings changed. */
    public StudyCell with(Changes more) {
        return new StudyCell(method, trainSize, strength, more, seed);
    }

    /** What is trained on the post's problem. */
    public TrainingPlan plan() {
        return plan(LinearProblem.POST);
    }

    /** What is trained on the samples of a problem, of which the cell's training size counts. */
    public TrainingPlan plan(Problem problem) {
        return plan(problem, method, trainSize, strength, changes, seed);
    }

    private static TrainingPlan plan(
            Problem problem, PostExperiment method, int trainSize, double strength, Changes changes, long seed) {
        TrainingPlan.Builder builder = changes.apply(method.plan(problem, seed, trainSize).toBuilder());
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

    /**
     * Trains it.
     *
     * @param problem as in {@link #plan(Problem)}
     * @param draws   shared with other runs
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public StudyRow train(Problem problem, Draws draws, Backend backend) {
        return StudyRow.of(this, TrainingLoop.train(plan(problem), draws, backend, Recording.LOSSES, ProgressListener.NONE));
    }

    /** Its columns in a line of a file, such as {@code mlp-l1,200,0.021,,7}. */
    public String line() {
        return CSVFormat.DEFAULT.format(columns());
    }

    /** What stands in the columns. */
    Object[] columns() {
        return new Object[] {method.id(), trainSize, strength, changes, seed};
    }

    /**
     * The cell of a {@link #line()}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static StudyCell parse(String line) {
        String[] columns = StudyRow.cells(line);
        int wanted = StudyRow.COLUMNS.indexOf(Measure.values()[0].column());
        if (columns.length != wanted) {
            throw new IllegalArgumentException("wanted " + wanted + " columns, got " + columns.length);
        }
        return of(columns);
    }

    /** The cell whose columns a row begins with. */
    static StudyCell of(String[] f) {
        return new StudyCell(PostExperiment.of(f[0]), Integer.parseInt(f[1]), Double.parseDouble(f[2]), Changes.parse(f[3]),
                Long.parseLong(f[4]));
    }

    /** Such as {@code mlp-l1 at 200 samples, strength 0.021, seed 7}. */
    @Override
    public String toString() {
        return method + " at " + trainSize + " samples" + (strength == 0 ? "" : ", strength " + strength)
                + (changes.equals(Changes.NONE) ? "" : ", " + changes) + ", seed " + seed;
    }

    /** By method, training size, strength, further settings, seed. */
    @Override
    public int compareTo(StudyCell other) {
        return ORDER.compare(this, other);
    }
}
