package dev.regularisation.spec.rules.l1;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

@Rule(id = "l1.soft-threshold", section = Section.L1, strength = Strength.LAW,
        statement = "A parameter survives L1 only if it is worth a minimal benefit.",
        related = {"l1.trapped-below-use", "l1.sparsifies", "l2.eigen-shrinkage"})
final class L1SoftThresholdTest extends RuleTest<SoftThreshold> {

    private static final double LAMBDA = 1;
    private static final double CURVATURE = 2;

    @Override
    protected SoftThreshold evidence() {
        double[] w = IntStream.rangeClosed(-30, 30).mapToDouble(i -> i / 20.0 + 0.0125).toArray();
        double[] h = w.clone();
        Arrays.fill(h, CURVATURE);
        return SoftThreshold.of(h, w, LAMBDA, 0.01, 2000);
    }

    /**
     * A residual of 1e-12 of the optimality conditions is an error of at most 1e-12/h, with h of at least 0.1. 1e-5 more than
     * two steps is for float32's rounding of numbers up to 3 over the steps that an error lasts.
     */
    @Override
    protected Finding asSaid(SoftThreshold e) {
        return all(atMost("in closed form it ends at sign(w) max(|w| − λ/h, 0), but for rounding, times", 1,
                e.distance(e.closed()) / 1e-15),
                atMost("and by proximal gradient descent, but for its tolerance, times", 1, e.distance(e.proximal()) / 1e-10),
                exactly("which takes what is worth less than λ/h to exactly zero, and nothing else", e.wrongZeros() == 0,
                        "%d wrong", e.wrongZeros()),
                atMost("at a price in loss of λ²/(2h) for each that survives and ½hw² for the others, but for rounding, times",
                        1, Math.abs(e.price() - e.priceByTheory()) / (1e-9 * (1 + e.priceByTheory()))),
                atMost("and by gradient descent, as the post trains, to within two steps ηλ, times", 1,
                        e.distance(e.trained()) / (e.stride() + 1e-5)));
    }

    @Property(tries = 200)
    @Label("for any curvatures, minimisers and strength")
    void generated(@ForAll @IntRange(min = 1, max = 12) int dimensions,
            @ForAll @DoubleRange(min = 0.01, max = 3) @Scale(4) double lambda, @ForAll long seed) {
        Random random = new Random(seed);
        double[] h = random.doubles(dimensions, 0.1, 5).toArray();
        require(SoftThreshold.of(h, random.doubles(dimensions, -3, 3).toArray(), lambda, 0.1, 2000));
    }

    @Override
    protected Map<String, SoftThreshold> counterexamples(SoftThreshold e) {
        double[] hard = IntStream.range(0, e.w().length)
                .mapToDouble(i -> Math.abs(e.w()[i]) > LAMBDA / CURVATURE ? e.w()[i] : 0).toArray();
        double[] nearZero = Arrays.stream(e.proximal()).map(theta -> theta == 0 ? 1e-12 : theta).toArray();
        double[] none = new double[e.w().length];
        Arrays.fill(none, Double.NaN);
        return Map.of("what L2 leaves", e.with(e.ridge(), e.ridge(), e.ridge()), "a threshold that ignores curvature",
                e.withStrength(LAMBDA * CURVATURE), "a hard threshold", e.with(hard, hard, hard),
                "near zeros", e.with(nearZero, e.closed(), e.trained()),
                "zeros alone", e.with(new double[none.length], e.closed(), e.trained()),
                "training without the penalty", e.with(e.proximal(), e.closed(), e.w()), "no number", e.with(none, none, none));
    }

    @Override
    protected void describe(Document page, SoftThreshold e) {
        page.figure("%d of %d parameters exactly 0, threshold %.1f", SoftThreshold.zeros(e.proximal()), e.w().length,
                        LAMBDA / CURVATURE)
                .number("zeros", "%d", SoftThreshold.zeros(e.proximal())).number("trained", "%d",
                        SoftThreshold.zeros(e.trained()))
                .number("price", "%.2f", e.price()).number("stride", "%.2f", e.stride()).picture("parameters", e.picture())
                .series("parameters", Map.of("w", e.w(), "proximal", e.proximal(), "gradient_descent", e.trained(), "l2",
                        e.ridge()));
    }
}
