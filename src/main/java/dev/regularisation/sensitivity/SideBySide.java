package dev.regularisation.sensitivity;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.MeanAbsoluteError;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.sensitivity.Cause.AtParameter;
import dev.regularisation.sensitivity.Cause.AtSample;
import dev.regularisation.sensitivity.Cause.Kind;
import dev.regularisation.sensitivity.Explanation.Moment;
import dev.regularisation.training.StepwiseRun;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/** Trains two runs of one plan side by side, step by step, and finds the step at which they part and what differs in it. */
public final class SideBySide {

    /** As many causes of a step are told; the others are counted. */
    public static final int MOST_CAUSES = 3;

    /** A root is tiny where it is less than this share of the median root. */
    private static final double TINY = 0.01;

    private final TrainingPlan plan;
    private final Architecture network;
    private final StepwiseRun one;
    private final StepwiseRun other;
    private final boolean rectifies;
    private final double[][] hidden;
    private final double[][] hiddenOfOther;
    private double[] before;
    private double[] beforeOfOther;
    private double[] after;
    private double[] afterOfOther;

    private final List<Cause> causes = new ArrayList<>();
    private long decided;
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
        this.plan = one.plan();
        this.network = plan.architecture();
        this.one = one;
        this.other = other;
        rectifies = network.activation() == Activation.RELU || network.activation() == Activation.LEAKY_RELU;
        hidden = hidden();
        hiddenOfOther = hidden();
        before = new double[network.parameterCount()];
        beforeOfOther = before.clone();
        after = before.clone();
        afterOfOther = before.clone();
    }

    private double[][] hidden() {
        double[][] values = new double[network.layers() - 1][];
        for (int layer = 0; layer < values.length; layer++) {
            values[layer] = new double[Math.multiplyExact(network.sizes().get(layer + 1), plan.batchSize())];
        }
        return values;
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
            decisions();
            one.step();
            other.step();
            one.parameters(after);
            other.parameters(afterOfOther);
            last = distance(after, afterOfOther);
            settle(last);
            boolean jumps = last > greatest && last >= Explanation.TENFOLD * Math.max(greatest, floor);
            if (jumps || first == null && decided > 0) {
                Candidate candidate = new Candidate(moment(greatest, last), Math.max(greatest, floor));
                first = first == null && decided > 0 ? candidate : first;
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

    private static boolean areOfOtherSigns(double a, double b) {
        return Math.signum(a) != Math.signum(b) && !(Double.isNaN(a) && Double.isNaN(b));
    }

    /** Finds the decisions of the step that differ: some of them, and how many. */
    private void decisions() {
        causes.clear();
        decided = 0;
        boolean activationSigns = plan.get(ActivationL1.STRENGTH) != 0 && network.activation() != Activation.RELU;
        for (int layer = 0; layer < hidden.length; layer++) {
            one.hidden(layer, hidden[layer]);
            other.hidden(layer, hiddenOfOther[layer]);
            if (rectifies) {
                rectifiers(layer);
            }
            if (activationSigns) {
                activations(layer);
            }
        }
        if (plan.l1() != 0) {
            signs();
        }
        if (plan.loss() instanceof MeanAbsoluteError) {
            errors();
        }
    }

    private void rectifiers(int layer) {
        double[] values = hidden[layer];
        double[] others = hiddenOfOther[layer];
        double[] inputs = null;
        double[] inputsOfOther = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0 == others[i] > 0) {
                continue;
            }
            if (inputs == null) {
                inputs = one.preActivation(layer);
                inputsOfOther = other.preActivation(layer);
            }
            differs(Kind.RECTIFIER, atSample(layer, i), inputs[i], inputsOfOther[i]);
        }
    }

    private void activations(int layer) {
        for (int i = 0; i < hidden[layer].length; i++) {
            if (areOfOtherSigns(hidden[layer][i], hiddenOfOther[layer][i])) {
                differs(Kind.ACTIVATION_SIGN, atSample(layer, i), hidden[layer][i], hiddenOfOther[layer][i]);
            }
        }
    }

    private void signs() {
        boolean biases = plan.get(Regularisers.SCOPE) == Scope.ALL;
        for (int i = 0; i < before.length; i++) {
            if (areOfOtherSigns(before[i], beforeOfOther[i])) {
                AtParameter where = atParameter(i);
                if (biases || where.input().isPresent()) {
                    differs(Kind.PARAMETER_SIGN, where, before[i], beforeOfOther[i]);
                }
            }
        }
    }

    private void errors() {
        double[] errors = one.errors();
        double[] errorsOfOther = other.errors();
        for (int s = 0; s < errors.length; s++) {
            if (areOfOtherSigns(errors[s], errorsOfOther[s])) {
                differs(Kind.ERROR_SIGN, atSample(network.layers() - 1, s), errors[s], errorsOfOther[s]);
            }
        }
    }

    private void differs(Kind kind, Cause.Where where, double value, double valueOfOther) {
        decided++;
        // A bound on memory, where runs that have parted differ in everything.
        if (causes.size() < network.parameterCount()) {
            causes.add(new Cause(kind, where, value, valueOfOther));
        }
    }

    private AtSample atSample(int layer, int element) {
        return new AtSample(layer + 1, element / plan.batchSize(), one.sample(element % plan.batchSize()));
    }

    private AtParameter atParameter(int index) {
        int within = index;
        int layer = 0;
        while (within >= network.parameterCount(layer)) {
            within -= network.parameterCount(layer);
            layer++;
        }
        int inputs = network.sizes().get(layer);
        int weights = inputs * network.sizes().get(layer + 1);
        return within < weights ? new AtParameter(layer + 1, within / inputs, OptionalInt.of(within % inputs))
                : new AtParameter(layer + 1, within - weights, OptionalInt.empty());
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
        AtParameter where = atParameter(farthest);
        List<Cause> found = new ArrayList<>(causes);
        if (found.isEmpty()) {
            tinyRoot(farthest, where).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(cause -> cause.where().layer() != where.layer() || cause.where().unit() != where.unit()));
        return new Moment(one.epoch(), one.batch(), greatest, distance, distance, Double.NaN, where,
                found.subList(0, Math.min(MOST_CAUSES, found.size())), decided);
    }

    private Optional<Cause> tinyRoot(int parameter, AtParameter where) {
        return one.secondMoment().flatMap(moment -> {
            double[] sorted = moment.clone();
            Arrays.sort(sorted);
            double root = Math.sqrt(moment[parameter]);
            double rootOfOther = Math.sqrt(other.secondMoment().orElseThrow()[parameter]);
            return Math.min(root, rootOfOther) < TINY * Math.sqrt(sorted[sorted.length / 2])
                    ? Optional.of(new Cause(Kind.TINY_ROOT, where, root, rootOfOther)) : Optional.empty();
        });
    }
}
