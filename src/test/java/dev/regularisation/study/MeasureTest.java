package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.results.Baselines;
import dev.regularisation.training.Evaluation;
import dev.regularisation.training.Recording;
import dev.regularisation.training.RunRecord;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each measure is what its definition says, on histories that were made up for it. */
final class MeasureTest {

    private static final LinearProblem PROBLEM = new LinearProblem(2, 4, 3, 0.2);

    /** A run of a linear model with these losses, whose one growing weight is the epoch. */
    private static StudyRow run(double[] train, double... validation) {
        TrainingPlan plan = PostExperiment.LINEAR.plan(PROBLEM, 1, 4).toBuilder().epochs(train.length - 1).build();
        RunRecord record = new RunRecord(plan, Precision.FLOAT32, Recording.LOSSES);
        Dataset data = PROBLEM.draw(1);
        for (int epoch = 0; epoch < train.length; epoch++) {
            record.add(train[epoch], validation[epoch], new double[] {-epoch, 0.5, 0});
        }
        return StudyRow.of(StudyCell.asInPost(PostExperiment.LINEAR, 4, 1),
                record.result(data, "made up", new Evaluation(new CpuBackend(), plan, data)));
    }

    private static double[] constant(int epochs, double value) {
        double[] losses = new double[epochs + 1];
        Arrays.fill(losses, value);
        return losses;
    }

    @Test
    @DisplayName("best, near best, last, settled, risen: epochs and losses of a short history")
    void losses() {
        StudyRow row = run(new double[] {8, 2, 4, 1.2, 1.25, 1}, 9, 0.504, 3, 0.5, 0.6, 0.7);

        assertThat(List.of(row.get(Measure.EPOCHS), row.get(Measure.BEST_EPOCH), row.bestValidationLoss(),
                row.get(Measure.NEAR_BEST_EPOCH), row.get(Measure.BEST_TRAIN_LOSS), row.get(Measure.LAST_TRAIN_LOSS),
                row.get(Measure.RISE), row.get(Measure.SETTLED_EPOCH))).containsExactly(5.0, 3.0, 0.5, 1.0, 1.0, 1.0, 2.0, 3.0);
        assertThat(row.find(Measure.FLOOR_LOSS)).isEmpty();
        assertThat(row.get(Measure.JUMPS)).isZero();
        assertThat(row.find(Measure.JUMP_FROM)).isEmpty();
        // The weights are (-epoch, 0.5), the bias 0.
        assertThat(List.of(row.get(Measure.L1_FIRST), row.get(Measure.L1_SETTLED), row.get(Measure.L1_LAST),
                row.get(Measure.L2_FIRST), row.get(Measure.L2_QUARTER), row.get(Measure.L2_HALF), row.get(Measure.L2_LAST)))
                .containsExactly(0.5, 3.5, 5.5, 0.25, 1.25, 4.25, 25.25);
        assertThat(List.of(row.get(Measure.NEAR_ZERO), row.get(Measure.NEAR_ZERO_WEIGHTS))).containsExactly(1.0, 0.0);
    }

    @Test
    @DisplayName("a floor of rounding, when it is reached, and what the validation loss does from then on")
    void floor() {
        double[] train = constant(20, 1e-13);
        train[0] = 1;
        train[1] = 2e-12;
        train[2] = 9e-13;
        double[] validation = constant(20, 0.5);
        validation[1] = 3;
        validation[7] = 0.75;
        StudyRow row = run(train, validation);

        assertThat(List.of(row.get(Measure.FLOOR_LOSS), row.get(Measure.FLOOR_EPOCH), row.get(Measure.FLOOR_MOVE)))
                .containsExactly(1e-13, 2.0, 0.25);
        assertThat(run(constant(20, 1.1e-12), validation).find(Measure.FLOOR_EPOCH)).isEmpty();
    }

    @Test
    @DisplayName("jumps, the epochs that they take after the hundredth, and how parameters grow in them")
    void jumps() {
        double[] train = constant(200, 1e-3);
        Arrays.fill(train, 90, 104, 1.0);
        train[150] = 0.2;
        StudyRow row = run(train, constant(200, 0.5));

        // Epochs 101 to 103 and 150, where the squared norm grows by 2 t - 1.
        assertThat(List.of(row.get(Measure.JUMPS), row.get(Measure.JUMP_EPOCHS), row.get(Measure.JUMP_FROM),
                row.get(Measure.JUMP_GROWTH), row.get(Measure.NORM_AT_100))).containsExactly(2.0, 4.0, 1e-3,
                        201 + 203 + 205 + 299.0, 10000.25);
    }

