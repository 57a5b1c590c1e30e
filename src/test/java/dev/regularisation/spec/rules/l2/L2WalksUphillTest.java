package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PostRegression;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

@Rule(id = "l2.walks-uphill", section = Section.WEIGHT_DECAY, strength = Strength.LAW,
        statement = "The penalty makes the final model walk uphill from the loss's optimum.",
        related = {"l2.eigen-shrinkage", "l2.costs-training", "l1.soft-threshold"})
final class L2WalksUphillTest extends RuleTest<Climb> {

    @Override
    protected Climb evidence() {
        return Climb.trained(PostRegression.loss(), PostRegression.STRENGTHS);
    }

    @Override
    protected Finding asSaid(Climb e) {
        return all(atLeast("nowhere does the loss fall: the least rise that is not lost in rounding", 0, e.leastRise()),
                atMost("by ½ Σ h (λ/(h + λ))² w² with L2, within the tolerance, times", 1, e.worst(e.rises(), e.prices())),
                atMost("by ½ Σ h min(λ/h, |w|)² with L1 along the axes, within the tolerance, times", 1,
                        e.worst(e.l1Rises(), e.l1Prices())));
    }

    @Property(tries = 1000)
    @Label("for any Hessian and strength")
    void generated(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        QuadraticLoss loss = quadratic.loss();
        require(Climb.of(loss, lambda, new QuadraticWithL2(loss, lambda).linearSolve()));
    }

    @Override
    protected Map<String, Climb> counterexamples(Climb e) {
        QuadraticLoss loss = QuadraticLoss.diagonal(new double[] {4, 0.25}, new double[] {1, -2});
        return Map.of("a model that stays", Climb.of(loss, 1, loss.minimiser()),
                "half the strength", Climb.of(loss, 1, new QuadraticWithL2(loss, 0.5).linearSolve()),
                "twice the strength", Climb.of(loss, 1, new QuadraticWithL2(loss, 2).linearSolve()),
                "a walk to the origin", Climb.of(loss, 1, new double[2]), "downhill", e.times(-1),
                "the price of L2 asked for L1", e.withL1Prices(e.prices()), "no number", e.times(Double.NaN));
    }

    @Override
    protected void describe(Document page, Climb e) {
        page.figure("at λ = 0.085 a rise of %.4f, predicted %.4f", e.rises()[0], e.prices()[0])
                .table("rises", Climb.header(), e.rows()).picture("climb", e.picture())
                .series("price", Map.of("lambda", Climb.strengths(), "rise", e.rises()));
    }
}
