package dev.regularisation.spec.rules.l1;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PenaltyGradient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

@Rule(id = "l1.gradient", section = Section.L1, strength = Strength.LAW,
        statement = "L1 adds λ Σ|θ| to the loss, whose gradient is λ sign(θ): a pull of one size, however small the parameter.",
        related = {"l2.gradient", "l1.collapses-in-finite-time", "setup.gradient-is-sensitivity"})
final class L1GradientTest extends RuleTest<L1Pull> {

    private static final double LAMBDA = 0.021;
    private static final double LAMBDA_OF_L2 = 0.085;

    @Override
    protected L1Pull evidence() {
        return L1Pull.of(new L1(LAMBDA), LAMBDA, DoubleStream.concat(DoubleStream.of(0, (float) 1e-30, (float) -1e30),
                Arrays.stream(Runs.initialParameters())).toArray());
    }

    @Override
    protected Finding asSaid(L1Pull e) {
        return all(exactly("at every parameter it adds λ sign(θ) in single precision, bit for bit, and 0 at 0", e.wrong() == 0,
                "%d of %d differ", e.wrong(), e.theta().length),
                atMost("that is the slope of the penalty, but for rounding, times", 1, e.worst()));
    }

    @Property(tries = 200)
    @Label("for any strength, at magnitudes from 1e-30 to 1e30 and at 0")
    void generated(@ForAll @DoubleRange(min = 0.001, max = 10) @Scale(4) double lambda, @ForAll long seed) {
        Random random = new Random(seed);
        double[] theta = random.doubles(8, -30, 30)
                .map(exponent -> (float) ((random.nextBoolean() ? 1 : -1) * StrictMath.pow(10, exponent))).toArray();
        theta[random.nextInt(theta.length)] = random.nextBoolean() ? 0.0 : -0.0;
        require(L1Pull.of(new L1(lambda), lambda, theta));
    }

    @Override
    protected Map<String, L1Pull> counterexamples(L1Pull e) {
        return Map.of("a pull in proportion", L1Pull.of(new L2(LAMBDA), LAMBDA, e.theta()),
                "a wrong sign", e.with(Arrays.stream(e.force()).map(force -> -force).toArray(), e.slopes()),
                "a push at zero", e.with(Arrays.stream(e.force()).map(force -> force == 0 ? (float) LAMBDA : force).toArray(),
                        e.slopes()),
                "a bias that is spared", e.with(IntStream.range(0, e.force().length)
                        .mapToDouble(i -> i == e.force().length - 1 ? 0 : e.force()[i]).toArray(), e.slopes()),
                "a value of half the size", e.with(e.force(), Arrays.stream(e.slopes()).map(slope -> slope / 2).toArray()));
    }

    @Override
    protected void describe(Document page, L1Pull e) {
        double[] theta = IntStream.rangeClosed(-200, 200).mapToDouble(i -> i / 400.0).toArray();
        double[] ofL1 = PenaltyGradient.added(new L1(LAMBDA), theta);
        double[] ofL2 = PenaltyGradient.added(new L2(LAMBDA_OF_L2), theta);
        page.figure("%.3f at every magnitude, 0 at 0", e.force()[1]).number("count", "%,d", e.theta().length)
                .table("forces", List.of("parameter", "L1", "L2"), DoubleStream.of(0.5, 0.01, 1e-6, 0, -1e-6, -0.5)
                        .mapToObj(t -> List.of(Double.toString(t),
                                Document.format("%.6f", PenaltyGradient.added(new L1(LAMBDA), t)[0]),
                                Document.format("%.9f", PenaltyGradient.added(new L2(LAMBDA_OF_L2), t)[0]))).toList())
                .picture("forces", L1Pull.picture(theta, ofL1, ofL2))
                .series("forces", Map.of("theta", theta, "l1", ofL1, "l2", ofL2));
    }
}
