package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L2AdamWDiffersTest {

    private static final double LAMBDA = 0.085;
    private static final int STEPS = 20;

    @Test
    @DisplayName("l2.adamw-differs: at the post's strength, decoupled decay hardly regularises")
    @Shows(OldRule.L2_ADAMW_DIFFERS)
    void showcase() {
        Map<String, History> runs = new LinkedHashMap<>();
        runs.put("No decay", PostRuns.of(PostExperiment.MLP).history());
        runs.put("Adam, λ = 0.085", PostRuns.of(PostExperiment.WEIGHT_DECAY).history());
        runs.put("AdamW, λ = 0.085", adamW(LAMBDA));
        runs.put("AdamW, λ = 0.5", adamW(0.5));

        page(runs).publish();
        // Measured: 0.598, 0.500, 0.581, 0.525; and 52.7, 11.0, 23.9, 18.5. The bounds lie about half-way.
        assertThat(best(runs.get("AdamW, λ = 0.085"))).isBetween(0.54, best(runs.get("No decay")));
        assertThat(best(runs.get("Adam, λ = 0.085"))).isLessThan(0.54);
        assertThat(lastNorm(runs.get("AdamW, λ = 0.085"))).isGreaterThan(1.5 * lastNorm(runs.get("Adam, λ = 0.085")));
    }

    private static Page page(Map<String, History> runs) {
        List<ComparisonPicture.Run> curves = new ArrayList<>();
        runs.forEach((name, history) ->
                curves.add(new ComparisonPicture.Run(name, Palette.series(curves.size()), LineStyle.SOLID, history)));
        return Page.of(OldRule.L2_ADAMW_DIFFERS)
                .formula("<mtext>coupled:</mtext><mspace width=\"0.5em\"/><mi>g</mi><mo>←</mo><mi>g</mi><mo>+</mo>"
                        + "<mi>λ</mi><mi>θ</mi><mo>,</mo><mspace width=\"0.5em\"/><mi>θ</mi><mo>←</mo><mi>θ</mi>"
                        + "<mo>−</mo><mi>η</mi><mi>A</mi><mo>(</mo><mi>g</mi><mo>)</mo><mspace width=\"2em\"/>"
                        + "<mtext>decoupled:</mtext><mspace width=\"0.5em\"/><mi>θ</mi><mo>←</mo><mo>(</mo><mn>1</mn>"
                        + "<mo>−</mo><mi>η</mi><mi>λ</mi><mo>)</mo><mi>θ</mi><mo>−</mo><mi>η</mi><mi>A</mi><mo>(</mo>"
                        + "<mi>g</mi><mo>)</mo>")
                .setup("A is what the optimiser makes of a gradient. For plain gradient descent A(g) = g and both"
                        + " ways are the same. Adam divides by the size of recent gradients, the decay's share"
                        + " included: a parameter with large gradients is hardly decayed. AdamW (Loshchilov and"
                        + " Hutter, 2019) keeps the decay out of it. The post's network is trained with either, and"
                        + " with a larger λ for AdamW.")
                .table("The post's network, 200 samples, seed 42", List.of("Run", "Best validation loss", "at epoch",
                                "Last training loss", "Last Σθ²"),
                        runs.entrySet().stream().map(run -> List.of(run.getKey(), Text.of("%.4f", best(run.getValue())),
                                Integer.toString(run.getValue().bestEpoch()),
                                Text.of("%.2g", run.getValue().trainLoss(run.getValue().epochs())),
                                Text.of("%.1f", lastNorm(run.getValue())))).toList())
                .picture(ComparisonPicture.of(curves, "Coupled and decoupled weight decay under Adam",
                        "Post's network and data, seed 42"))
                .paragraph("What follows", "λ does not mean the same in the two: the post's 0.085 helps where it is"
                        + " coupled, and helps little where it is not. \"Weight decay\" is L2 under gradient descent"
                        + " only.")
                .figure(Text.of("best validation loss %.3f coupled, %.3f decoupled, %.3f without",
                        best(runs.get("Adam, λ = 0.085")), best(runs.get("AdamW, λ = 0.085")),
                        best(runs.get("No decay"))))
                .sure("The step laws are exact but for rounding, over 400 random parameters and gradients; the runs"
                        + " are one seed and illustrate them.")
                .reproduce("mvn -q compile exec:java -Dexec.args=\"train --optimiser adamw --weight-decay 0.085\"");
    }

    @Property(tries = 200)
    @Label("l2.adamw-differs: coupled and decoupled decay agree under SGD and part under Adam")
    @Shows(OldRule.L2_ADAMW_DIFFERS)
    void agreeUnderSgdOnly(@ForAll @DoubleRange(min = 0.01, max = 0.5) @Scale(3) double lambda, @ForAll long seed) {
        double[] theta = new Random(seed).doubles(12, 0.5, 2).toArray();

        requireAgreement(coupled(OptimiserPlan.UpdateRule.SGD, lambda, theta, seed),
                decoupled(OptimiserPlan.UpdateRule.SGD, lambda, theta, seed));
        assertThatThrownBy(() -> requireAgreement(
                coupled(OptimiserPlan.UpdateRule.ADAM, lambda, theta, seed),
                decoupled(OptimiserPlan.UpdateRule.ADAM, lambda, theta, seed)))
                .hasMessageContaining("decoupled decay");
    }

    @Property(tries = 200)
    @Label("l2.adamw-differs: in its first step Adam ignores a coupled decay that does not turn the gradient's sign")
    @Shows(OldRule.L2_ADAMW_DIFFERS)
    void adamIgnoresCoupledDecayAtFirst(@ForAll @DoubleRange(min = 0.01, max = 0.5) @Scale(3) double lambda,
            @ForAll @DoubleRange(min = -2, max = 2) double theta,
            @ForAll @DoubleRange(min = -1, max = 1) double gradient) {
        Assume.that(Math.abs(gradient) >= 0.01);
        Assume.that(Math.abs(gradient + lambda * theta) >= 0.01 && gradient * (gradient + lambda * theta) > 0);

        double without = firstStep(OptimiserPlan.UpdateRule.ADAM, 0, theta, gradient);
        double coupled = firstStep(OptimiserPlan.UpdateRule.ADAM, lambda, theta, gradient);
        double decoupled = firstStep(OptimiserPlan.UpdateRule.ADAMW, lambda, theta, gradient);

        // ε = 1e-8 beside a gradient of 0.01 and ten roundings of 6e-8, of a step of 0.01; and one rounding of θ ≤ 2.
        double tolerance = 0.01 * 2e-6 + 3 * 0x1p-24 * 2;
        assertThat(Math.abs(coupled - without)).isLessThanOrEqualTo(tolerance);
        assertThat(Math.abs(decoupled - (without - 0.01 * lambda * theta))).isLessThanOrEqualTo(tolerance);
    }

    @Test
    @DisplayName("l2.adamw-differs: the check of agreement notices Adam, another strength and NaN")
    @Teeth(OldRule.L2_ADAMW_DIFFERS)
    void rejectsDisagreement() {
        double[] theta = {0.5, 1, 2};
        double[] sgd = coupled(OptimiserPlan.UpdateRule.SGD, LAMBDA, theta, 1);

        for (double[] other : List.of(
                decoupled(OptimiserPlan.UpdateRule.ADAM, LAMBDA, theta, 1),
                decoupled(OptimiserPlan.UpdateRule.SGD, 1.1 * LAMBDA, theta, 1),
                decoupled(OptimiserPlan.UpdateRule.SGD, 0, theta, 1),
                new double[] {Double.NaN, sgd[1], sgd[2]})) {
            assertThatThrownBy(() -> requireAgreement(sgd, other)).hasMessageContaining("decoupled decay");
        }
        requireAgreement(sgd, decoupled(OptimiserPlan.UpdateRule.SGD, LAMBDA, theta, 1));
    }

    /** Fails unless both are the same but for rounding, after {@link #STEPS} steps. */
    static void requireAgreement(double[] coupled, double[] decoupled) {
        for (int i = 0; i < coupled.length; i++) {
            assertThat(Math.abs(decoupled[i] - coupled[i]))
                    .as("parameter %d: decoupled decay ends at %s, coupled at %s: error", i, decoupled[i], coupled[i])
                    // Some six roundings a step of a number below 4.
                    .isLessThanOrEqualTo(STEPS * 6 * 0x1p-24 * 4);
        }
    }

    /** Steps with the decay in the gradient. */
    private static double[] coupled(OptimiserPlan.UpdateRule rule, double lambda, double[] theta, long seed) {
        return steps(new OptimiserPlan(rule, 0.01, lambda), 1, theta, seed);
    }

    /** Steps without it, each after the parameters have shrunk by 1 − ηλ. */
    private static double[] decoupled(OptimiserPlan.UpdateRule rule, double lambda, double[] theta, long seed) {
        return steps(new OptimiserPlan(rule, 0.01, 0), 1 - 0.01 * lambda, theta, seed);
    }

    private static double[] steps(OptimiserPlan plan, double shrink, double[] start, long seed) {
        Backend backend = new CpuBackend();
        Tensor theta = backend.tensor(start.length, 1, start);
        Tensor gradient = backend.zeros(start.length, 1);
        Optimiser optimiser = plan.create(backend, start.length);
        Random random = new Random(~seed);
        double[] drawn = new double[start.length];
        for (int step = 0; step < STEPS; step++) {
            Arrays.setAll(drawn, i -> 0.5 + random.nextDouble());
            backend.write(drawn, gradient);
            backend.scale(shrink, theta);
            optimiser.step(theta, gradient);
        }
        return backend.read(theta);
    }

    private static double firstStep(OptimiserPlan.UpdateRule rule, double lambda, double start, double gradient) {
        Backend backend = new CpuBackend();
        Tensor theta = backend.tensor(1, 1, new double[] {start});
        new OptimiserPlan(rule, 0.01, lambda).create(backend, 1)
                .step(theta, backend.tensor(1, 1, new double[] {gradient}));
        return backend.read(theta)[0];
    }

    private static History adamW(double lambda) {
        return TrainingLoop.train(PostExperiment.MLP.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                .rule(OptimiserPlan.UpdateRule.ADAMW).weightDecay(lambda).build(),
                new CpuBackend(), Recording.LOSSES, ProgressListener.NONE)
                .history();
    }

    private static double best(History history) {
        return history.validationLoss(history.bestEpoch());
    }

    private static double lastNorm(History history) {
        return history.squaredL2Norm(history.epochs());
    }
}
