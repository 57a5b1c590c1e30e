package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture.Bar;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.PairedComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GapShrinksTest {

    private static final double CONFIDENCE = 0.99;

    @Test
    @Shows(OldRule.COMPARE_GAP_SHRINKS)
    @DisplayName("compare.gap-shrinks: over seeds, every regulariser brings the network nearer to the linear model")
    void overSeeds() {
        page().publish();

        for (PostExperiment method : Methods.REGULARISED) {
            requireSmaller(method, excess(method), excess(PostExperiment.MLP));
        }
    }

    @ParameterizedTest(name = "on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.COMPARE_GAP_SHRINKS)
    @DisplayName("compare.gap-shrinks: at the post's seed, between training and validation samples too")
    void onBackend(String backend) {
        requireSmallerThanPlain("excess over the linear model", Methods.validation(backend, 200));
        requireSmallerThanPlain("validation minus training loss", generalisationGaps(backend));
    }

    @Test
    @Teeth(OldRule.COMPARE_GAP_SHRINKS)
    @DisplayName("compare.gap-shrinks: rejects the plain network with its seeds shuffled, an equal gap, and NaN")
    void teeth() {
        double[] plain = excess(PostExperiment.MLP);
        double[] shuffled = new double[plain.length];
        for (int i = 0; i < plain.length; i++) {
            shuffled[i] = plain[(i + 1) % plain.length];
        }
        Map<PostExperiment, Double> gaps = generalisationGaps(CpuBackend.NAME);
        gaps.put(PostExperiment.DROPOUT, gaps.get(PostExperiment.MLP));
        Map<PostExperiment, Double> broken = generalisationGaps(CpuBackend.NAME);
        broken.put(PostExperiment.L1, Double.NaN);

        assertThatThrownBy(() -> requireSmaller(PostExperiment.L1, shuffled, plain))
                .hasMessageContaining("mlp-l1: the gap is not smaller than the plain network's");
        assertThatThrownBy(() -> requireSmallerThanPlain("gap", gaps)).hasMessageContaining("mlp-dropout: gap");
        assertThatThrownBy(() -> requireSmallerThanPlain("gap", broken)).hasMessageContaining("mlp-l1: gap NaN");
    }

    /** Below the plain network's by an interval that excludes zero. */
    static void requireSmaller(PostExperiment method, double[] gaps, double[] plain) {
        PairedComparison comparison = PairedComparison.of(gaps, plain, CONFIDENCE);
        Check.that(comparison.meanInterval().to() < 0,
                "%s: the gap is not smaller than the plain network's, mean difference %.4f in [%.4f, %.4f]", method,
                comparison.meanDifference(), comparison.meanInterval().from(), comparison.meanInterval().to());
    }

    static void requireSmallerThanPlain(String what, Map<PostExperiment, Double> gaps) {
        for (PostExperiment method : Methods.REGULARISED) {
            Check.that(gaps.get(method) < gaps.get(PostExperiment.MLP), "%s: %s %.4f is not below the plain network's, "
                    + "%.4f", method, what, gaps.get(method), gaps.get(PostExperiment.MLP));
        }
    }

    /** Validation minus training loss of the best model, both without dropping units. */
    private static Map<PostExperiment, Double> generalisationGaps(String backend) {
        return Methods.of(backend, 200, run -> run.best().fit().validationLoss() - run.best().fit().trainLoss());
    }

    /** How far above the linear model's a method's best validation loss is, at each seed. */
    private static double[] excess(PostExperiment method) {
        double[] losses = Ensembles.post(PostRuns.TRAIN_SIZE).bestValidationLosses(method);
        double[] linear = Ensembles.post(PostRuns.TRAIN_SIZE).bestValidationLosses(PostExperiment.LINEAR);
        for (int i = 0; i < losses.length; i++) {
            losses[i] -= linear[i];
        }
        return losses;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static Page page() {
        Map<PostExperiment, Double> gaps = generalisationGaps(CpuBackend.NAME);
        Map<PostExperiment, Double> losses = Methods.validation(CpuBackend.NAME, 200);
        double plain = mean(excess(PostExperiment.MLP));
        double least = 1;
        double most = 0;
        List<List<String>> rows = new ArrayList<>();
        for (PostExperiment method : Methods.MLPS) {
            String change = "";
            String wins = "";
            double share = 1 - mean(excess(method)) / plain;
            if (method != PostExperiment.MLP) {
                PairedComparison c = PairedComparison.of(excess(method), excess(PostExperiment.MLP), CONFIDENCE);
                change = Check.text("%.3f [%.3f, %.3f]", c.meanDifference(), c.meanInterval().from(),
                        c.meanInterval().to());
                wins = Check.text("%d of %d, p = %.1e", c.lower(), c.count(), c.wilcoxonP());
                least = Math.min(least, share);
                most = Math.max(most, share);
            }
            rows.add(List.of(method.title(), Check.text("%.4f", gaps.get(method)),
                    Check.text("%.4f", losses.get(method) - losses.get(PostExperiment.LINEAR)),
                    Check.text("%.4f", mean(excess(method))), change, wins, Check.text("%.0f %%", 100 * share)));
        }
        return Page.of(OldRule.COMPARE_GAP_SHRINKS)
                .formula("<mtext>gap</mtext><mo>=</mo><msub><mi>L</mi><mtext>validation</mtext></msub><mo>(</mo>"
                        + "<mtext>network</mtext><mo>)</mo><mo>−</mo><msub><mi>L</mi><mtext>validation</mtext></msub>"
                        + "<mo>(</mo><mtext>linear model</mtext><mo>)</mo>")
                .setup("Two gaps are measured: that between a network and the linear model, which is the best that can "
                        + "be hoped for, in best validation loss; and that between validation and training samples, of "
                        + "the network of the best epoch, with all units in place. The plain network's is compared "
                        + "with each regularised one's, seed by seed.")
                .table("200 training samples; intervals of " + Check.text("%.0f %%",
                        100 * CONFIDENCE) + " over " + Ensembles.SEEDS + " seeds",
                        List.of("method", "validation minus training, seed 42", "above linear, seed 42",
                                "above linear, mean of seeds",
                                "change from plain, interval", "smaller at", "share of the gap closed"), rows)
                .picture(picture())
                .series("best-validation-loss.csv", Validation.csv(Ensembles.post(PostRuns.TRAIN_SIZE)))
                .figure(Check.text("%.0f to %.0f %% of the gap closed", 100 * least, 100 * most))
                .sure(Check.text("Paired over seeds 1 to %d. Each interval of %.0f %% excludes zero; the chance that "
                        + "this happens by luck for a method without effect is 0.5 %%, and 2.5 %% for any of five. "
                        + "Wilcoxon's exact p stands in the table. Seeds are fixed.", Ensembles.SEEDS,
                        100 * CONFIDENCE))
                .reproduce("mvn verify -Dtest=GapShrinksTest");
    }

    private static Picture picture() {
        List<Bar> bars = new ArrayList<>();
        for (PostExperiment method : Methods.MLPS) {
            PairedComparison.Interval interval =
                    PairedComparison.of(excess(method), new double[Ensembles.SEEDS], CONFIDENCE).meanInterval();
            bars.add(Bar.of(method.title(), Palette.of(method), mean(excess(method)))
                    .within(interval.from(), interval.to()));
        }
        return new BarPicture("Every regulariser narrows the gap to the linear model",
                "Mean over " + Ensembles.SEEDS + " seeds, 200 samples; whiskers: 99 % interval of the mean",
                Axis.linear("Best validation loss above the linear model's"), bars,
                List.of(ReferenceLine.vertical("The linear model", 0))).picture();
    }
}
