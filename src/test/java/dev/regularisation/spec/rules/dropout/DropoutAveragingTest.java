package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

@Rule(id = "dropout.averaging", section = Section.DROPOUT, strength = Strength.LAW,
        statement = "The mean of models whose errors are not correlated is an unbiased estimate; correlation limits what it "
                + "gains.",
        qualified = "Averaging takes away variance, as far as correlation allows, and no bias that the models share.",
        related = {"dropout.subnetworks", "dropout.improves-validation", "linear.unbiased"})
final class DropoutAveragingTest extends RuleTest<DropoutAveragingTest.Evidence> {

    /** Sums of 16,000 squares in float64; measured: 1e-15. */
    private static final double ROUNDING = 1e-10;
    private static final double BIAS = 0.5;

    /**
     * What the identities leave, relative; the loss of the mean of networks over their mean loss; its variance over what
     * uncorrelated errors would leave; and of models with uncorrelated errors and a bias, the bias of their mean over it.
     */
    record Evidence(double decomposition, double variance, double helps, double limited, double biasLeft) {

        static Evidence of(Members members, double[] averaged, double biasLeft) {
            double mean = members.decomposition().meanError();
            double left = members.loss(averaged) - (mean - members.decomposition().meanAmbiguity());
            boolean constant = Arrays.stream(members.errors()).allMatch(e -> Arrays.stream(e).distinct().count() == 1);
            return new Evidence(Math.abs(left) / (1 + mean), constant ? 0
                    : Math.abs(members.spreadOfMean() - members.variance().ofMean())
                    / (1 + members.variance().variance()), members.loss(averaged) / mean,
                    constant ? Double.NaN : members.spreadOfMean() * members.predictions().length / members.variance()
                            .variance(), biasLeft);
        }
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(Members.trained(), Members.trained().meanPrediction(), Members.uncorrelated(BIAS).bias() / BIAS);
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(laws(e), atMost("of a bias that models with uncorrelated errors share, their mean keeps nothing, in "
                + "parts of it",
                ROUNDING, Math.abs(e.biasLeft)));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(laws(e), atMost("of a bias that models with uncorrelated errors share, their mean keeps all, but for "
                + "rounding",
                ROUNDING, Math.abs(e.biasLeft - 1)));
    }

    private static Finding laws(Evidence e) {
        return all(atMost("the mean's error is the mean error less the disagreement, but for rounding", ROUNDING,
                e.decomposition),
                atMost("its variance is ρσ² + (1 − ρ)σ²/k, but for rounding", ROUNDING, e.variance),
                // Measured: 0.73, and 12 times.
                atMost("the mean of the post's networks has at most 0.9 of their mean loss", 0.9, e.helps),
                atLeast("correlation leaves its error at least twice the variance of uncorrelated ones", 2, e.limited));
    }

    @Property(tries = 100)
    @Label("error of the mean = mean error less disagreement; its variance = ρσ² + (1 − ρ)σ²/k")
    void exactForAnyModels(@ForAll @Size(value = 12) List<@DoubleRange(min = -10, max = 10) Double> values) {
        Members members = new Members(IntStream.range(0, 4).mapToObj(k -> IntStream.range(0, 3)
                .mapToDouble(s -> values.get(3 * k + s)).toArray()).toArray(double[][]::new), new double[] {1, -2, 0.5});
        Evidence laws = Evidence.of(members, members.meanPrediction(), 1);
        require(new Evidence(laws.decomposition, laws.variance, 0.7, 9, 1));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Members members = Members.trained();
        double[][] copies = new double[Members.NETWORKS][];
        Arrays.fill(copies, members.predictions()[0]);
        Members same = new Members(copies, members.targets());
        Members independent = Members.uncorrelated(0);
        Evidence apart = Evidence.of(independent, independent.meanPrediction(), e.biasLeft);
        return Map.of("a median for the mean", Evidence.of(members, members.medianPrediction(), e.biasLeft),
                "copies of one network", Evidence.of(same, same.meanPrediction(), e.biasLeft),
                "uncorrelated errors", new Evidence(apart.decomposition, apart.variance, e.helps, apart.limited, e.biasLeft),
                "a formula without its correlation", new Evidence(e.decomposition, members.distanceFromUncorrelated(), e.helps,
                        e.limited, e.biasLeft),
                "averaging that takes a bias away", new Evidence(e.decomposition, e.variance, e.helps, e.limited, 0),
                "no number", new Evidence(Double.NaN, e.variance, e.helps, e.limited, e.biasLeft));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Members members = Members.trained();
        Map<String, double[]> curves = members.curves();
        page.figure("%.4f for the mean of %d, %.4f for one on average; ρ = %.2f", members.decomposition().ensembleError(),
                        Members.NETWORKS, members.decomposition().meanError(), members.variance().correlation())
                .table("losses", List.of("what", "value"), members.rows())
                .number("bias", "%.1f", BIAS).number("left", "%.1f", e.biasLeft * BIAS)
                .picture("sizes", members.picture(curves)).series("losses", curves);
    }
}
