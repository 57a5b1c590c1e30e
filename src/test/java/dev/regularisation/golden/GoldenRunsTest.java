package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.EigenShrinkage;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The results of the cpu backend have not changed by a bit. */
final class GoldenRunsTest {

    private static final int SHORT = 200;

    static Stream<Arguments> postRuns() {
        return Stream.of(PostExperiment.values()).flatMap(experiment ->
                Stream.of(200, 400).map(size -> Arguments.of(experiment, size)));
    }

    @ParameterizedTest(name = "{0} with {1} samples")
    @MethodSource("postRuns")
    @DisplayName("golden: the post's runs")
    void postRun(PostExperiment experiment, int trainSize) throws IOException {
        TrainingResult result = PostRuns.of(experiment, trainSize);

        check(experiment.id() + "-" + trainSize + "-seed-42.txt", result);
    }

    static Stream<Arguments> otherSeeds() {
        return Stream.of(PostExperiment.values()).flatMap(experiment ->
                Stream.of(1L, 7L, -1L).map(seed -> Arguments.of(experiment, seed)));
    }

    @ParameterizedTest(name = "{0} at seed {1}, 200 epochs")
    @MethodSource("otherSeeds")
    @DisplayName("golden: other seeds")
    void otherSeed(PostExperiment experiment, long seed) throws IOException {
        TrainingPlan plan = experiment.plan(seed, 200).toBuilder().epochs(SHORT).build();

        check(experiment.id() + "-200-seed-" + seed + ".txt", TrainingLoop.train(plan, new CpuBackend()));
    }

    /** Before golden files are made anew, a second run must give the same bytes. */
    private static void check(String name, TrainingResult result) throws IOException {
        GoldenText text = GoldenText.of(result);
        if (GoldenUpdate.isAsked()) {
            TrainingResult again = TrainingLoop.train(result.plan(), new CpuBackend());
            assertThat(GoldenText.of(again).toString()).isEqualTo(text.toString());
        }
        GoldenFolder.check(name, text);
    }

    @Test
    @DisplayName("golden: least squares and eigen-shrinkage on the post's data")
    void theory() throws IOException {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        int d = data.train().features();
        double[][] x = new double[data.train().size()][d];
        double[] y = new double[data.train().size()];
        for (int s = 0; s < y.length; s++) {
            y[s] = data.train().y()[s];
            for (int i = 0; i < d; i++) {
                x[s][i] = data.train().x()[s * d + i];
            }
        }
        LeastSquares fit = LeastSquares.fit(x, y);
        EigenShrinkage shrinkage = new EigenShrinkage(fit.loss().eigenbasis(), 0.085);
        GoldenText text = new GoldenText("Least squares on the post's training data, and the shrinkage of L2 with 0.085 there");
        text.put("mean_squared_error", fit.meanSquaredError());
        double[] coefficients = fit.model().coefficients();
        for (int i = 0; i < coefficients.length; i++) {
            text.put("coefficient.%02d".formatted(i), coefficients[i]);
            text.put("factor.%02d".formatted(i), shrinkage.factors()[i]);
        }

        GoldenFolder.check("theory.txt", text);
    }
}