    @Test
    @DisplayName("a run that diverged has no measures of its shape, and says when it did")
    void diverged() {
        StudyRow row = run(new double[] {1, Double.POSITIVE_INFINITY, Double.NaN}, 1, 2, Double.NaN);

        assertThat(row.get(Measure.DIVERGED)).isEqualTo(1);
        assertThat(row.measures()).doesNotContainKeys(Measure.RISE, Measure.JUMPS, Measure.SETTLED_EPOCH, Measure.NEAR_BEST_EPOCH,
                Measure.L1_SETTLED).containsKeys(Measure.BEST_EPOCH, Measure.LAST_TRAIN_LOSS);
        assertThat(StudyRow.parse(row.line())).isEqualTo(row);
    }

    @Test
    @DisplayName("lit and dark hidden units, and what taking one away costs, counted by hand")
    void hidden() {
        // One input x; hidden units x, -x and always 0; the prediction is the first plus twice the second.
        Samples samples = new Samples(4, 1, new float[] {1, 2, -1, 3}, new float[] {1, 2, 2, 4});
        HiddenUnits units = new HiddenUnits(new Architecture(List.of(1, 3, 1), Activation.RELU, true),
                new double[] {1, -1, 0, 0, 0, -1, 1, 2, 5, 0}, samples);

        assertThat(units.count()).isEqualTo(3);
        assertThat(units.lit()).isEqualTo(4);
        assertThat(units.dark()).isEqualTo(1);
        // The loss is 1/4 with all units: only the last sample is missed, by 1. Without the first unit errors are 1, 2, 0, 4,
        // without the second 0, 0, 2, 1, without the third as with all.
        assertThat(units.removalRise(new MeanSquaredError())).hasValue((21 - 1 + 5 - 1 + 0) / 4.0 / 3);
    }

    @Test
    @DisplayName("hidden units of two layers, in double, are those of the network that was trained")
    void sameNetwork() {
        LinearProblem problem = new LinearProblem(5, 30, 40, 0.2);
        TrainingResult run = TrainingLoop.train(PostExperiment.MLP.plan(problem, 1, 30).toBuilder().epochs(20).build(),
                new CpuBackend());
        HiddenUnits units = new HiddenUnits(run.plan().architecture(), run.last().parameters(), run.data().validation());

        double[] predictions = units.predictions();
        assertThat(predictions).hasSize(40);
        // Rounding of float32. Measured: 2.8e-7 here, 1.8e-6 at worst of 50 seeds.
        assertThat(predictions).containsExactly(run.last().validationPredictions(), within(1e-6));
    }

    @Test
    @DisplayName("closed forms stand beside a run, and how far a linear model is from least squares")
    void closedForms() {
        LinearProblem problem = new LinearProblem(5, 30, 40, 0.2);
        StudyCell cell = StudyCell.asInPost(PostExperiment.LINEAR, 30, 1);
        TrainingResult run = TrainingLoop.train(cell.plan(problem), new CpuBackend());
        StudyRow row = StudyRow.of(cell, run);
        Baselines baselines = Baselines.of(run);

        assertThat(row.get(Measure.LEAST_SQUARES)).isEqualTo(baselines.leastSquares().fit().orElseThrow().validationLoss());
        assertThat(row.find(Measure.RIDGE)).isEmpty();
        // Rounding of float32. Measured: 4.6e-8.
        assertThat(row.get(Measure.COEFFICIENT_DISTANCE)).isBetween(1e-9, 1e-6);
        // Forty squares of noise with deviation 0.2: 0.04, to four standard errors of 0.009.
        assertThat(row.get(Measure.NOISE_LOSS)).isCloseTo(0.04, within(0.036));
        StudyCell l2 = StudyCell.asInPost(PostExperiment.L2, 30, 1);
        StudyRow ridge = StudyRow.of(l2, TrainingLoop.train(l2.plan(problem), new CpuBackend()));
        assertThat(ridge.find(Measure.RIDGE)).isPresent();
        assertThat(ridge.find(Measure.COEFFICIENT_DISTANCE)).isEmpty();
    }
}
