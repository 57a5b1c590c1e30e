package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.backend.Activation;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Rule(id = "mlp.needs-nonlinearity", section = Section.BENCHMARKS, strength = Strength.LAW,
        statement = "Arbitrary data need a non-linear model: without activations, depth is one linear map.",
        related = {"mlp.contains-linear", "mlp.fits-pure-noise"})
final class NeedsNonlinearityTest extends RuleTest<Nonlinearity> {

    /** Var|x| = 1 − 2/π of a standard normal x, which no linear function of x can explain any of. */
    private static final double UNEXPLAINED = 1 - 2 / Math.PI;

    @Override
    protected Nonlinearity evidence() {
        return Nonlinearity.of(Nonlinearity.difference(List.of(50, 25, 25, 1), Activation.IDENTITY, 42));
    }

    /** Measured: 1.3e-16; with what 1,000 validation samples leave to chance 1.05, 1.04 and 0.0004. */
    @Override
    protected Finding asSaid(Nonlinearity e) {
        return all(atMost("a network without activations differs from the product of its matrices, in parts of the largest "
                + "answer",
                        1e-12, e.difference()),
                within("labels |x|: the best linear model's loss, over what it must leave", 0.8, 1.25,
                e.linear() / UNEXPLAINED),
                within("a network without activations: the same", 0.8, 1.25, e.identity() / UNEXPLAINED),
                within("a network of rectifiers: the same", 0, 0.2, e.rectifier() / UNEXPLAINED));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @Label("of any sizes and parameters, a network without activations is one linear map")
    void generated(@ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 12) Integer> layers, @ForAll long seed) {
        require(Nonlinearity.of(Nonlinearity.difference(layers, Activation.IDENTITY, seed)));
    }

    @Override
    protected Map<String, Nonlinearity> counterexamples(Nonlinearity e) {
        return Map.of("the rectifier network as one linear map", new Nonlinearity(
                        Nonlinearity.difference(List.of(50, 25, 25, 1), Activation.RELU, 42), e.linear(), e.identity(),
                        e.rectifier()),
                "a linear model in the rectifiers' place",
                new Nonlinearity(e.difference(), e.linear(), e.identity(), e.linear()),
                "labels that are linear", new Nonlinearity(e.difference(), e.rectifier(), e.rectifier(), e.rectifier()),
                "no number", new Nonlinearity(Double.NaN, e.linear(), e.identity(), e.rectifier()));
    }

    @Override
    protected void describe(Document page, Nonlinearity e) {
        page.figure("on labels |x| the rectifiers' validation loss is %.4f, the linear model's %.3f", e.rectifier(), e.linear())
                .number("difference", "%.1g", e.difference()).number("unexplained", "%.4f", UNEXPLAINED)
                .picture("losses", new BarPicture("Without an activation no depth helps",
                "Labels |x|, 200 training samples; least "
                        + "validation losses", Axis.linear("Validation loss"), List.of(
                                BarPicture.Bar.of("Least squares", Palette.GREY, e.linear()),
                                BarPicture.Bar.of("Network without activations", Palette.SKY_BLUE, e.identity()),
                                BarPicture.Bar.of("Network of rectifiers", Palette.BLUE, e.rectifier())),
                        List.of(ReferenceLine.vertical("What a linear function leaves", UNEXPLAINED))).picture());
    }
}
