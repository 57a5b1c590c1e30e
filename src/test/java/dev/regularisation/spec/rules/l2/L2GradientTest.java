package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.penalty.L2;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PenaltyGradient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

@Rule(id = "l2.gradient", section = Section.WEIGHT_DECAY, strength = Strength.LAW,
        statement = "L2 adds (λ/2) Σθ² to the loss, whose gradient pulls each parameter back by λθ.",
        related = {"l1.gradient", "l2.decays-in-proportion", "setup.gradient-is-sensitivity"})
final class L2GradientTest extends RuleTest<PenaltyGradient> {

    private static final double LAMBDA = 0.085;

    @Override
    protected PenaltyGradient evidence() {
        return PenaltyGradient.of(new L2(LAMBDA), Runs.initialParameters());
    }

    @Override
    protected Finding asSaid(PenaltyGradient e) {
        return atMost("no entry differs from the difference quotient by more than rounding explains, times", 1, e.worst());
    }

    @Property(tries = 200)
    @Label("for any parameters and strength")
    void generated(@ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -4, max = 4) @Scale(4) Double> theta,
            @ForAll @DoubleRange(max = 2) @Scale(3) double lambda) {
        require(PenaltyGradient.of(new L2(lambda), theta.stream().mapToDouble(t -> (float) (double) t).toArray()));
    }

    @Override
    protected Map<String, PenaltyGradient> counterexamples(PenaltyGradient e) {
        return Map.of("a factor of 2", e.times(i -> 2), "a wrong sign", e.times(i -> -1), "a bias that is spared",
                e.times(i -> i == e.theta().length - 1 ? 0 : 1), "no number", e.times(i -> Double.NaN));
    }

    @Override
    protected void describe(Document page, PenaltyGradient e) {
        double[] line = {-0.15, 0.15};
        page.figure("the largest difference is %.1e", e.largestDifference())
                .number("count", "%,d", e.theta().length).number("worst", "%.1e", e.largestDifference())
                .table("entries", List.of("θ", "gradient", "difference quotient", "λθ"), IntStream.of(0, 400, 800, 1200, 1950)
                        .mapToObj(i -> List.of(Document.format("%.6f", e.theta()[i]), Document.format("%.9f", e.gradient()[i]),
                                Document.format("%.9f", e.quotients()[i]), Document.format("%.9f", LAMBDA * e.theta()[i]))).toList())
                .picture("pull", new SeriesPicture("The pull of L2 on each parameter is in proportion to it",
                        "Post's network before training", Axis.linear("Parameter θ"), Axis.linear("Rise of the penalty per unit of θ"),
                        List.of(Series.of("Difference quotients", Palette.BLUE, e.theta(), e.quotients())),
                        List.of(Series.of("λθ", Palette.VERMILION, line, new double[] {LAMBDA * line[0], LAMBDA * line[1]})),
                        List.of(), false).picture())
                .series("gradient", Map.of("theta", e.theta(), "gradient", e.gradient(), "quotient", e.quotients()));
    }
}
