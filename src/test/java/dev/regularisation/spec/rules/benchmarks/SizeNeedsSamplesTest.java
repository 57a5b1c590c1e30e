package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

@Rule(id = "class.size-needs-samples", section = Section.BENCHMARKS, strength = Strength.STOCHASTIC,
        statement = "A larger class needs more samples: the gap between training and validation loss grows with the class "
                + "and falls with samples.",
        related = {"linear.finds-least-squares", "mlp.contains-linear", "l2.polynomials", "compare.gap-shrinks"})
final class SizeNeedsSamplesTest extends RuleTest<ClassSizes> {

    /** Of Student's t, two-sided, at a level of 0.1 % for 18 means together. */
    private static double critical(ClassSizes e) {
        return new TDistribution(e.sets() - 1).inverseCumulativeProbability(1 - 0.001 / 18 / 2);
    }

    @Override
    protected ClassSizes evidence() {
        return ClassSizes.fitted(ClassSizes.VARIANCE);
    }

    /** The formula has the gap double or more where the class doubles, and fall by more than half where samples double. */
    @Override
    protected Finding asSaid(ClassSizes e) {
        return all(each("twice the class or more: the gap is 1.6 to 6 times as large", e.byClass(), g -> g >= 1.6 && g <= 6),
                each("twice the samples: the gap is 0.25 to 0.65 of what it was", e.bySamples(), g -> g >= 0.25 && g <= 0.65),
                each("mean training and validation losses are the theory's, in standard errors", e.deviations(),
                        z -> Math.abs(z) <= critical(e)));
    }

    @Override
    protected Optional<ClassSizes> first(int seeds, ClassSizes e) {
        return Optional.of(e.first(seeds));
    }

    @Override
    protected Map<String, ClassSizes> counterexamples(ClassSizes e) {
        return Map.of("labels without noise", ClassSizes.fitted(0),
                "noise of another strength", ClassSizes.fitted(1.2 * ClassSizes.VARIANCE),
                "validation on the training samples", new ClassSizes(e.train(), e.train()),
                "class and samples exchanged", e.exchanged(), "no number", e.times(Double.NaN));
    }

    @Override
    protected void describe(Document page, ClassSizes e) {
        page.figure("gap %.4f with 10 of 50 features and %.4f with 50, at 100 samples", e.gap(0, 0), e.gap(2, 0))
                .table("gaps", ClassSizes.header(), e.rows()).picture("gaps", e.picture())
                .number("sets", "%d", e.sets());
    }
}
