package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoneBeatsLinearTest {

    @Test
    @Shows(OldRule.COMPARE_NONE_BEATS_LINEAR)
    @DisplayName("compare.none-beats-linear: at every seed, every network ends above the linear model")
    void atEverySeed() {
        page().publish();

        for (int seed = 0; seed < Ensembles.SEEDS; seed++) {
            requireLinearBest("seed " + (seed + 1), Methods.validationOfSeed(seed));
        }
    }

    @ParameterizedTest(name = "on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.COMPARE_NONE_BEATS_LINEAR)
    @DisplayName("compare.none-beats-linear: at the post's seed, with 200 and with 400 samples")
    void onBackend(String backend) {
        requireLinearBest("200 samples", Methods.validation(backend, 200));
        requireLinearBest("400 samples", Methods.validation(backend, 400));
    }

    @Test
    @Teeth(OldRule.COMPARE_NONE_BEATS_LINEAR)
    @DisplayName("compare.none-beats-linear: rejects a network with twice the samples, an equal one, and NaN")
    void teeth() {
        Map<PostExperiment, Double> losses = Methods.validation(CpuBackend.NAME, 200);
        double linear = losses.get(PostExperiment.LINEAR);

        for (double reached : new double[] {0.99 * linear, linear, Double.NaN}) {
            losses.put(PostExperiment.L1, reached);
            assertThatThrownBy(() -> requireLinearBest("changed", losses))
                    .hasMessageContaining("changed: mlp-l1 reaches");
        }
    }

    static void requireLinearBest(String where, Map<PostExperiment, Double> validationLosses) {
        double linear = validationLosses.get(PostExperiment.LINEAR);
        for (PostExperiment method : Methods.MLPS) {
            double loss = validationLosses.get(method);
            Check.that(loss > linear, "%s: %s reaches %.4f, the linear model %.4f", where, method, loss, linear);
        }
    }

    private static Page page() {
        Map<PostExperiment, Double> at200 = Methods.validation(CpuBackend.NAME, 200);
        Map<PostExperiment, Double> at400 = Methods.validation(CpuBackend.NAME, 400);
        double closest = Double.POSITIVE_INFINITY;
        List<List<String>> rows = new ArrayList<>();
        StringBuilder csv = new StringBuilder("method,seed,best validation loss\n");
        double[] linear = Ensembles.post(PostRuns.TRAIN_SIZE).bestValidationLosses(PostExperiment.LINEAR);
        for (PostExperiment method : PostExperiment.values()) {
            double[] losses = Ensembles.post(PostRuns.TRAIN_SIZE).bestValidationLosses(method);
            for (int i = 0; i < losses.length; i++) {
                csv.append(method).append(',').append(i + 1).append(',').append(losses[i]).append('\n');
                closest = method == PostExperiment.LINEAR ? closest : Math.min(closest, losses[i] / linear[i]);
            }
            rows.add(List.of(method.title(), Methods.printed(method, Quantity.BEST_VALIDATION_LOSS),
                    Check.text("%.4f", at200.get(method)), Check.text("%.4f", at400.get(method)),
                    Check.text("%.4f", Arrays.stream(losses).min().orElseThrow()),
                    Check.text("%.4f", Arrays.stream(losses).average().orElseThrow()),
                    Check.text("%.4f", Arrays.stream(losses).max().orElseThrow())));
        }
        return Page.of(OldRule.COMPARE_NONE_BEATS_LINEAR)
                .formula("<mi>L</mi><mo>(</mo><mi>f</mi><mo>)</mo><mo>=</mo><mfrac><mn>1</mn><mi>m</mi></mfrac>"
                        + "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>m</mi></munderover>"
                        + "<msup><mrow><mo>(</mo><msub><mi>y</mi><mi>i</mi></msub><mo>−</mo><mi>f</mi><mo>(</mo><msub>"
                        + "<mi>x</mi><mi>i</mi></msub><mo>)</mo><mo>)</mo></mrow><mn>2</mn></msup><mo>,</mo>"
                        + "<mspace width=\"1em\"/><mi>L</mi><mo>(</mo><mtext>any network</mtext><mo>)</mo>"
                        + "<mo>&gt;</mo><mi>L</mi><mo>(</mo><mtext>linear model</mtext><mo>)</mo>")
                .setup("The data are linear plus noise, so a straight line is the right answer, and a network must "
                        + "learn to be one. Each method is trained as in the post, and its least validation loss of "
                        + "all epochs (10,000 samples) is taken: at the post's seed with 200 and 400 training samples, "
                        + "and at " + Ensembles.SEEDS
                        + " other seeds with 200.")
                .table("Best validation loss: at the post's seed 42, and over " + Ensembles.SEEDS + " seeds with 200 "
                        + "samples",
                        List.of("method", "published, 200", "ours, 200", "ours, 400", "least of seeds", "mean",
                                "greatest"), rows)
                .picture(picture())
                .series("validation losses over seeds", csv.toString())
                .figure(Check.text("closest of %d networks: %.2f times the linear model's loss", 6 * Ensembles.SEEDS,
                        closest))
                .sure(Check.text("It holds at seed 42 at both sizes and in each of %d pairs of a network and the "
                        + "linear model over seeds 1 to %d. Were a network as likely to win as to lose, losing at all "
                        + "%d seeds would have the probability %s for each. The seeds are fixed, so the check gives "
                        + "the same answer every time.",
                        6 * Ensembles.SEEDS, Ensembles.SEEDS, Ensembles.SEEDS, Methods.allOneWay(Ensembles.SEEDS)))
                .reproduce("mvn verify -Dtest=NoneBeatsLinearTest");
    }

    private static Picture picture() {
        List<Group> groups = new ArrayList<>();
        for (PostExperiment method : PostExperiment.values()) {
            groups.add(Group.of(method.title(), Palette.of(method),
                    Ensembles.post(PostRuns.TRAIN_SIZE).bestValidationLosses(method))
                    .comparedWith(Double.parseDouble(Methods.printed(method, Quantity.BEST_VALIDATION_LOSS))));
        }
        return new DistributionPicture("No network reaches the linear model",
                Ensembles.SEEDS + " seeds, 200 training samples; a point is the best validation loss of a run",
                Axis.log("Best validation loss"), groups, "Published, seed 42",
                List.of(ReferenceLine.vertical("Variance of the noise, 0.04", 0.04))).picture();
    }
}
