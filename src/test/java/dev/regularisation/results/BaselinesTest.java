package dev.regularisation.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.results.Baselines.Baseline;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.Fit;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What linear models in closed form reach stands beside every run, and never stands in its way. */
class BaselinesTest {

    private static final TrainingPlan PLAN = TrainingPlan.builder().problem(new LinearProblem(3, 20, 30, 0.2)).build();

    private record Pair(Samples train, Samples validation) implements Dataset {

        /** The same samples to train and to validate. */
        static Pair of(int features, float[] x, float... y) {
            Samples samples = new Samples(y.length, features, x, y);
            return new Pair(samples, samples);
        }
    }

    @Test
    @Tag(PostRuns.TAG)
    @DisplayName("on the post's samples least squares has the golden loss and the published figures, as the linear model trained")
    void post() throws IOException {
        TrainingResult linear = PostRuns.of(PostExperiment.LINEAR);
        Baselines baselines = Baselines.of(linear);
        Fit fit = baselines.leastSquares().fit().orElseThrow();

        double golden = Files.readAllLines(Path.of("golden/cpu/theory.txt")).stream().map(line -> line.split(" "))
                .filter(line -> line[0].equals("mean_squared_error")).mapToDouble(line -> Double.parseDouble(line[1]))
                .findFirst().orElseThrow();
        assertThat(fit.trainLoss()).isCloseTo(golden, within(1e-15));
        assertThat(baselines.ridge()).isEmpty();
        // Losses of float32 errors, of weights within 2e-7: 5e-6 of themselves.
        assertClose(fit, linear.last().fit(), 1e-6);
        assertThat(PublishedFigures.of(PostExperiment.LINEAR)).filteredOn(figure -> figure.quantity().title().startsWith("R2"))
                .hasSize(2).allSatisfy(figure -> assertThat(figure.agrees(
                        figure.quantity() == PublishedFigures.Quantity.TRAIN_R2 ? fit.trainR2() : fit.validationR2())).isTrue());
    }

    private static void assertClose(Fit actual, Fit expected, double tolerance) {
        assertThat(List.of(actual.trainLoss(), actual.validationLoss(), actual.trainR2(), actual.validationR2()))
                .usingElementComparator((a, b) -> Math.abs(a - b) <= tolerance ? 0 : 1)
                .containsExactly(expected.trainLoss(), expected.validationLoss(), expected.trainR2(), expected.validationR2());
    }

    @Test
    @DisplayName("a linear model that is trained with L2, by hand, by the optimiser or both, ends at the ridge beside it")
    void trainedRidge() {
        TrainingPlan.Builder linear = PLAN.toBuilder().layers(3, 1).rule(UpdateRule.SGD).learningRate(0.1).epochs(500);
        for (TrainingPlan plan : List.of(linear.l2(0.5).build(), linear.weightDecay(0.25).build(),
                linear.set(Regularisers.SCOPE, Scope.WEIGHTS).build(), linear.weightDecay(0).build(),
                linear.set(Architecture.NO_BIAS, true).build())) {
            TrainingResult result = TrainingLoop.train(plan, new CpuBackend());

            assertClose(Baselines.of(result).ridge().orElseThrow().fit().orElseThrow(), result.last().fit(), 1e-5);
        }
    }

    @Test
    @DisplayName("the title of ridge says what is penalised; decoupled decay has none beside it")
    void ridgeFollowsThePlan() {
        TrainingPlan.Builder plan = PLAN.toBuilder().l2(0.5);

        assertThat(ridge(plan)).isEqualTo("ridge in closed form, lambda 0.5");
        assertThat(ridge(plan.weightDecay(0.25))).isEqualTo("ridge in closed form, lambda 0.75");
        assertThat(ridge(plan.set(Regularisers.SCOPE, Scope.WEIGHTS)))
                .isEqualTo("ridge in closed form, lambda 0.75, 0.25 on the intercept");
        assertThat(ridge(plan.rule(UpdateRule.ADAMW))).isEqualTo("ridge in closed form, lambda 0.5, intercept free");
        assertThat(ridge(plan.set(Architecture.NO_BIAS, true))).isEqualTo("ridge in closed form, lambda 0.5");
        assertThat(ridge(plan.l2(0).set(Regularisers.SCOPE, Scope.ALL))).isEqualTo("none");
    }

    private static String ridge(TrainingPlan.Builder builder) {
        TrainingPlan plan = builder.build();
        return Baselines.of(plan, plan.problem().draw(1)).ridge().map(Baseline::title).orElse("none");
    }

    @Test
    @DisplayName("losses are in the plan's own loss, worked by hand; the fit is least squares all the same")
    void ownLoss() {
        // The mean 2 has errors 1, 1, -2: squares 6/3, absolute values 4/3; no slope helps x = 1.
        Dataset data = Pair.of(1, new float[] {1, 1, 1}, 1, 1, 4);

        Baseline mse = Baselines.of(PLAN, data).leastSquares();
        Baseline mae = Baselines.of(PLAN.toBuilder().set(Loss.Of.SETTING, Loss.Of.MAE).build(), data).leastSquares();

        assertThat(mse.fit()).contains(new Fit(2, 2, 0, 0));
        assertThat(mae.fit()).contains(new Fit(4.0 / 3, 4.0 / 3, 0, 0));
        assertThat(mse.note()).hasValueSatisfying(note -> assertThat(note).contains("smallest weights"));
    }

    @Test
    @DisplayName("what is too large, or holds what is no number, is not computed, and says so")
    void notComputed() {
        // 500² times 2000 multiplications, just not too many.
        Dataset wide = Pair.of(2000, new float[1_000_000], new float[500]);
        Dataset broken = Pair.of(1, new float[] {1, 2}, 1, Float.POSITIVE_INFINITY);
        TrainingPlan plan = PLAN.toBuilder().l2(0.1).build();

        assertThat(Baselines.of(plan, wide).leastSquares().fit()).contains(new Fit(0, 0, Double.NaN, Double.NaN));
        assertThat(Baselines.of(plan, wide).ridge()).hasValueSatisfying(ridge -> {
            assertThat(ridge.fit()).isEmpty();
            assertThat(ridge.note()).contains("not computed: 500 samples of 2000 features are too many");
        });
        assertThat(Baselines.of(plan, broken).leastSquares().note()).contains("not computed: labels: wanted a finite number, got Infinity");
    }
}
