package dev.regularisation.sensitivity;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.sensitivity.Cause.AtParameter;
import dev.regularisation.sensitivity.Explanation.Moment;
import dev.regularisation.training.StepwiseRun;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/** Trains two runs of one plan side by side, step by step, and finds the step at which they part and what differs in it. */
public final class SideBySide {

    /** As many causes of a step are told; the others are counted. */
    public static final int MOST_CAUSES = 3;

    private final StepwiseRun one;
    private final StepwiseRun other;
    private final Decisions decisions;
    private double[] before;
    private double[] beforeOfOther;
    private double[] after;
    private double[] afterOfOther;

    private Candidate first;
    private final List<Candidate> candidates = new ArrayList<>();

    /** A step that may part them, with the least distance since. */
    private static final class Candidate {

        private final Moment moment;
        private final double floor;
        private double least;

        Candidate(Moment moment, double floor) {
            this.moment = moment;
            this.floor = floor;
            this.least = moment.after();
        }

        double jump() {
            return least / floor;
        }

        Moment ended() {
            return new Moment(moment.epoch(), moment.batch(), moment.before(), moment.after(), least, jump(), moment.farthest(),
                    moment.causes(), moment.decided());
        }
    }

    private SideBySide(StepwiseRun one, StepwiseRun other) {
        this.one = one;
        this.other = other;
        decisions = new Decisions(one, other);
        before = new double[one.plan().architecture().parameterCount()];
        beforeOfOther = before.clone();
        after = before.clone();
        afterOfOther = before.clone();
    }

    /**
     * Trains both to their last epoch.
     *
     * @param plan      of the one
     * @param neighbour of the other, {@link TrainingPlan#NEIGHBOUR}
     * @param one       trains the one
     * @param other     trains the other; not the same
     * @param ended     hears the number of each epoch that has ended
     * @throws IllegalArgumentException where the plan has patience
     * @throws CancellationException    when the thread is interrupted; the interrupt flag stays set
     */
    public static Explanation explain(TrainingPlan plan, int neighbour, Backend one, Backend other, IntConsumer ended) {
        if (plan.get(TrainingPlan.PATIENCE) != null) {
            throw new IllegalArgumentException("patience: wanted none, as it may end two runs at different epochs, got "
                    + plan.get(TrainingPlan.PATIENCE) + "; leave it out, and choose --epochs");
        }
        Draws draws = new Draws();
        TrainingPlan moved = plan.toBuilder().set(TrainingPlan.NEIGHBOUR, neighbour).build();
        double roundoff = Math.max(one.precision().unitRoundoff(), other.precision().unitRoundoff());
        return new SideBySide(new StepwiseRun(plan, draws, one), new StepwiseRun(moved, draws, other)).run(roundoff, ended);
    }

    private Explanation run(double roundoff, IntConsumer ended) {
        one.parameters(before);
        other.parameters(beforeOfOther);
        double floor = roundoff * Arrays.stream(before).map(Math::abs).max().orElseThrow();
        double start = distance(before, beforeOfOther);
        double greatest = start;
        double last = start;
        long steps = 0;
        while (one.next() && other.next()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted in epoch " + one.epoch());
            }
            decisions.find(before, beforeOfOther);
            one.step();
            other.step();
            one.parameters(after);
            other.parameters(afterOfOther);
            last = distance(after, afterOfOther);
            settle(last);
            boolean jumps = last > greatest && last >= Explanation.TENFOLD * Math.max(greatest, floor);
            if (jumps || first == null && decisions.count() > 0) {
                Candidate candidate = new Candidate(moment(greatest, last), Math.max(greatest, floor));
                first = first == null && decisions.count() > 0 ? candidate : first;
                if (jumps) {
                    candidates.add(candidate);
                }
            }
            greatest = Math.max(greatest, last);
            swap();
            steps++;
            if (one.batch() == one.batches()) {
                ended.accept(one.epoch());
            }
        }
        return new Explanation(start, last, greatest, steps, Optional.ofNullable(first).map(Candidate::ended),
                candidates.stream().max(Comparator.comparingDouble(Candidate::jump)).map(Candidate::ended));
    }

    /** What a distance after a step leaves of earlier jumps. */
    private void settle(double distance) {
        if (first != null) {
            first.least = Math.min(first.least, distance);
        }
        candidates.forEach(candidate -> candidate.least = Math.min(candidate.least, distance));
        candidates.removeIf(candidate -> !(candidate.jump() >= Explanation.TENFOLD));
    }

    private void swap() {
        double[] spare = before;
        before = after;
        after = spare;
        spare = beforeOfOther;
        beforeOfOther = afterOfOther;
        afterOfOther = spare;
    }

    /** Where one is no number and the other is, they could not be farther apart. */
    private static double distance(double a, double b) {
        double distance = Math.abs(a - b);
        return distance >= 0 ? distance : Double.compare(a, b) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }

    private static double distance(double[] a, double[] b) {
        double greatest = 0;
        for (int i = 0; i < a.length; i++) {
            greatest = Math.max(greatest, distance(a[i], b[i]));
        }
        return greatest;
    }

    /** The step that was just taken, with what differs in it. */
    private Moment moment(double greatest, double distance) {
        int farthest = 0;
        double most = -1;
        for (int i = 0; i < after.length; i++) {
            double difference = distance(after[i] - before[i], afterOfOther[i] - beforeOfOther[i]);
            if (difference > most) {
                most = difference;
                farthest = i;
            }
        }
        AtParameter where = decisions.atParameter(farthest);
        List<Cause> found = new ArrayList<>(decisions.causes());
        if (found.isEmpty()) {
            decisions.tinyRoot(farthest).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(cause -> cause.where().layer() != where.layer() || cause.where().unit() != where.unit()));
        return new Moment(one.epoch(), one.batch(), greatest, distance, distance, Double.NaN, where,
                found.subList(0, Math.min(MOST_CAUSES, found.size())), decisions.count());
    }
}
