package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.spec.Document;
import dev.regularisation.study.Jumps;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import java.util.List;

/**
 * Growth of Σθ² after epoch 100, when the learning is done: in jumps of the training loss, until it lies low again, or between.
 *
 * @param inside      growth in jumps
 * @param outside     growth between them
 * @param insideTime  epochs in jumps
 * @param outsideTime epochs between them
 */
record JumpGrowth(double inside, double outside, int insideTime, int outsideTime) {

    private static final int LEARNT = 100;

    /**
     * Sums increments by where they fall.
     *
     * @param losses     by epoch, from 0
     * @param increments by epoch, that of epoch 1 first
     */
    static JumpGrowth of(double[] losses, double[] increments) {
        boolean[] jump = new boolean[losses.length];
        for (Jumps.Jump found : Jumps.of(losses)) {
            for (int epoch = found.epoch(); epoch < found.end(); epoch++) {
                jump[epoch] = true;
            }
        }
        double[] growth = new double[2];
        int[] time = new int[2];
        for (int epoch = LEARNT + 1; epoch < losses.length; epoch++) {
            int where = jump[epoch] ? 0 : 1;
            growth[where] += increments[epoch - 1];
            time[where]++;
        }
        return new JumpGrowth(growth[0], growth[1], time[0], time[1]);
    }

    /** Of a run of a study; one that never jumps grows between jumps alone. */
    static JumpGrowth of(StudyRow run) {
        int time = (int) run.get(Measure.EPOCHS) - LEARNT;
        if (run.get(Measure.JUMPS) == 0) {
            return new JumpGrowth(0, run.get(Measure.L2_LAST) - run.get(Measure.L2_FIRST), 0, time);
        }
        double inside = run.get(Measure.JUMP_GROWTH);
        int insideTime = (int) run.get(Measure.JUMP_EPOCHS);
        return new JumpGrowth(inside, run.get(Measure.L2_LAST) - run.get(Measure.NORM_AT_100) - inside, insideTime,
                time - insideTime);
    }

    /** The same growth at an even pace, in jumps and between. */
    JumpGrowth even() {
        return new JumpGrowth(time() * (inside + outside), (1 - time()) * (inside + outside), insideTime, outsideTime);
    }

    static double[] increments(double... norms) {
        double[] increments = new double[norms.length - 1];
        for (int i = 0; i < increments.length; i++) {
            increments[i] = norms[i + 1] - norms[i];
        }
        return increments;
    }

    /** The share of the growth that falls into jumps; none where there is no growth in them. */
    double share() {
        return inside <= 0 ? 0 : inside / (inside + outside);
    }

    /** The share of the epochs. */
    double time() {
        return (double) insideTime / (insideTime + outsideTime);
    }

    /** Growth per epoch between jumps over that in jumps; without any in them infinity. */
    double calmRate() {
        return inside <= 0 || insideTime == 0 ? Double.POSITIVE_INFINITY
                : outside / Math.max(1, outsideTime) / (inside / insideTime);
    }

    static List<String> header() {
        return List.of("after epoch 100", "epochs", "growth of Σθ²", "per epoch");
    }

    List<String> row(String name, boolean jumps) {
        double growth = jumps ? inside : outside;
        int time = jumps ? insideTime : outsideTime;
        return List.of(name, "" + time, Document.format("%.1f", growth), Document.format("%.4f", growth / time));
    }
}
