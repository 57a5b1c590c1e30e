package dev.regularisation.spec.rules.setup;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.backend.cpu.float64.CpuBackend;
import dev.regularisation.penalty.L2;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Rule(id = "setup.gradient-is-sensitivity", section = Section.SETUP, strength = Strength.LAW,
        statement = "Backpropagation tells how the loss would change if a parameter were slightly higher.",
        related = {"l2.gradient", "l1.gradient", "dropout.zeroes-at-random"})
final class GradientIsSensitivityTest extends RuleTest<Sensitivity> {

    private static final DifferentiableRun POST =
            DifferentiableRun.random(List.of(50, 25, 25, 1), 64, 0.1, 0.085, 0.021, 0.05, 42);

    @Override
    protected Sensitivity evidence() {
        return Sensitivity.of(POST, new CpuBackend());
    }

    @Override
    protected Finding asSaid(Sensitivity e) {
        return all(
                atMost("no derivative differs from what the loss does by more, in parts of the largest", Sensitivity.TOLERANCE,
                        e.worst()),
                atMost("share of parameters with a kink within a step, where nothing can be compared", 0, e.shareOfKinks()));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    @Label("every derivative of networks clear of kinks, linear to four hidden layers, with and without dropout and penalties")
    void generated(@ForAll("runs") DifferentiableRun run) {
        Sensitivity measured = Sensitivity.of(run, new CpuBackend());
        // Fifteen of ten thousand have a sum within a step of 0, and then what feeds it has a kink.
        Assume.that(measured.shareOfKinks() == 0);
        require(measured);
    }

    @Provide
    Arbitrary<DifferentiableRun> runs() {
        Arbitrary<Double> strength = Arbitraries.of(0.0, 0.05, 1.0);
        return Combinators.combine(Arbitraries.integers().between(1, 7).list().ofMinSize(2).ofMaxSize(6),
                Arbitraries.integers().between(1, 9), Arbitraries.of(0.0, 0.1, 0.5), strength, strength, strength,
                Arbitraries.longs()).as(DifferentiableRun::random);
    }

    @Override
    protected Map<String, Sensitivity> counterexamples(Sensitivity e) {
        boolean[] everywhere = new boolean[e.kinks().length];
        Arrays.fill(everywhere, true);
        double[] twice = POST.withPenalties(List.of(new L2(0.17))).gradient(new CpuBackend());
        return Map.of("a rectifier that lets all pass backwards", Sensitivity.of(POST, Sensitivity.openRectifier()),
                "a bias without a gradient", Sensitivity.of(POST, Sensitivity.withoutBias()),
                "another penalty than is in the loss", new Sensitivity(twice, e.differences(), e.kinks()),
                "a loss of kinks", new Sensitivity(e.computed(), e.differences(), everywhere),
                "no number", new Sensitivity(Arrays.stream(e.computed()).map(d -> Double.NaN).toArray(), e.differences(),
                e.kinks()));
    }

    @Override
    protected void describe(Document page, Sensitivity e) {
        page.figure("%,d derivatives agree within %.0g of the largest", e.computed().length, e.worst())
                .number("worst", "%.1g", e.worst()).number("count", "%,d", e.computed().length)
                .picture("derivatives", e.picture());
    }
}
