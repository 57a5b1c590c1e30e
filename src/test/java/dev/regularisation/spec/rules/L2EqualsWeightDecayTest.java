package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class L2EqualsWeightDecayTest {

    private static final double LAMBDA = 0.085;
    /** Before rounding has been amplified. */
    private static final int EARLY = 60;

    @Test
    @DisplayName("l2.equals-weight-decay: the post's two runs are one run, bit for bit")
    @Shows(OldRule.L2_EQUALS_WEIGHT_DECAY)
    void showcase() {
        TrainingResult decay = PostRuns.of(PostExperiment.WEIGHT_DECAY);
        TrainingResult byHand = PostRuns.of(PostExperiment.L2);

        page(decay, byHand).publish();
        requireSameRun(decay.history(), byHand.history());
        assertThat(byHand.history().sha256()).isEqualTo(decay.history().sha256());
        // The order of two float64 additions, over a thousand epochs.
        assertThat(golden(PostExperiment.L2, "float64", "best_train"))
                .isCloseTo(golden(PostExperiment.WEIGHT_DECAY, "float64", "best_train"),
                        Percentage.withPercentage(1e-10));
    }

    private static Page page(TrainingResult decay, TrainingResult byHand) {
        Map<PostExperiment, TrainingResult> runs = new EnumMap<>(PostExperiment.class);
        runs.put(PostExperiment.MLP, PostRuns.of(PostExperiment.MLP));
        runs.put(PostExperiment.WEIGHT_DECAY, decay);
        runs.put(PostExperiment.L2, byHand);
        return Page.of(OldRule.L2_EQUALS_WEIGHT_DECAY)
                .formula("<mi>g</mi><mo>←</mo><mo>∇</mo><mi>J</mi><mo>(</mo><mi>θ</mi><mo>)</mo><mo>+</mo><mi>λ</mi>"
                        + "<mi>θ</mi><mspace width=\"1em\"/><mtext>(weight decay of the optimiser)</mtext>"
                        + "<mspace width=\"1em\"/><mo>=</mo><mspace width=\"1em\"/><mo>∇</mo><mo>[</mo><mi>J</mi>"
                        + "<mo>(</mo><mi>θ</mi><mo>)</mo><mo>+</mo><mfrac><mi>λ</mi><mn>2</mn></mfrac><msup><mrow>"
                        + "<mo>‖</mo><mi>θ</mi><mo>‖</mo></mrow><mn>2</mn></msup><mo>]</mo><mspace width=\"1em\"/>"
                        + "<mtext>(L2 by hand)</mtext>")
                .setup("The post trains its network of 50, 25, 25 and 1 units on 200 samples twice: once with the"
                        + " weight decay that Adam offers, once with the penalty added to the loss by hand; λ = 0.085"
                        + " both times.")
                .table("Published against ours", List.of("Run", "Quantity", "Published", "Ours"),
                        List.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L2).stream()
                                .flatMap(e -> PublishedFigures.of(e).stream())
                                .map(f -> List.of(f.experiment().title(), f.quantity().title(), f.printed(),
                                        Text.of("%.6f", f.quantity().of(runs.get(f.experiment()))))).toList())
                .table("The same two runs in PyTorch, repeated for this suite", List.of("Precision", "Quantity",
                                "Weight decay", "L2 by hand"),
                        List.of(goldenRow("float32", "best_val"), goldenRow("float32", "best_train"),
                                goldenRow("float64", "best_val"), goldenRow("float64", "best_train")))
                .paragraph("Why the post's training losses differ", "PyTorch adds the two terms of the gradient in"
                        + " another order when the penalty is part of the loss. The last bit differs, and a thousand"
                        + " epochs of Adam amplify it in single precision: enough for 0.0141 and 0.0138. In double"
                        + " precision twelve digits agree; here both ways do the same operation in the same order, so"
                        + " not one bit differs.")
                .picture(ComparisonPicture.of(runs, "Weight decay and L2 by hand are one run"))
                .figure(Text.of("%.4f and %.4f, the same bits", best(decay.history()), best(byHand.history())))
                .sure("Exact on the cpu backend, here and at another seed: the SHA-256 of both runs, losses and"
                        + " parameters of every epoch, is the same. On other backends the losses of the first " + EARLY
                        + " epochs agree to five digits and the best validation losses to the printed ones.")
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post --experiment mlp-weight-decay,mlp-l2\"");
    }

    @ParameterizedTest(name = "l2.equals-weight-decay on {0}: both runs have the published validation loss")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.L2_EQUALS_WEIGHT_DECAY)
    void agreesOnEveryBackend(String backend) {
        TrainingResult decay = BackendRuns.of(backend, PostExperiment.WEIGHT_DECAY, PostRuns.TRAIN_SIZE);
        TrainingResult byHand = BackendRuns.of(backend, PostExperiment.L2, PostRuns.TRAIN_SIZE);

        requireSameRun(decay.history(), byHand.history());
        assertThat(Text.of("%.4f", best(decay.history()))).isEqualTo("0.4996");
        assertThat(Text.of("%.4f", best(byHand.history()))).isEqualTo("0.4996");
    }

    @ParameterizedTest(name = "l2.equals-weight-decay: under {0}, at another seed, both runs have the same bits")
    @EnumSource(value = OptimiserPlan.UpdateRule.class, names = {"SGD", "ADAM"})
    @Shows(OldRule.L2_EQUALS_WEIGHT_DECAY)
    void isTheSameUnderEitherOptimiser(OptimiserPlan.UpdateRule rule) {
        TrainingPlan plain = shortPlan(rule);

        History decay = train(plain.toBuilder().weightDecay(LAMBDA).build());
        History byHand = train(plain.toBuilder().l2(LAMBDA).build());

        requireSameRun(decay, byHand);
        assertThat(byHand.sha256()).isEqualTo(decay.sha256()).isNotEqualTo(train(plain).sha256());
    }

    @Test
    @DisplayName("l2.equals-weight-decay: twice the strength, none, and decoupled decay are other runs")
    @Teeth(OldRule.L2_EQUALS_WEIGHT_DECAY)
    void rejectsOtherPenalties() {
        TrainingPlan plain = shortPlan(OptimiserPlan.UpdateRule.ADAM);
        History decay = train(plain.toBuilder().weightDecay(LAMBDA).build());

        for (TrainingPlan other : List.of(
                plain.toBuilder().l2(2 * LAMBDA).build(),
                plain.toBuilder().l2(LAMBDA / 2).build(),
                plain,
                plain.toBuilder().l1(LAMBDA).build(),
                plain.toBuilder().rule(OptimiserPlan.UpdateRule.ADAMW).weightDecay(LAMBDA).build())) {
            assertThatThrownBy(() -> requireSameRun(decay, train(other))).hasMessageContaining("loss after epoch");
        }
    }

    /** Fails unless the early losses agree to five digits and the best validation loss does. */
    static void requireSameRun(History decay, History byHand) {
        // Rounding in another order moved PyTorch's losses of these epochs by at most 5e-7, and its best by less.
        for (int epoch = 0; epoch <= EARLY; epoch++) {
            requireClose("training loss after epoch " + epoch, byHand.trainLoss(epoch), decay.trainLoss(epoch), 1e-5);
            requireClose("validation loss after epoch " + epoch,
                    byHand.validationLoss(epoch), decay.validationLoss(epoch), 1e-5);
        }
        requireClose("best validation loss", best(byHand), best(decay), 1e-5);
    }

    private static void requireClose(String what, double byHand, double decay, double relative) {
        assertThat(Math.abs(byHand - decay) / decay)
                .as("%s is %s with L2 by hand, %s with weight decay: relative error", what, byHand, decay)
                .isLessThanOrEqualTo(relative);
    }

    private static double best(History history) {
        return history.validationLoss(history.bestEpoch());
    }

    private static TrainingPlan shortPlan(OptimiserPlan.UpdateRule rule) {
        return TrainingPlan.builder().rule(rule).epochs(EARLY).seed(7).build();
    }

    private static History train(TrainingPlan plan) {
        return TrainingLoop.train(plan, new CpuBackend(), Recording.LOSSES, ProgressListener.NONE).history();
    }

    private static List<String> goldenRow(String precision, String quantity) {
        return List.of(precision, quantity.equals("best_val") ? "best validation loss" : "best train loss",
                Text.of("%.12f", golden(PostExperiment.WEIGHT_DECAY, precision, quantity)),
                Text.of("%.12f", golden(PostExperiment.L2, precision, quantity)));
    }

    private static double golden(PostExperiment experiment, String precision, String quantity) {
        JsonNode run = Golden.member(Golden.read("training.json"), experiment.id() + " train=200 " + precision);
        return Golden.member(run, quantity).doubleValue();
    }
}
