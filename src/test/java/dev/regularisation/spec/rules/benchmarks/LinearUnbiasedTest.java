package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "linear.unbiased", section = Section.BENCHMARKS, strength = Strength.STOCHASTIC,
        statement = "The weights that training finds for linear regression are unbiased estimates of the true ones.",
        related = {"linear.finds-least-squares", "l2.walks-uphill", "erratum.best-model-is-last"})
final class LinearUnbiasedTest extends RuleTest<LinearBias> {

    @Override
    protected LinearBias evidence() {
        return LinearBias.of(LinearBias.opposite(50, 42));
    }

    /**
     * The largest of 51 |t| is below 0.3 of what is allowed with a probability of 1e-5: nothing errs as little. Measured: 0.67 and
     * 0.51, a shift of 0.008, and 3.6e-15.
     */
    @Override
    protected Finding asSaid(LinearBias e) {
        return all(within("least squares: the largest |t| of mean errors, in parts of what is allowed", 0.3, 1, e.exact()),
                within("trained models: the same", 0.3, 1, e.trained()),
                atMost("over data sets, training shifts no weight by a tenth of a standard deviation", 0.1, e.shift()),
                atMost("noise and its opposite make opposite errors, to rounding", 1e-10, e.opposite()));
    }

    @Override
    protected Optional<LinearBias> first(int seeds, LinearBias e) {
        return Optional.of(e.first(seeds));
    }

    @Property(tries = 60)
    @Label("noise and its opposite make opposite errors, so that symmetric noise makes none on average")
    void generated(@ForAll @IntRange(min = 1, max = 12) int features, @ForAll long seed) {
        require(LinearBias.of(LinearBias.opposite(features, seed)));
    }

    @Override
    protected Map<String, LinearBias> counterexamples(LinearBias e) {
        return Map.of("ridge regression, which shrinks", LinearBias.ofRidge(e.opposite()),
                "an error that keeps its sign", new LinearBias(e.exact(), e.trained(), e.shift(), 0.2),
                "errors smaller than chance allows", new LinearBias(0.01, 0.01, e.shift(), e.opposite()),
                "no number", new LinearBias(e.exact(), Double.NaN, e.shift(), e.opposite()));
    }

    @Override
    protected void describe(Document page, LinearBias e) {
        page.figure("largest |t| of 51, in parts of what is allowed: %.2f of fits, %.2f of trained models", e.exact(), e.trained())
                .table("errors", LinearBias.header(), LinearBias.rows())
                .number("deviation", "%.4f", LinearBias.deviation()).number("visible", "%.4f", LinearBias.visible())
                .number("shift", "%.3f", e.shift()).picture("errors", LinearBias.picture())
                .series("means", LinearBias.series());
    }
}
