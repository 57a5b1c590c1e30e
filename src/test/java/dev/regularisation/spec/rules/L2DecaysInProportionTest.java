package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.Decay;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L2DecaysInProportionTest {

    /** The post's settings. */
    private static final Decay POST = new Decay(0.01, 0.085);
    private static final int STEPS = 3000;

    @Test
    @DisplayName("l2.decays-in-proportion: a parameter that the data do not touch decays as stated under SGD and AdamW")
    @Shows(OldRule.L2_DECAYS_IN_PROPORTION)
    void showcase() {
        double[] sgd = FreeParameters.path(plan(OptimiserPlan.UpdateRule.SGD, POST), 1, STEPS);
        double[] adamW = FreeParameters.path(plan(OptimiserPlan.UpdateRule.ADAMW, POST), 1, STEPS);
        double[] adam = FreeParameters.path(plan(OptimiserPlan.UpdateRule.ADAM, POST), 1, STEPS);

        page(sgd, adamW, adam).publish();
        requireExponentialDecay(sgd, POST);
        requireExponentialDecay(adamW, POST);
        assertThatThrownBy(() -> requireExponentialDecay(adam, POST)).hasMessageContaining("share that it loses");
    }

    private static Page page(double[] sgd, double[] adamW, double[] adam) {
        double[] steps = IntStream.rangeClosed(0, STEPS).asDoubleStream().toArray();
        double[] formula = IntStream.rangeClosed(0, STEPS).mapToDouble(t -> POST.l2(1, t)).toArray();
        int tenthOfSgd = FreeParameters.firstBelow(sgd, 0.1);
        int tenthOfAdam = FreeParameters.firstBelow(adam, 0.1);
        return Page.of(OldRule.L2_DECAYS_IN_PROPORTION)
                .formula("<msub><mi>θ</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msub><mo>=</mo><msub>"
                        + "<mi>θ</mi><mi>t</mi></msub><mo>−</mo><mi>η</mi><mi>λ</mi><msub><mi>θ</mi><mi>t</mi></msub>"
                        + "<mspace width=\"1em\"/><mo>⟹</mo><mspace width=\"1em\"/><msub><mi>θ</mi><mi>t</mi></msub>"
                        + "<mo>=</mo><msup><mrow><mo>(</mo><mn>1</mn><mo>−</mo><mi>η</mi><mi>λ</mi><mo>)</mo></mrow>"
                        + "<mi>t</mi></msup><msub><mi>θ</mi><mn>0</mn></msub>")
                .setup("One parameter starts at 1 and gets no gradient from the data, only the pull of L2 with the"
                        + " post's strength λ = 0.085 and learning rate η = 0.01. Three optimisers carry it out:"
                        + " gradient descent (SGD), Adam as the post uses it, and Adam with decoupled weight decay"
                        + " (AdamW).")
                .table("The parameter after t steps", List.of("t", "(1 − ηλ)ᵗ", "SGD", "AdamW", "Adam"),
                        IntStream.of(0, 1, 10, 100, 300, 1000, 3000).mapToObj(t -> List.of(Integer.toString(t),
                                Text.of("%.6f", formula[t]), Text.of("%.6f", sgd[t]), Text.of("%.6f", adamW[t]),
                                Text.of("%.6f", adam[t]))).toList())
                .picture(SeriesPicture.ofCurves("Left to L2 alone, a parameter fades",
                        "One parameter without data gradient; learning rate 0.01, λ = 0.085", Axis.linear("Step"),
                        Axis.linear("Parameter θ"), List.of(
                                Series.of("SGD", Palette.SKY_BLUE, steps, sgd).drawn(LineStyle.WIDE),
                                Series.of("(1 − ηλ)ᵗ", Palette.BLUE, steps, formula).drawn(LineStyle.DASHED),
                                Series.of("Adam", Palette.VERMILION, steps, adam)), List.of()).picture())
                .paragraph("Under Adam it is otherwise", "Adam divides each step by the size of recent gradients."
                        + " Where the pull of L2 is the whole gradient, its size cancels: the first step is the"
                        + " learning rate whatever the parameter's size and the strength, and the way to a tenth takes "
                        + tenthOfAdam + " steps instead of " + tenthOfSgd + ". The force is in proportion, the"
                        + " movement is not. (AdamW's curve would lie on SGD's.)")
                .series("decay", Text.csv("step,formula,sgd,adamw,adam", steps, formula, sgd, adamW, adam))
                .figure(Text.of("steps to a tenth: %d under SGD (formula %.0f), %d under Adam", tenthOfSgd,
                        Math.ceil(StrictMath.log(10) / -StrictMath.log1p(-POST.step())), tenthOfAdam))
                .sure("Exact but for rounding: four roundings a step in single precision, at most. 300 random rates,"
                        + " strengths, starts and numbers of steps are tried as well.")
                .reproduce("mvn verify -Dtest=L2DecaysInProportionTest");
    }

    @Property(tries = 300)
    @Label("l2.decays-in-proportion: SGD's weight decay, L2 by hand under SGD, and AdamW's decay are (1 − ηλ)ᵗ")
    @Shows(OldRule.L2_DECAYS_IN_PROPORTION)
    void isExponential(
            @ForAll @DoubleRange(min = 0.001, max = 1) @Scale(3) double learningRate,
            @ForAll @DoubleRange(min = 0.001, max = 0.5) @Scale(3) double lambda,
            @ForAll @DoubleRange(min = 0.01, max = 5) @Scale(3) double start,
            @ForAll @IntRange(min = 2, max = 60) int steps) {
        Decay decay = new Decay(learningRate, lambda);
        OptimiserPlan without = new OptimiserPlan(OptimiserPlan.UpdateRule.SGD, learningRate, 0);

        requireExponentialDecay(FreeParameters.path(plan(OptimiserPlan.UpdateRule.SGD, decay), start, steps), decay);
        requireExponentialDecay(FreeParameters.path(without, -start, steps, new L2(lambda)), decay);
        requireExponentialDecay(FreeParameters.path(plan(OptimiserPlan.UpdateRule.ADAMW, decay), start, steps), decay);
    }

    @Property(tries = 300)
    @Label("l2.decays-in-proportion: Adam's first step is the learning rate, whatever the size and the strength")
    @Shows(OldRule.L2_DECAYS_IN_PROPORTION)
    void adamHidesTheSize(
            @ForAll @DoubleRange(min = 0.001, max = 0.1) @Scale(3) double learningRate,
            @ForAll @DoubleRange(min = 0.01, max = 1) @Scale(2) double lambda,
            @ForAll @DoubleRange(min = 0.1, max = 5) @Scale(2) double start) {
        double[] path = FreeParameters.path(plan(OptimiserPlan.UpdateRule.ADAM, new Decay(learningRate, lambda)), start, 1);

        // ε = 1e-8 beside a gradient of at least 1e-3, some ten roundings of 6e-8, and one of θ.
        assertThat(Math.abs(path[0] - path[1] - learningRate))
                .isLessThanOrEqualTo(2e-5 * learningRate + 0x1p-23 * start);
    }

    @Test
    @DisplayName("l2.decays-in-proportion: a constant force, Adam's movement and another strength are no such decay")
    @Teeth(OldRule.L2_DECAYS_IN_PROPORTION)
    void rejectsOtherDecays() {
        OptimiserPlan sgd = new OptimiserPlan(OptimiserPlan.UpdateRule.SGD, 0.01, 0);

        for (double[] path : List.of(
                FreeParameters.path(sgd, 1, 50, new L1(0.085)),
                FreeParameters.path(sgd, 1, 50, new L2(0.17)),
                FreeParameters.path(sgd, 1, 50),
                FreeParameters.path(plan(OptimiserPlan.UpdateRule.ADAM, POST), 1, 50))) {
            assertThatThrownBy(() -> requireExponentialDecay(path, POST)).hasMessageContaining("share that it loses");
        }
    }

    /** Fails unless each step takes the share ηλ of what is left, so that step t finds (1 − ηλ)ᵗ of the start. */
    static void requireExponentialDecay(double[] path, Decay decay) {
        // Rounded in single precision: η, λ, their products with θ, and the difference, which is at least half of θ.
        double rounding = 4 * 0x1p-24;
        for (int t = 0; t + 1 < path.length; t++) {
            double share = (path[t] - path[t + 1]) / path[t];
            assertThat(Math.abs(share - decay.step()))
                    .as("share that it loses in step %d is %s, wanted ηλ = %s: error", t + 1, share, decay.step())
                    .isLessThanOrEqualTo(rounding);
            double expected = decay.l2(path[0], t + 1);
            assertThat(Math.abs(path[t + 1] - expected))
                    .as("after %d steps %s, wanted (1 − ηλ)ᵗ θ₀ = %s: error", t + 1, path[t + 1], expected)
                    .isLessThanOrEqualTo(2 * (t + 1) * rounding * Math.abs(expected));
        }
    }

    private static OptimiserPlan plan(OptimiserPlan.UpdateRule rule, Decay decay) {
        return new OptimiserPlan(rule, decay.learningRate(), decay.lambda());
    }
}
