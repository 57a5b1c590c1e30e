package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.most;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PairedSeeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Rule(id = "class.erm-uses-all-powers", section = Section.WEIGHT_DECAY, strength = Strength.STOCHASTIC,
        statement = "Fitting alone uses every power it is offered; weighing fit against complexity takes few, and generalises "
                + "better.",
        related = {"l2.polynomials", "mlp.overfits"})
final class ErmUsesAllPowersTest extends RuleTest<ChosenDegrees> {

    @Override
    protected ChosenDegrees evidence() {
        return ChosenDegrees.of(1);
    }

    @Override
    protected Finding asSaid(ChosenDegrees e) {
        return all(each("the least training error has the highest degree at each data set", e.fitted(),
                        degree -> degree == PolynomialData.HIGHEST),
                // Measured: 0.024, and 2e-10 of a coefficient between two ways to it.
                atLeast("none of its coefficients of x to x¹³ is zero: the least magnitude", 1e-3, e.leastCoefficient()),
                // sin 3x is odd and needs degree 3 or 5 at this noise.
                most("with a price on the degree it is 3 to 7 at nine data sets in ten", 0.9, e.weighed(), d -> d >= 3 && d <= 7),
                new PairedSeeds("logarithm (base 10) of the error against the truth", "fit and degree", e.errorOfWeighed(),
                        "fit alone", e.errorOfFitted()).lower());
    }

    @Override
    protected Optional<ChosenDegrees> first(int seeds, ChosenDegrees e) {
        return Optional.of(e.first(seeds));
    }

    @Override
    protected Map<String, ChosenDegrees> counterexamples(ChosenDegrees e) {
        ChosenDegrees free = ChosenDegrees.of(0);
        return Map.of("a price of 0", free, "choices exchanged", new ChosenDegrees(e.weighed(), e.fitted(), e.leastCoefficient(),
                        e.errorOfWeighed(), e.errorOfFitted()),
                "coefficients that vanish", new ChosenDegrees(e.fitted(), e.weighed(), 0, e.errorOfFitted(), e.errorOfWeighed()),
                "an exorbitant price", ChosenDegrees.of(1000),
                "no number", new ChosenDegrees(e.fitted(), e.weighed(), Double.NaN, e.errorOfFitted(), e.errorOfWeighed()));
    }

    @Override
    protected void describe(Document page, ChosenDegrees e) {
        PairedSeeds errors = new PairedSeeds("logarithm (base 10) of the error against the truth", "fit and degree",
                e.errorOfWeighed(), "fit alone", e.errorOfFitted());
        page.figure("degree %d against a median of %.0f", PolynomialData.HIGHEST, PolynomialData.median(e.weighed()))
                .table("degrees", List.of("degree", "chosen by fit alone", "by fit and degree"), e.counts())
                .table("errors", PairedSeeds.header(), errors.rows()).number("least", "%.1g", e.leastCoefficient());
    }
}
