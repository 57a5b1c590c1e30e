package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DropoutCheapTest {

    /** Of the arithmetic of a training pass. Counted: 20,000 multiplications to 1.83 million operations, 1.09 %. */
    private static final double MEANINGFUL = 0.02;
    private static final int UNITS = 25;
    private static final int WIDE = 100;

    @Test
    @Shows(OldRule.DROPOUT_CHEAP)
    @DisplayName("dropout.cheap: two multiplications an activation, 1 % of the arithmetic, no parameter more")
    void countsOperations() {
        Cost plain = Cost.of(PostExperiment.MLP, UNITS, 1);
        Cost dropout = Cost.of(PostExperiment.DROPOUT, UNITS, 1);
        Cost plainWide = Cost.of(PostExperiment.MLP, WIDE, 1);
        Cost dropoutWide = Cost.of(PostExperiment.DROPOUT, WIDE, 1);
        page(plain, dropout, plainWide, dropoutWide).publish();

        requireCheap(plain, dropout);
        Check.that(dropoutWide.share(plainWide) < dropout.share(plain) / 2,
                "dropout's share does not fall with width: %s, %s",
                dropout.share(plain), dropoutWide.share(plainWide));
        Check.that(dropout.extra(plain) == 2L * 2 * UNITS * PostRuns.TRAIN_SIZE,
                "dropout adds %d operations to an epoch, wanted 2 an activation", dropout.extra(plain));
        Check.that(dropout.validation() == plain.validation(), "dropout costs something in evaluation");
    }

    @Test
    @Teeth(OldRule.DROPOUT_CHEAP)
    @DisplayName("dropout.cheap: rejects averaging two separate networks, more parameters, and masks in evaluation")
    void teeth() {
        Cost plain = Cost.of(PostExperiment.MLP, UNITS, 1);
        Cost two = Cost.of(PostExperiment.MLP, UNITS, 2);
        Cost larger = new Cost(plain.training(), plain.validation(), plain.products(), plain.parameters() + 1);
        Cost masked = new Cost(plain.training(), plain.validation() + 500_000, plain.products(), plain.parameters());

        assertThatThrownBy(() -> requireCheap(plain, two)).hasMessageContaining("100.0% more arithmetic");
        assertThatThrownBy(() -> requireCheap(plain, larger)).hasMessageContaining("parameters");
        assertThatThrownBy(() -> requireCheap(plain, masked)).hasMessageContaining("in evaluation");
    }

    /**
     * What an epoch takes.
     *
     * @param training   floating-point operations of the pass that trains
     * @param validation of the validation pass
     * @param products   of {@code training}, those in matrix products
     * @param parameters weights and biases
     */
    private record Cost(long training, long validation, long products, int parameters) {

        /** Counted as the difference of two runs: what a run does once, before and after its epochs, drops out. */
        static Cost of(PostExperiment experiment, int units, int networks) {
            Counts epoch = Counts.ofEpoch(experiment, units, 200);
            // Validation costs in proportion to its samples: 200 more of them cost one pass of 200.
            Counts pass = Counts.ofEpoch(experiment, units, 400).minus(epoch);
            Counts training = epoch.minus(pass);
            return new Cost(networks * training.all(), networks * pass.all() * 10_000 / 200,
                    networks * training.products(), networks * new Architecture(layers(units)).parameterCount());
        }

        long extra(Cost plain) {
            return training - plain.training();
        }

        double share(Cost plain) {
            return (double) extra(plain) / plain.training();
        }
    }

    /** Operations, and those of them in matrix products. */
    private record Counts(long all, long products) {

        static Counts ofEpoch(PostExperiment experiment, int units, int validation) {
            return ofRun(experiment, units, validation, 2).minus(ofRun(experiment, units, validation, 1));
        }

        private static Counts ofRun(PostExperiment experiment, int units, int validation, int epochs) {
            TrainingPlan plan = experiment.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                    .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, validation, 0.2))
                    .layers(layers(units)).epochs(epochs).build();
            Counting counting = new Counting(new CpuBackend());
            TrainingLoop.train(plan, counting, Recording.LOSSES, ProgressListener.NONE);
            return new Counts(counting.products() + counting.elementWise(), counting.products());
        }

        Counts minus(Counts other) {
            return new Counts(all - other.all, products - other.products);
        }
    }

    private static List<Integer> layers(int units) {
        return List.of(50, units, units, 1);
    }

    static void requireCheap(Cost plain, Cost candidate) {
        double share = candidate.share(plain);
        Check.that(share >= 0 && share <= MEANINGFUL, "%.1f%% more arithmetic in training", 100 * share);
        Check.that(candidate.parameters() == plain.parameters(), "%d parameters instead of %d", candidate.parameters(),
                plain.parameters());
        Check.that(candidate.validation() <= plain.validation(), "%d operations more in evaluation",
                candidate.validation() - plain.validation());
    }

    private static Page page(Cost plain, Cost dropout, Cost plainWide, Cost dropoutWide) {
        double share = dropout.share(plain);
        return Page.of(OldRule.DROPOUT_CHEAP)
                .setup("Floating-point operations of an epoch of the post's runs, counted as they reach the backend: "
                        + "200 training samples with gradients and an optimiser step, then 10,000 validation samples. "
                        + "A fused multiply-add counts two.")
                .table("Operations in an epoch", List.of("", "plain network", "dropout 0.1", "more"), List.of(
                        List.of("training pass", Text.of("%,d", plain.training()), Text.of("%,d", dropout.training()),
                                Text.of("%.2f%%", 100 * share)),
                        List.of("the same with 100 units a layer", Text.of("%,d", plainWide.training()),
                                Text.of("%,d", dropoutWide.training()),
                                Text.of("%.2f%%", 100 * dropoutWide.share(plainWide))),
                        List.of("matrix products of the training pass", Text.of("%,d", plain.products()),
                                Text.of("%,d", dropout.products()), "0"),
                        List.of("validation pass", Text.of("%,d", plain.validation()),
                                Text.of("%,d", dropout.validation()), "0"),
                        List.of("mask elements drawn", "0", "10,000", "10,000"),
                        List.of("parameters", Text.of("%,d", plain.parameters()), Text.of("%,d", dropout.parameters()),
                                "0")))
                .picture(new BarPicture("What averaging costs in training",
                        "floating-point operations of a training pass of 200 samples",
                        Axis.linear("Million operations"), List.of(
                                BarPicture.Bar.of("plain network", Palette.of(PostExperiment.MLP),
                                        plain.training() / 1e6),
                                BarPicture.Bar.of("dropout", Palette.of(PostExperiment.DROPOUT),
                                        dropout.training() / 1e6),
                                BarPicture.Bar.of("two networks, averaged", Palette.GREY, 2 * plain.training() / 1e6)),
                                        List.of()).picture())
                .paragraph("What is not counted", "Drawing a mask element takes two 32-bit random numbers, integer "
                        + "work that on a network as small as the post's outweighs the multiplications: the benchmark "
                        + "Epoch (mvn -q -Pbench test-compile exec:exec) took about 1.3 times as long with dropout, "
                        + "validation included. The cost of dropout grows with the units, that of the products with "
                        + "their square. And the post trains its dropout network for 2,000 epochs, the plain one for "
                        + "1,000.")
                .figure(Text.of("%.2f%% more arithmetic in training, none in evaluation, no parameter more",
                        100 * share))
                .sure("Counted, not timed: the same on every machine, and what the formula says, two multiplications "
                        + "an activation.")
                .reproduce("mvn verify -Dtest=DropoutCheapTest");
    }
}
