package dev.regularisation.lockstep;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Precision;
import dev.regularisation.nn.Dropout;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.setting.Settings;
import dev.regularisation.training.TrainingPlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code lockstep.cl} reads of each run, in the order of the names there, and what runs share: samples and initial
 * parameters by seed, streams of draws, tables of Adam's steps.
 */
final class RunTable {

    private static final int WHOLE_COUNT = 5;
    private static final int REAL_COUNT = 9;

    private final Precision precision;
    private final ByteBuffer wholes;
    private final ByteBuffer reals;
    private final List<ByteBuffer> steps = new ArrayList<>();
    private final List<TrainingPlan> samples = new ArrayList<>();
    private final List<RunStream> streams = new ArrayList<>();
    private final List<RunStream> dropping = new ArrayList<>();

    /** Of plans of one shape. */
    RunTable(List<TrainingPlan> plans, Precision precision) {
        this.precision = precision;
        this.wholes = RunBatch.bytes((long) plans.size() * WHOLE_COUNT * Integer.BYTES);
        this.reals = RunBatch.bytes((long) plans.size() * REAL_COUNT * precision.bytes());
        int smallest = plans.stream().mapToInt(TrainingPlan::batchSize).min().orElseThrow();
        RunShape shape = RunShape.of(plans.get(0));
        int mostSteps = Math.multiplyExact(shape.epochs(), shape.trainSize() / smallest);
        Map<Long, Integer> sampleOf = new HashMap<>();
        Map<RunStream.Key, Integer> streamOf = new HashMap<>();
        Map<Settings, Integer> stepsOf = new HashMap<>();
        for (TrainingPlan plan : plans) {
            int stream = place(streamOf, RunStream.Key.of(plan), streams, new RunStream(plan));
            wholes.putInt(place(sampleOf, plan.seed(), samples, plan)).putInt(stream).putInt(maskOf(streams.get(stream)))
                    .putInt(plan.batchSize());
            Settings optimiser = plan.optimiser().settings();
            if (!stepsOf.containsKey(optimiser)) {
                stepsOf.put(optimiser, steps.size());
                steps.add(stepTable(optimiser, mostSteps));
            }
            wholes.putInt(stepsOf.get(optimiser));
            describe(plan);
        }
        wholes.flip();
        reals.flip();
    }

    /** The place of what {@code key} stands for in a list, to which it is added the first time. */
    private static <K, V> int place(Map<K, Integer> places, K key, List<V> list, V value) {
        return places.computeIfAbsent(key, unknown -> {
            list.add(value);
            return list.size() - 1;
        });
    }

    /** The place of a stream's masks, −1 where it draws none. */
    private int maskOf(RunStream stream) {
        if (!stream.isDropping()) {
            return -1;
        }
        if (!dropping.contains(stream)) {
            dropping.add(stream);
        }
        return dropping.indexOf(stream);
    }

    private void describe(TrainingPlan plan) {
        AdamStep step = AdamMoments.step(plan.optimiser().settings(), 1);
        put(reals, precision, plan.loss().slopeFactor() / plan.batchSize());
        put(reals, precision, new Dropout(plan.dropout()).scale(precision));
        put(reals, precision, plan.l2());
        put(reals, precision, plan.l1());
        put(reals, precision, plan.optimiser().weightDecay());
        put(reals, precision, step.firstMomentRate());
        put(reals, precision, step.secondMomentDecay());
        put(reals, precision, step.secondMomentRate());
        put(reals, precision, step.epsilon());
    }

    /** The two factors of Adam's step that change from step to step. */
    private ByteBuffer stepTable(Settings optimiser, int count) {
        ByteBuffer table = RunBatch.bytes(2L * count * precision.bytes());
        for (int t = 1; t <= count; t++) {
            AdamStep step = AdamMoments.step(optimiser, t);
            put(table, precision, step.stepSize());
            put(table, precision, step.secondMomentScale());
        }
        return table.flip();
    }

    /** Appends a number in {@code precision}. */
    static void put(ByteBuffer to, Precision precision, double value) {
        if (precision == Precision.FLOAT32) {
            to.putFloat((float) value);
        } else {
            to.putDouble(value);
        }
    }

    /** For each run where its samples, its stream, its masks and its steps are, and the size of its batches. */
    ByteBuffer wholes() {
        return wholes;
    }

    /** For each run the factors of its loss, its dropout, its penalties and of Adam. */
    ByteBuffer reals() {
        return reals;
    }

    /** Tables of Adam's steps, all of one length. */
    List<ByteBuffer> steps() {
        return steps;
    }

    /** A plan for each draw of samples. */
    List<TrainingPlan> samples() {
        return samples;
    }

    /** The streams that runs draw from. */
    List<RunStream> streams() {
        return streams;
    }

    /** Those that draw masks. */
    List<RunStream> dropping() {
        return dropping;
    }
}
