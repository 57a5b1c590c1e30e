package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class L1With400Test {

    /** 1.19 at the post's seed, in PyTorch and here, in float32 and float64; the next best network is at 2.1. */
    private static final double NEARLY = 1.25;
    private static final int SEEDS = 8;
    /** 2,000 validation samples tell a loss to 3 %, which is enough for ratios of 1.2 to 3. */
    private static final LinearProblem PROBLEM = new LinearProblem(50, 400, 2000, 0.2);

    @Test
    @Shows(OldRule.DATA_L1_400_NEARLY_OPTIMAL)
    @DisplayName("data.l1-400-nearly-optimal: true of the post's seed, which is a lucky one: the median seed has "
            + "nearly twice the loss")
    void overSeeds() {
        page().publish();

        requireMedianAbove(1.5, ratios(PostExperiment.L1));
    }

    @ParameterizedTest(name = "on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.DATA_L1_400_NEARLY_OPTIMAL)
    @DisplayName("data.l1-400-nearly-optimal: at the post's seed, within a quarter of the linear model's loss, as no "
            + "other network")
    void onBackend(String backend) {
        Map<PostExperiment, Double> at400 = Methods.validation(backend, 400);

        requireNearlyOptimal(PostExperiment.L1, at400);
        Methods.MLPS.stream().filter(other -> other != PostExperiment.L1).forEach(other ->
                Check.that(at400.get(PostExperiment.L1) < at400.get(other), "%s is at %.4f, not above L1", other,
                        at400.get(other)));
    }

    @Test
    @Teeth(OldRule.DATA_L1_400_NEARLY_OPTIMAL)
    @DisplayName("data.l1-400-nearly-optimal: rejects the other networks, L1 with 200, a lucky choice of seeds, and "
            + "NaN")
    void teeth() {
        Map<PostExperiment, Double> at400 = Methods.validation(CpuBackend.NAME, 400);

        assertThatThrownBy(() -> requireNearlyOptimal(PostExperiment.DROPOUT, at400))
                .hasMessageContaining("mlp-dropout is at 2.1");
        // About 6 times; how much exactly is left to rounding.
        Map<PostExperiment, Double> at200 = Methods.validation(CpuBackend.NAME, 200);
        assertThatThrownBy(() -> requireNearlyOptimal(PostExperiment.L1, at200)).hasMessageContaining(
                Text.of("mlp-l1 is at %.2f times", at200.get(PostExperiment.L1) / at200.get(PostExperiment.LINEAR)));
        assertThatThrownBy(() -> requireMedianAbove(1.5, 1.19, 1.25, 1.27))
                .hasMessageContaining("median 1.25 is not above");
        assertThatThrownBy(() -> requireMedianAbove(1.5, Double.NaN)).hasMessageContaining("median NaN");
    }

    static void requireNearlyOptimal(PostExperiment method, Map<PostExperiment, Double> losses) {
        double ratio = losses.get(method) / losses.get(PostExperiment.LINEAR);
        Check.that(ratio < NEARLY, "%s is at %.2f times the linear model's loss, wanted less than %.2f", method, ratio,
                NEARLY);
    }

    static void requireMedianAbove(double bound, double... ratios) {
        double median = StatUtils.percentile(ratios, 50);
        Check.that(median > bound, "the median %.2f is not above %.2f", median, bound);
    }

    /** Validation losses as multiples of the linear model's at the same seed. */
    private static double[] ratios(PostExperiment method) {
        Map<PostExperiment, TrainingPlan> plans = new EnumMap<>(PostExperiment.class);
        plans.put(PostExperiment.LINEAR, plan(PostExperiment.LINEAR, 500));
        plans.put(PostExperiment.L1, plan(PostExperiment.L1, 2000));
        Ensemble<PostExperiment> ensemble = Ensembles.of("L1 and linear, 400", plans, SEEDS);
        double[] ratios = ensemble.bestValidationLosses(method);
        double[] linear = ensemble.bestValidationLosses(PostExperiment.LINEAR);
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] /= linear[i];
        }
        return ratios;
    }

    private static TrainingPlan plan(PostExperiment method, int epochs) {
        return method.plan(PostRuns.SEED, 400).toBuilder().problem(PROBLEM).epochs(epochs).build();
    }

    private static Page page() {
        Map<PostExperiment, Double> at200 = Methods.validation(CpuBackend.NAME, 200);
        Map<PostExperiment, Double> at400 = Methods.validation(CpuBackend.NAME, 400);
        List<List<String>> rows = new ArrayList<>();
        for (PostExperiment method : PostExperiment.values()) {
            rows.add(List.of(method.title(), Check.text("%.4f", at200.get(method)),
                    Check.text("%.4f", at400.get(method)),
                    Check.text("%.2f", at400.get(method) / at400.get(PostExperiment.LINEAR))));
        }
        double[] ratios = ratios(PostExperiment.L1);
        List<List<String>> seeds = new ArrayList<>();
        for (int i = 0; i < ratios.length; i++) {
            seeds.add(List.of(String.valueOf(i + 1), Check.text("%.2f", ratios[i])));
        }
        double median = StatUtils.percentile(ratios, 50);
        return Page.of(OldRule.DATA_L1_400_NEARLY_OPTIMAL)
                .formula("<mfrac><mrow><mi>L</mi><mo>(</mo><mtext>L1</mtext><mo>,</mo><mn>400</mn><mo>)</mo></mrow>"
                        + "<mrow><mi>L</mi><mo>(</mo><mtext>linear</mtext><mo>,</mo><mn>400</mn><mo>)</mo></mrow>"
                        + "</mfrac><mo>≈</mo><mn>1</mn>")
                .setup("All seven methods are trained with 400 samples at the post's seed; L1 and the linear model at "
                        + SEEDS + " more seeds, with 2,000 validation samples.")
                .table("Best validation loss at seed 42. PyTorch, asked to train the same plans, gives 0.0537 for L1 "
                        + "and 0.0452 for the linear model", List.of("method", "ours, 200", "ours, 400", "400: times "
                        + "the linear model's"), rows)
                .table("L1 with 400 samples at other seeds", List.of("seed", "times the linear model's loss"), seeds)
                .paragraph("The qualification", Check.text("At the post's seed L1 is within a fifth of the linear "
                        + "model, and in float64 too. That is a lucky seed: of %d others the median is %.2f times the "
                        + "linear model's loss and the worst %.2f. Nearly optimal is what L1 with 400 samples can be, "
                        + "not what it usually is.", SEEDS, median, StatUtils.max(ratios)))
                .picture(picture())
                .figure(Check.text("%.4f against %.4f at seed 42; median of other seeds %.1f times",
                        at400.get(PostExperiment.L1), at400.get(PostExperiment.LINEAR), median))
                .sure(Check.text("At seed 42 on every backend. Over seeds 1 to %d, fixed, %d ratios are above %.2f: "
                        + "were the median seed nearly optimal, so many would be with a probability of %.1f %% at "
                        + "most.", SEEDS, above(ratios), NEARLY,
                        100 * chanceOf(above(ratios))))
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post --train-size 400 --experiment linear,mlp-l1\"");
    }

    /** The probability of that many heads or more of {@link #SEEDS} coins. */
    private static double chanceOf(int heads) {
        return 1 - new BinomialDistribution(null, SEEDS, 0.5).cumulativeProbability(heads - 1);
    }

    private static int above(double[] ratios) {
        return (int) Arrays.stream(ratios).filter(ratio -> ratio > NEARLY).count();
    }

    private static Picture picture() {
        Map<PostExperiment, TrainingResult> runs = new EnumMap<>(PostExperiment.class);
        for (PostExperiment method : PostExperiment.values()) {
            runs.put(method, PostRuns.of(method, 400));
        }
        return ComparisonPicture.of(runs, "With 400 samples, L1 almost reaches the linear model at the post's seed");
    }
}
