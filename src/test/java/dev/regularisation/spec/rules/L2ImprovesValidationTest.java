package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class L2ImprovesValidationTest {

    @Test
    @DisplayName("l2.improves-validation: over seeds, the best validation loss is lower with weight decay")
    @Shows(OldRule.L2_IMPROVES_VALIDATION)
    void showcase() {
        Ensemble<PostExperiment> runs = Ensembles.post(PostRuns.TRAIN_SIZE);
        double[] plain = runs.bestValidationLosses(PostExperiment.MLP);
        double[] decay = runs.bestValidationLosses(PostExperiment.WEIGHT_DECAY);
        PairedSeeds paired = compare(decay, plain);

        page(runs, plain, decay, paired).publish();
        paired.requireLower();
    }

    private static Page page(Ensemble<PostExperiment> runs, double[] plain, double[] decay, PairedSeeds paired) {
        double[] seeds = runs.seeds().stream().mapToDouble(Long::doubleValue).toArray();
        double ofPost = Quantity.BEST_VALIDATION_LOSS.of(PostRuns.of(PostExperiment.MLP));
        double ofPostDecayed = Quantity.BEST_VALIDATION_LOSS.of(PostRuns.of(PostExperiment.WEIGHT_DECAY));
        return Page.of(OldRule.L2_IMPROVES_VALIDATION)
                .formula("<munder><mi>min</mi><mtext>epochs</mtext></munder><msub><mi>J</mi>"
                        + "<mtext>validation</mtext></msub><mtext> of </mtext><munder><mi>min</mi><mi>θ</mi></munder>"
                        + "<mo>[</mo><msub><mi>J</mi><mtext>training</mtext></msub><mo>(</mo><mi>θ</mi><mo>)</mo>"
                        + "<mo>+</mo><mfrac><mi>λ</mi><mn>2</mn></mfrac><msup><mrow><mo>‖</mo><mi>θ</mi>"
                        + "<mo>‖</mo></mrow><mn>2</mn></msup><mo>]</mo><mo>,</mo><mspace width=\"1em\"/><mi>λ</mi>"
                        + "<mo>=</mo><mn>0.085</mn><mtext> against </mtext><mi>λ</mi><mo>=</mo><mn>0</mn>")
                .setup("The post's network of 50, 25, 25 and 1 units learns from 200 noisy samples of a linear"
                        + " function for 1,000 epochs, with and without weight decay; the least mean squared error on"
                        + " 10,000 fresh samples counts. Once at the post's seed, then at other seeds, both ways at"
                        + " each.")
                .table("The post's seed, 42: published against ours",
                        List.of("Run", "Published best validation loss", "Ours"), List.of(
                                List.of("Plain network", published(PostExperiment.MLP).printed(),
                                        Text.of("%.6f", ofPost)),
                                List.of("Weight decay", published(PostExperiment.WEIGHT_DECAY).printed(),
                                        Text.of("%.6f", ofPostDecayed))))
                .table("Best validation loss over seeds, weight decay minus plain", PairedSeeds.header(), paired.rows())
                .picture(new SeriesPicture("Weight decay improves on the plain network at the same seed",
                        "Best validation loss of " + seeds.length + " seeds and of the post's; 200 training samples",
                        Axis.linear("Plain network"), Axis.linear("With weight decay 0.085"), List.of(
                                Series.of("A seed", Palette.BLUE, plain, decay),
                                Series.of("The post's seed", Palette.VERMILION,
                                        new double[] {ofPost}, new double[] {ofPostDecayed})),
                        List.of(), List.of(ReferenceLine.identity("No difference")), true).picture())
                .series("best-validation-losses", Text.csv("seed,plain,weight_decay", seeds, plain, decay))
                .figure(Text.of("%.4f against %.4f; lower at %d of %d seeds, by %.2f on average", ofPostDecayed, ofPost,
                        paired.comparison().lower(), seeds.length, -paired.comparison().meanDifference()))
                .sure(paired.sure())
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post --experiment mlp,mlp-weight-decay\"");
    }

    @ParameterizedTest(name = "l2.improves-validation on {0}: 0.4996 instead of 0.5975, every published digit")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.L2_IMPROVES_VALIDATION)
    void atThePostsSeed(String backend) {
        TrainingResult plain = BackendRuns.of(backend, PostExperiment.MLP, PostRuns.TRAIN_SIZE);
        TrainingResult decay = BackendRuns.of(backend, PostExperiment.WEIGHT_DECAY, PostRuns.TRAIN_SIZE);

        assertThat(published(PostExperiment.MLP).round(Quantity.BEST_VALIDATION_LOSS.of(plain))).isEqualTo("0.5975");
        assertThat(published(PostExperiment.WEIGHT_DECAY).round(Quantity.BEST_VALIDATION_LOSS.of(decay)))
                .isEqualTo("0.4996");
    }

    @Test
    @DisplayName("l2.improves-validation: methods of equal merit, and the reversed claim, are rejected")
    @Teeth(OldRule.L2_IMPROVES_VALIDATION)
    void rejectsEqualAndReversed() {
        double[] plain = {0.62, 0.43, 0.63, 0.52, 0.66, 0.64, 0.51, 0.44, 0.59, 0.44, 0.45, 0.68};
        double[] better = Arrays.stream(plain).map(loss -> 0.7 * loss).toArray();
        double[] mixed = plain.clone();
        Arrays.setAll(mixed, i -> plain[i] + (i % 2 == 0 ? -0.1 : 0.09));

        Stream.of(compare(plain, plain), compare(mixed, plain), compare(plain, better))
                .forEach(paired -> assertThatThrownBy(paired::requireLower)
                        .hasMessageContaining("best validation loss"));
        compare(better, plain).requireLower();
    }

    private static PairedSeeds compare(double[] decay, double[] plain) {
        return PairedSeeds.of("best validation loss", "weight decay", decay, "the plain network", plain);
    }

    private static PublishedFigures.Figure published(PostExperiment experiment) {
        return PublishedFigures.of(experiment).stream()
                .filter(figure -> figure.quantity() == Quantity.BEST_VALIDATION_LOSS).findFirst().orElseThrow();
    }
}
