package dev.regularisation.spec.rules.l1;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.within;
import static dev.regularisation.spec.rules.l1.UselessParameter.left;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.theory.Decay;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

@Rule(id = "l1.collapses-in-finite-time", section = Section.L1, strength = Strength.LAW,
        statement = "A constant pull takes a useless parameter all the way to zero, where one in proportion only shrinks it.",
        qualified = "By gradient descent; Adam, which the post uses, takes a useless parameter to zero with either penalty.",
        related = {"l1.gradient", "l2.decays-in-proportion", "l1.trapped-below-use"})
final class L1CollapsesInFiniteTimeTest extends RuleTest<UselessParameter> {

    private static final double START = 0.5;
    private static final double RATE = 0.05;
    private static final double LAMBDA = 0.021;
    private static final int STEPS = 1500;

    @Override
    protected UselessParameter evidence() {
        return UselessParameter.of(START, RATE, LAMBDA, STEPS);
    }

    @Override
    protected Finding asSaid(UselessParameter e) {
        return all(byGradientDescent(e), atLeast("by Adam, L2 leaves it further from zero than the learning rate",
                UselessParameter.ADAM_RATE, left(e.adamL2())));
    }

    @Override
    protected Finding qualified(UselessParameter e) {
        return all(byGradientDescent(e), atMost("by Adam, L1 keeps it within two learning rates of zero in the last 500 steps",
                        2 * UselessParameter.ADAM_RATE, left(e.adamL1())),
                atMost("and L2 within one", UselessParameter.ADAM_RATE, left(e.adamL2())));
    }

    /**
     * In float32, k steps of |θ| ≤ |θ₀| lose at most k 2⁻²⁴|θ₀|, which is k² 2⁻²⁴ steps: less than one at the k ≤ 1,000 of
     * these cases.
     */
    private static Finding byGradientDescent(UselessParameter e) {
        return all(within("L1 takes it to within one step ηλ of zero, for good, after |θ|/(ηλ) steps, give or take one", -1.01,
                        1, e.arrived() - e.due()),
                atMost("at one speed, but for rounding, times", 1, e.worstStep()),
                atMost("L2 leaves the same share at every step, but for rounding, times", 1, e.worstShare()));
    }

    @Property(tries = 100)
    @Label("for any useless parameter, rate and strength")
    void generated(@ForAll @DoubleRange(min = 1e-5, max = 2) @Scale(5) double size, @ForAll boolean negative,
            @ForAll @DoubleRange(min = 0.1, max = 0.5) @Scale(4) double rate,
            @ForAll @DoubleRange(min = 0.02, max = 0.5) @Scale(4) double lambda) {
        require(UselessParameter.of(negative ? -size : size, rate, lambda, 0));
    }

    @Override
    protected Map<String, UselessParameter> counterexamples(UselessParameter e) {
        double[] outwards = new double[e.l1().length];
        Arrays.setAll(outwards, step -> START + step * e.decay().step());
        double[] stays = e.adamL2().clone();
        Arrays.fill(stays, START);
        double[] leaps = e.l2().clone();
        leaps[leaps.length - 1] = 0;
        return Map.of("L2 in the place of L1", e.with(e.l2(), e.l2()), "L1 in the place of L2", e.with(e.l1(), e.l1()),
                "a pull outwards", e.with(outwards, e.l2()),
                "a pull of twice the size", new UselessParameter(new Decay(RATE, 2 * LAMBDA), e.l1(), e.l2(), e.adamL1(),
                        e.adamL2()),
                "L2 with a last leap to zero", e.with(e.l1(), leaps), "an Adam that L2 does not move",
                e.withAdam(e.adamL1(), stays), "an Adam that L1 does not move", e.withAdam(stays, e.adamL2()),
                "no number", e.withAdam(e.adamL1(), new double[] {Double.NaN}));
    }

    @Override
    protected void describe(Document page, UselessParameter e) {
        page.figure("%d steps for L1; L2 then still at %.2f, but under Adam at %.0e after 500", e.arrived(),
                        e.l2()[e.arrived()], Math.abs(e.adamL2()[500]))
                .table("path", List.of("step", "L1", "L2", "L1, Adam", "L2, Adam"), e.rows()).picture("paths", e.picture())
                .number("steps", "%d", UselessParameter.firstWithin(UselessParameter.ADAM_RATE, e.adamL1()))
                .number("rattles", "%.4f", left(e.adamL1())).number("after50", "%.3f", Math.abs(e.adamL2()[50]))
                .number("after500", "%.0e", Math.abs(e.adamL2()[500])).series("paths", e.series());
    }
}
