package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.FreeParameters;
import dev.regularisation.theory.Decay;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

@Rule(id = "l2.decays-in-proportion", section = Section.WEIGHT_DECAY, strength = Strength.LAW,
        statement = "L2 shrinks each parameter in proportion to itself: an exponential decay, towards a stable point.",
        qualified = "So it does under SGD and AdamW. Under Adam, which the post uses, the force is in proportion but not the "
                + "movement: the first step is the learning rate, whatever the size and the strength.",
        related = {"l2.gradient", "l1.collapses-in-finite-time", "l2.adamw-differs"})
final class L2DecaysInProportionTest extends RuleTest<DecayPaths> {

    /** The post's settings. */
    private static final Decay POST = new Decay(0.01, 0.085);

    @Override
    protected DecayPaths evidence() {
        return DecayPaths.of(POST, 1, 3000, 0.5);
    }

    @Override
    protected Finding asSaid(DecayPaths e) {
        return all(underDescent(e), atMost("so does Adam with weight decay, times", 1, e.error(e.adam())));
    }

    @Override
    protected Finding qualified(DecayPaths e) {
        return all(underDescent(e), atMost("Adam's first step differs from the learning rate by no more than rounding "
                + "and ε explain, times", 1, e.errorOfAdamsFirstStep()));
    }

    private static Finding underDescent(DecayPaths e) {
        return all(atMost("every step of SGD with weight decay takes the share ηλ of what is left, within rounding, times", 1,
                        e.error(e.sgd())),
                atMost("so does SGD with L2 by hand, times", 1, e.error(e.byHand())),
                atMost("so does AdamW, times", 1, e.error(e.adamW())),
                atMost("with data that pull elsewhere the way left to the stable point shrinks so, times", 1, e.errorOfPull()));
    }

    @Property(tries = 300)
    @Label("for any rate, strength, start and number of steps, of any optimiser")
    void generated(@ForAll @DoubleRange(min = 0.001, max = 1) @Scale(3) double learningRate,
            @ForAll @DoubleRange(min = 0.001, max = 0.5) @Scale(3) double lambda,
            @ForAll @DoubleRange(min = 0.01, max = 5) @Scale(3) double start, @ForAll @IntRange(min = 2, max = 60) int steps,
            @ForAll @DoubleRange(min = 0.1, max = 0.5) @Scale(3) double curvature) {
        require(DecayPaths.of(new Decay(learningRate, lambda), start, steps, curvature));
    }

    @Property(tries = 300)
    @Label("for strengths up to 1, at rates up to 0.1")
    void generatedStrong(@ForAll @DoubleRange(min = 0.001, max = 0.1) @Scale(3) double learningRate,
            @ForAll @DoubleRange(min = 0.01, max = 1) @Scale(2) double lambda,
            @ForAll @DoubleRange(min = 0.1, max = 5) @Scale(2) double start, @ForAll @IntRange(min = 2, max = 60) int steps) {
        require(DecayPaths.of(new Decay(learningRate, lambda), start, steps, 0.5));
    }

    @Override
    protected Map<String, DecayPaths> counterexamples(DecayPaths e) {
        double[] constant = FreeParameters.path(DecayPaths.plan(UpdateRule.SGD, POST, 0), 1, 50, new L1(0.085));
        double[] twice = FreeParameters.path(DecayPaths.plan(UpdateRule.SGD, POST, 0), 1, 50, new L2(0.17));
        double[] none = FreeParameters.path(DecayPaths.plan(UpdateRule.SGD, POST, 0), 1, 50);
        return Map.of("a constant force", e.with(constant, constant, constant, e.adam()),
                "twice the strength", e.with(twice, twice, twice, e.adam()),
                "no decay", e.with(none, none, none, none),
                "Adam's movement under all", e.with(e.adam(), e.adam(), e.adam(), e.adam()),
                "an Adam that keeps proportion", e.with(e.sgd(), e.byHand(), e.adamW(), e.sgd()),
                "a pull of half the speed", e.pulledAt(0.5),
                "no number", e.with(new double[] {1, Double.NaN}, e.byHand(), e.adamW(), e.adam()));
    }

    @Override
    protected void describe(Document page, DecayPaths e) {
        double[] formula = e.formula();
        double[] steps = e.steps();
        page.figure("steps to a tenth: %d under SGD (formula %.0f), %d under Adam", FreeParameters.firstBelow(e.sgd(), 0.1),
                        Math.ceil(StrictMath.log(10) / -StrictMath.log1p(-POST.step())), FreeParameters.firstBelow(e.adam(), 0.1))
                .table("steps", List.of("t", "(1 − ηλ)ᵗ", "SGD", "AdamW", "Adam"), e.rows(0, 1, 10, 100, 300, 1000, 3000))
                .picture("paths", SeriesPicture.ofCurves("Left to L2 alone, a parameter fades",
                        "One parameter without data gradient; learning rate 0.01, λ = 0.085", Axis.linear("Step"),
                        Axis.linear("Parameter θ"), List.of(
                                Series.of("SGD", Palette.SKY_BLUE, steps, e.sgd()).drawn(LineStyle.WIDE),
                                Series.of("(1 − ηλ)ᵗ", Palette.BLUE, steps, formula).drawn(LineStyle.DASHED),
                                Series.of("Adam", Palette.VERMILION, steps, e.adam())), List.of()).picture())
                .number("adam", "%d", FreeParameters.firstBelow(e.adam(), 0.1))
                .number("sgd", "%d", FreeParameters.firstBelow(e.sgd(), 0.1))
                .series("decay", Map.of("formula", formula, "sgd", e.sgd(), "adamw", e.adamW(), "adam", e.adam()));
    }
}
