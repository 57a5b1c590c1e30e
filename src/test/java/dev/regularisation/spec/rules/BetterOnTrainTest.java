package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BetterOnTrainTest {

    /** The exception: its training loss is taken while units are dropped, which is a worse network than the whole. */
    private static final PostExperiment EXCEPTION = PostExperiment.DROPOUT;

    @Test
    @Shows(OldRule.COMPARE_BETTER_ON_TRAIN)
    @DisplayName("compare.better-on-train: all networks but dropout fit the training samples better, none the "
            + "validation samples")
    void atPostsSeed() {
        page().publish();

        requireBetterOnTrainOnly(losses(CpuBackend.NAME), EXCEPTION);
    }

    @Test
    @Shows(OldRule.COMPARE_BETTER_ON_TRAIN)
    @DisplayName("compare.better-on-train: the same at nine seeds of ten or more")
    void overSeeds() {
        long agreeing = agreeingSeeds();

        // Of the seeds 1 to 20 all agree, though L1 by 3 % only at two of them: more seeds may bring an exception.
        Check.that(agreeing >= 0.9 * Ensembles.SEEDS, "only %d of %d seeds agree", agreeing, Ensembles.SEEDS);
    }

    private static long agreeingSeeds() {
        return IntStream.range(0, Ensembles.SEEDS).filter(seed -> {
            try {
                requireBetterOnTrainOnly(losses(seed), EXCEPTION);
                return true;
            } catch (AssertionError refuted) {
                return false;
            }
        }).count();
    }

    @ParameterizedTest(name = "on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.COMPARE_BETTER_ON_TRAIN)
    @DisplayName("compare.better-on-train: at the post's seed")
    void onBackend(String backend) {
        requireBetterOnTrainOnly(losses(backend), EXCEPTION);
    }

    @Test
    @Teeth(OldRule.COMPARE_BETTER_ON_TRAIN)
    @DisplayName("compare.better-on-train: rejects swapped losses, dropout counted as better, and NaN")
    void teeth() {
        Map<PostExperiment, Pair> swapped = losses(CpuBackend.NAME);
        swapped.replaceAll((method, pair) -> new Pair(/* train= */ pair.validation(), /* validation= */ pair.train()));
        Map<PostExperiment, Pair> broken = losses(CpuBackend.NAME);
        broken.put(PostExperiment.L1, new Pair(Double.NaN, 1));

        assertThatThrownBy(() -> requireBetterOnTrainOnly(swapped, EXCEPTION))
                .hasMessageContaining("mlp: training loss 0.5975");
        assertThatThrownBy(() -> requireBetterOnTrainOnly(losses(CpuBackend.NAME), PostExperiment.L1))
                .hasMessageContaining("mlp-l1: training loss 0.0172 is expected above");
        assertThatThrownBy(() -> requireBetterOnTrainOnly(broken, EXCEPTION))
                .hasMessageContaining("mlp-l1: training loss NaN");
    }

    /** The least training loss and the least validation loss of a run. */
    private record Pair(double train, double validation) {
    }

    static void requireBetterOnTrainOnly(Map<PostExperiment, Pair> losses, PostExperiment exception) {
        Pair linear = losses.get(PostExperiment.LINEAR);
        for (PostExperiment method : Methods.MLPS) {
            Pair own = losses.get(method);
            if (method == exception) {
                Check.that(own.train() > linear.train(), "%s: training loss %.4f is expected above the linear model's, "
                        + "%.4f", method, own.train(), linear.train());
            } else {
                Check.that(own.train() < linear.train(), "%s: training loss %.4f is not below the linear model's, %.4f",
                        method, own.train(), linear.train());
            }
            Check.that(own.validation() > linear.validation(), "%s: validation loss %.4f is not above the linear "
                    + "model's, %.4f", method, own.validation(), linear.validation());
        }
    }

    private static Map<PostExperiment, Pair> losses(String backend) {
        Map<PostExperiment, Double> train = Methods.of(backend, 200, Quantity.BEST_TRAIN_LOSS::of);
        Map<PostExperiment, Pair> pairs = new EnumMap<>(PostExperiment.class);
        Methods.validation(backend, 200)
                .forEach((method, loss) -> pairs.put(method, new Pair(train.get(method), loss)));
        return pairs;
    }

    private static Map<PostExperiment, Pair> losses(int place) {
        Map<PostExperiment, Pair> pairs = new EnumMap<>(PostExperiment.class);
        for (PostExperiment method : PostExperiment.values()) {
            Ensemble.Member member = Ensembles.post(PostRuns.TRAIN_SIZE).of(method).get(place);
            pairs.put(method, new Pair(member.history().trainLoss(member.history().bestTrainEpoch()),
                    member.bestValidationLoss()));
        }
        return pairs;
    }

    private static Page page() {
        Map<PostExperiment, TrainingResult> runs = new EnumMap<>(PostExperiment.class);
        List<List<String>> rows = new ArrayList<>();
        for (PostExperiment method : PostExperiment.values()) {
            TrainingResult run = PostRuns.of(method);
            runs.put(method, run);
            rows.add(List.of(method.title(), Methods.printed(method, Quantity.BEST_TRAIN_LOSS),
                    Check.text("%.2g", Quantity.BEST_TRAIN_LOSS.of(run)),
                            Methods.printed(method, Quantity.BEST_VALIDATION_LOSS),
                    Check.text("%.4f", Quantity.BEST_VALIDATION_LOSS.of(run)),
                    Check.text("%.4f", run.best().fit().trainLoss()),
                            Check.text("%.4f", run.last().fit().trainLoss())));
        }
        return Page.of(OldRule.COMPARE_BETTER_ON_TRAIN)
                .formula("<msub><mi>L</mi><mtext>train</mtext></msub><mo>(</mo><mtext>network</mtext><mo>)</mo>"
                        + "<mo>&lt;</mo><msub><mi>L</mi><mtext>train</mtext></msub><mo>(</mo><mtext>linear</mtext>"
                        + "<mo>)</mo><mo>,</mo><mspace width=\"1em\"/><msub><mi>L</mi><mtext>validation</mtext></msub>"
                        + "<mo>(</mo><mtext>network</mtext><mo>)</mo><mo>&gt;</mo><msub><mi>L</mi>"
                        + "<mtext>validation</mtext></msub><mo>(</mo><mtext>linear</mtext><mo>)</mo>")
                .setup("The least training loss and the least validation loss of all epochs, for the linear model and "
                        + "the six networks, with 200 training samples. A network that learns noise does better than "
                        + "the linear model on the samples it saw and worse on those it did not.")
                .table("At seed 42. The loss during training is taken with units dropped in the case of dropout; the "
                        + "last two columns are without dropping",
                        List.of("method", "least training loss, published", "ours", "least validation loss, published",
                                "ours", "training loss of the best model", "of the last model"), rows)
                .paragraph("The exception", "Dropout, whose training loss is that of a network with a tenth of its "
                        + "units missing. The whole network of its best epoch does fit the training samples better "
                        + "than the linear model; that of its last epoch does not.")
                .picture(ComparisonPicture.of(runs, "Better on the training samples, worse on the "
                        + "validation samples"))
                .series("best-validation-loss.csv", Validation.csv(Ensembles.post(PostRuns.TRAIN_SIZE)))
                .figure("better on training: 5 of 6 networks (not dropout); worse on validation: 6 of 6")
                .sure(Check.text("The same at seed 42 on every backend, and at %d of the seeds 1 to %d for all six "
                        + "networks at once. Were better and worse equally likely, %d seeds would agree with the "
                        + "probability %s for each network and loss. Seeds are fixed.", agreeingSeeds(),
                        Ensembles.SEEDS, Ensembles.SEEDS, Methods.allOneWay(Ensembles.SEEDS)))
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post\"");
    }
}
