package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PostRegression;
import dev.regularisation.theory.Eigenbasis;
import dev.regularisation.theory.RandomQuadratic;
import dev.regularisation.theory.RandomQuadratic.Spectrum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Rule(id = "l2.keeps-what-matters", section = Section.WEIGHT_DECAY, strength = Strength.LAW,
        statement = "L2 leaves directions of large eigenvalue as they are and shrinks only those of little influence.",
        qualified = "It shrinks every direction, by λ/(h + λ): little where the eigenvalue is far above the strength, and to "
                + "little where it is far below.",
        related = {"l2.eigen-shrinkage", "l2.ridge-in-the-experiment", "l2.idle-directions-in-the-network"})
final class L2KeepsWhatMattersTest extends RuleTest<Kept> {

    @Override
    protected Kept evidence() {
        return Kept.ofWideSpectrum();
    }

    @Override
    protected Finding asSaid(Kept e) {
        return all(ofLittleInfluence(e), atMost("the direction of the largest eigenvalue loses nothing but rounding, times", 1,
                (1 - e.kept()[0]) / e.tolerance()));
    }

    @Override
    protected Finding qualified(Kept e) {
        return all(ofLittleInfluence(e),
                atMost("above the strength it is within (λ/h)² of 1 − λ/h, times", 1, e.worst(Kept::ofLarge)),
                atMost("each direction loses λ/(h + λ), within rounding, times", 1, e.worst(Kept::exact)));
    }

    /** Both series alternate, so the first term left out bounds the error; rounding of the terms comes on top. */
    private static Finding ofLittleInfluence(Kept e) {
        return all(atMost("the share kept does not fall as the eigenvalue rises, within rounding, times", 1,
                        e.worst(Kept::disorder)),
                atMost("below the strength it is within (h/λ)² of h/λ, times", 1, e.worst(Kept::ofSmall)));
    }

    @Provide
    Arbitrary<RandomQuadratic> quadratics() {
        return RandomQuadratic.of(Spectrum.MODERATE, Spectrum.ILL_CONDITIONED, Spectrum.SINGULAR);
    }

    @Property(tries = 1000)
    @Label("for any Hessian and strength, in directions that the solver does not know")
    void generated(@ForAll("quadratics") RandomQuadratic quadratic, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        require(Kept.of(quadratic, lambda));
    }

    @Override
    protected Map<String, Kept> counterexamples(Kept e) {
        Map<String, Kept> others = new LinkedHashMap<>();
        others.put("one factor for all", e.by(h -> 0.5));
        others.put("the reverse order", e.by(h -> 1 / (1 + h)));
        others.put("a hard cut", e.by(h -> h > 1 ? 1 : 0));
        others.put("a soft threshold", e.by(h -> Math.max(1 - 1 / h, 0)));
        others.put("squares", e.by(h -> h * h / (1 + h * h)));
        others.put("nothing lost by the largest", e.by(h -> h >= 1e4 ? 1 : h / (1 + h)));
        others.put("no number", e.by(h -> Double.NaN));
        return others;
    }

    @Override
    protected void describe(Document page, Kept e) {
        double lambda = PostRegression.STRENGTHS.get(0);
        Eigenbasis ofPost = PostRegression.loss().eigenbasis();
        page.figure("kept %.1f %% at h = 100 λ, %.1f %% at h = λ/100", 100 * e.at(100), 100 * e.at(0.01))
                .table("kept", List.of("h/λ", "kept", "1 − λ/h", "h/λ"), e.rows(1e4, 100, 10, 1, 0.1, 0.01, 1e-4))
                .picture("shares", e.picture()).number("eigenvalues", "%.2f and %.2f", ofPost.smallest(), ofPost.largest())
                .number("shares", "%.0f %% to %.0f %%", 100 * ofPost.smallest() / (ofPost.smallest() + lambda),
                        100 * ofPost.largest() / (ofPost.largest() + lambda))
                .series("shares", Map.of("h_over_lambda", e.h(), "kept", e.kept()));
    }
}
