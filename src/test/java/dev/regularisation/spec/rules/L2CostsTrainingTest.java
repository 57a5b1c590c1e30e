package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class L2CostsTrainingTest {

    /** "Much larger"; the median ratio measured over 20 seeds is 3e11. */
    private static final double MUCH = 1e3;

    @Test
    @DisplayName("l2.costs-training: over seeds, weight decay leaves a training loss many orders of magnitude larger")
    @Shows(OldRule.L2_COSTS_TRAINING)
    void showcase() {
        Ensemble<PostExperiment> runs = Ensembles.post(PostRuns.TRAIN_SIZE);
        double[] plain = lastTrainingLosses(runs, PostExperiment.MLP);
        double[] decay = lastTrainingLosses(runs, PostExperiment.WEIGHT_DECAY);
        PairedSeeds paired = compare(plain, decay);

        page(runs, plain, decay, paired).publish();
        requireMuchLarger(decay, plain);
    }

    private static Page page(Ensemble<PostExperiment> runs, double[] plain, double[] decay, PairedSeeds paired) {
        double[] seeds = runs.seeds().stream().mapToDouble(Long::doubleValue).toArray();
        double ofPost = lastTrainingLoss(PostRuns.of(PostExperiment.MLP).history());
        double ofPostDecayed = lastTrainingLoss(PostRuns.of(PostExperiment.WEIGHT_DECAY).history());
        int stuck = paired.comparison().higher();
        return Page.of(OldRule.L2_COSTS_TRAINING)
                .formula("<mfrac><msub><mi>J</mi><mtext>training, λ = 0.085</mtext></msub><msub><mi>J</mi>"
                        + "<mtext>training, λ = 0</mtext></msub></mfrac><mo>≫</mo><mn>1</mn>")
                .setup("The post's network on 200 samples, with and without weight decay; the mean squared error on"
                        + " the training samples in the last of 1,000 epochs, the penalty not counted. Once at the"
                        + " post's seed, then at other seeds, both ways at each.")
                .table("The post's seed, 42", List.of("Run", "Published best train loss", "Ours, last epoch"), List.of(
                        List.of("Plain network", "0.0000", Text.of("%.2g", ofPost)),
                        List.of("Weight decay", "0.0141", Text.of("%.4f", ofPostDecayed))))
                .table("Logarithm (base 10) of the last training loss over seeds, plain minus weight decay",
                        PairedSeeds.header(), paired.rows())
                .picture(new DistributionPicture("Weight decay costs training loss",
                        "Training loss of the last epoch at " + seeds.length + " seeds; 200 training samples",
                        Axis.log("Mean squared error"), List.of(
                                new DistributionPicture.Group("Plain network", Palette.of(PostExperiment.MLP), plain,
                                        ofPost),
                                new DistributionPicture.Group("Weight decay",
                                        Palette.of(PostExperiment.WEIGHT_DECAY), decay,
                                        ofPostDecayed)),
                        "The post's seed", List.of()).picture())
                .paragraph("Exceptions", stuck == 0
                        ? "None at these seeds."
                        : "At " + stuck + " of " + seeds.length + " seeds the plain network itself gets stuck far"
                                + " from zero, above the network with weight decay.")
                .series("last-training-losses", Text.csv("seed,plain,weight_decay", seeds, plain, decay))
                .figure(Text.of("%.3g against %.1g; median ratio %.0e", ofPostDecayed, ofPost,
                        medianRatio(decay, plain)))
                .sure(paired.sure())
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post --experiment mlp,mlp-weight-decay\"");
    }

    @ParameterizedTest(name = "l2.costs-training on {0}: about 0.014 instead of nothing")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.L2_COSTS_TRAINING)
    void atThePostsSeed(String backend) {
        History plain = BackendRuns.of(backend, PostExperiment.MLP, PostRuns.TRAIN_SIZE).history();
        History decay = BackendRuns.of(backend, PostExperiment.WEIGHT_DECAY, PostRuns.TRAIN_SIZE).history();

        assertThat(lastTrainingLoss(decay) / lastTrainingLoss(plain)).isGreaterThan(MUCH);
        // Rounding moves the late epochs: 0.0136 to 0.0146 in float32 and float64, ours and PyTorch's.
        assertThat(lastTrainingLoss(decay)).isBetween(0.013, 0.0155);
    }

    @Test
    @DisplayName("l2.costs-training: no price, a small price and a reversed one are rejected")
    @Teeth(OldRule.L2_COSTS_TRAINING)
    void rejectsSmallPrices() {
        double[] plain = IntStream.rangeClosed(1, 12).mapToDouble(seed -> 1e-14 * seed).toArray();

        for (double factor : new double[] {1, 100, 1e-9}) {
            assertThatThrownBy(() -> requireMuchLarger(times(factor, plain), plain))
                    .hasMessageContaining("training loss");
        }
        requireMuchLarger(times(1e11, plain), plain);
    }

    /** Fails unless the losses are larger at one seed and the next, and by {@link #MUCH} in the median. */
    static void requireMuchLarger(double[] decay, double[] plain) {
        compare(plain, decay).requireLower();
        assertThat(medianRatio(decay, plain)).as("median ratio of the training losses, with and without decay")
                .isGreaterThan(MUCH);
    }

    private static PairedSeeds compare(double[] plain, double[] decay) {
        return PairedSeeds.of("logarithm of the last training loss", "the plain network", logarithms(plain),
                "weight decay", logarithms(decay));
    }

    private static double medianRatio(double[] decay, double[] plain) {
        return StatUtils.percentile(
                IntStream.range(0, decay.length).mapToDouble(i -> decay[i] / plain[i]).toArray(), 50);
    }

    private static double[] logarithms(double[] losses) {
        return Arrays.stream(losses).map(StrictMath::log10).toArray();
    }

    private static double[] times(double factor, double[] losses) {
        return Arrays.stream(losses).map(loss -> factor * loss).toArray();
    }

    private static double[] lastTrainingLosses(Ensemble<PostExperiment> runs, PostExperiment experiment) {
        return runs.of(experiment).stream().mapToDouble(member -> lastTrainingLoss(member.history())).toArray();
    }

    private static double lastTrainingLoss(History history) {
        return history.trainLoss(history.epochs());
    }
}
