package dev.regularisation.spec.rules.setup;

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

@Rule(id = "setup.validation-size-leaves-training", section = Section.SETUP, strength = Strength.CLAIM,
        statement = "The number of validation samples does not touch training.",
        qualified = "It does not, but for dropout, which draws masks for the validation pass before training: there, another "
                + "number gives another run.",
        related = {"setup.validation-without-fluctuation", "setup.seed-reproduces", "loop.semantics"})
final class ValidationSizeLeavesTrainingTest extends RuleTest<SizedTrainings> {

    @Override
    protected SizedTrainings evidence() {
        return SizedTrainings.of(SizedTrainings::digest);
    }

    @Override
    protected Finding asSaid(SizedTrainings e) {
        return all(atMost("methods without dropout whose training depends on the size", 0, e.others()),
                within("different trainings with dropout at three sizes: one", 1, 1, e.dropout()));
    }

    @Override
    protected Finding qualified(SizedTrainings e) {
        return all(atMost("methods without dropout whose training depends on the size", 0, e.others()),
                within("different trainings with dropout at three sizes: three", 3, 3, e.dropout()),
                within("different first passes with dropout, before any mask of validation: one", 1, 1, e.firstPass()));
    }

    @Override
    protected Map<String, SizedTrainings> counterexamples(SizedTrainings e) {
        return Map.of("validation that draws no masks", SizedTrainings.of(SizedTrainings::withoutMasks),
                "a seed that depends on the size", SizedTrainings.of(SizedTrainings::seededBySize),
                "two of three sizes alike", SizedTrainings.of((method, size, epochs) ->
                        SizedTrainings.digest(method, Math.max(size, 1000), epochs)),
                "no number", new SizedTrainings(e.others(), Double.NaN, e.firstPass()));
    }

    @Override
    protected void describe(Document page, SizedTrainings e) {
        page.figure("%.0f of 6 methods without dropout depend on it; dropout takes %.0f paths at three sizes", e.others(),
                e.dropout())
                .table("digests", SizedTrainings.header(), SizedTrainings.rows());
    }
}
