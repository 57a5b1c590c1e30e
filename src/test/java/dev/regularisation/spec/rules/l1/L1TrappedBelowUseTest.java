package dev.regularisation.spec.rules.l1;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

@Rule(id = "l1.trapped-below-use", section = Section.L1, strength = Strength.LAW,
        statement = "L1 can hold back a parameter that is useful only beyond some size, and it ends at zero.",
        related = {"l1.soft-threshold", "l1.collapses-in-finite-time", "l1.collapses-late"})
final class L1TrappedBelowUseTest extends RuleTest<L1TrappedBelowUseTest.Evidence> {

    private static final double LAMBDA = 0.1;

    /** Paths with L1 from below the threshold and from beyond it, and without L1 from below. */
    record Evidence(TwoFactors loss, double[] below, double[] beyond, double[] free) {

        static Evidence of(double lambda, double share) {
            TwoFactors loss = new TwoFactors(lambda);
            double a = loss.threshold();
            return new Evidence(loss, TwoFactors.path(lambda, share * a),
                    TwoFactors.path(lambda, loss.useful() - share * (loss.useful() - a)), TwoFactors.path(0, share * a));
        }

        Evidence with(double[] otherBelow, double[] otherBeyond, double[] otherFree) {
            return new Evidence(loss, otherBelow, otherBeyond, otherFree);
        }
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(LAMBDA, 0.9);
    }

    /** 1e-4 is for float32 and the last steps of the descent. */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(atMost("from below the threshold L1 takes it to within two steps ηλ of zero",
                2 * TwoFactors.RATE * e.loss.lambda(),
                        TwoFactors.end(e.below)),
                atMost("without L1 it grows from there to full use at 1, but for", 1e-4, Math.abs(TwoFactors.end(e.free) - 1)),
                atMost("with L1 it does from beyond the threshold, to where the pulls balance, but for", 1e-4,
                        Math.abs(TwoFactors.end(e.beyond) - e.loss.useful())),
                atLeast("which would pay: loss and penalty are lower there than at zero, by more than", 1e-3,
                        e.loss.objective(0) - e.loss.objective(e.loss.useful())));
    }

    @Property(tries = 100)
    @Label("for any strength that leaves a use, from any size below and beyond the threshold")
    void generated(@ForAll @DoubleRange(min = 0.02, max = 0.25) @Scale(4) double lambda,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) @Scale(3) double share) {
        require(Evidence.of(lambda, share));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("a strength of 0", e.with(e.free, e.beyond, e.free), "L1 left on", e.with(e.below, e.beyond, e.below),
                "held back from everywhere", e.with(e.below, e.below, e.free),
                "a price above the benefit", new Evidence(new TwoFactors(0.38), e.below, TwoFactors.path(0.38, 0.7), e.free),
                "no number", e.with(new double[] {Double.NaN}, e.beyond, e.free));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("with L1 of %.1f, from %.3f to 0, from %.3f to %.3f", LAMBDA, e.below[0], e.beyond[0],
                TwoFactors.end(e.beyond))
                .number("threshold", "%.4f", e.loss.threshold()).number("useful", "%.4f", e.loss.useful())
                .number("zero", "%.3f", e.loss.objective(0)).number("there", "%.3f", e.loss.objective(e.loss.useful()))
                .picture("paths", e.loss.picture(e.below, e.beyond, e.free))
                .series("paths", Map.of("below", e.below, "beyond", e.beyond, "free", e.free));
    }
}
