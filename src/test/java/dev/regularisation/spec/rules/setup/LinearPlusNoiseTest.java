package dev.regularisation.spec.rules.setup;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.setup.DrawnData.Laws;
import dev.regularisation.support.PostRuns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "setup.linear-plus-noise", section = Section.SETUP, strength = Strength.LAW,
        statement = "The data are drawn at random: a linear function of 50 dimensions plus Gaussian noise of standard "
                + "deviation 0.2, 200 training and 10,000 validation samples.",
        related = {"setup.seed-reproduces", "linear.floor-is-noise"})
final class LinearPlusNoiseTest extends RuleTest<DrawnData> {

    /** Of a test of a law, on either side; one fixed seed, so that it passes always or never. */
    private static final double LEVEL = 1e-3;

    @Override
    protected DrawnData evidence() {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        return DrawnData.of(List.of(50, 200, 10_000), data).with(Laws.of(data));
    }

    @Override
    protected Finding asSaid(DrawnData e) {
        Finding linear = all(exactly("dimensions, training and validation samples are as many as said",
                e.sizes().equals(e.wanted()), e.sizes().toString()),
                atMost("label minus true model is the noise drawn, in parts of the one rounding of a label", 1, e.residual()));
        return e.laws().map(laws -> all(linear, atMost("arrays without the bits of the reference run", 0, laws.unlike()),
                law("noise against N(0, 0.2²)", laws.noise()), law("inputs against N(0, 1)", laws.inputs()),
                law("weights against N(0, 9/50)", laws.weights()))).orElse(linear);
    }

    /** A p value near 1 refutes too: samples do not follow a law more closely than chance does. */
    private static Finding law(String what, double p) {
        return within("Kolmogorov and Smirnov's p of the " + what, LEVEL, 1 - LEVEL, p);
    }

    @Property(tries = 60)
    @Label("of any size, noise and seed: a linear function plus the noise drawn")
    void generated(@ForAll @IntRange(min = 1, max = 60) int dimensions, @ForAll @IntRange(min = 1, max = 80) int train,
            @ForAll @DoubleRange(min = 0, max = 5) double noise, @ForAll long seed) {
        require(DrawnData.of(List.of(dimensions, train, 20), new LinearProblem(dimensions, train, 20, noise).draw(seed)));
    }

    @Override
    protected Map<String, DrawnData> counterexamples(DrawnData e) {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        LinearData other = LinearProblem.POST.draw(PostRuns.SEED + 1);
        Laws laws = e.laws().orElseThrow();
        return Map.of("another seed", DrawnData.of(e.wanted(), other).with(Laws.of(other)),
                "labels without noise", DrawnData.of(e.wanted(), DrawnData.withoutNoise(data)).with(laws),
                "one sample more", DrawnData.of(e.wanted(), LinearProblem.POST.withTrainSize(201).draw(PostRuns.SEED)).with(laws),
                "noise, inputs and weights of other strengths", e.with(Laws.of(data, 1.1, 1.1, 3)),
                "noise without chance", e.with(new Laws(0, 1, laws.inputs(), laws.weights())),
                "no number", new DrawnData(e.wanted(), e.sizes(), Double.NaN, Optional.of(laws)));
    }

    @Override
    protected void describe(Document page, DrawnData e) {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        Laws laws = e.laws().orElseThrow();
        page.figure("%.0f of %d arrays have other bits than the reference run; σ = %.4f", laws.unlike(),
                        DrawnData.rows(data).size(), DrawnData.deviation(data))
                .table("arrays", DrawnData.header(), DrawnData.rows(data)).picture("noise", DrawnData.picture(data))
                .number("mean", "%.4f", DrawnData.mean(data)).number("deviation", "%.4f", DrawnData.deviation(data))
                .number("noise", "%.2f", laws.noise()).number("inputs", "%.2f", laws.inputs())
                .number("weights", "%.2f", laws.weights())
                .number("otherwise", "%,d of %,d", DrawnData.roundedOtherwise(data), data.validation().size())
                .number("apart", "%.1g", DrawnData.largestDifference(data));
    }
}
