package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "dropout.keeps-expectation", section = Section.DROPOUT, strength = Strength.LAW,
        statement = "Kept activations are divided by 1 − p, so that dropout leaves the mean of an activation what it is "
                + "without.",
        related = {"dropout.zeroes-at-random", "dropout.subnetworks"})
final class DropoutKeepsExpectationTest extends RuleTest<DropoutKeepsExpectationTest.Evidence> {

    private static final double ROUNDING = 1e-12;
    /** 5,000 independent Gaussian values exceed it with probability 1e-5. Measured at the seed used: 3.7. */
    private static final double FAR = 6;

    /**
     * The largest deviation of means over sampled masks, in standard errors; that over all masks of a small network; that of
     * the factor times 1 − p from 1, in unit roundoffs; and how many predictions evaluation mode changes.
     */
    record Evidence(double sampled, double exact, double factor, long changed) {
    }

    @Override
    protected Evidence evidence() {
        TrainingResult run = run();
        return new Evidence(MeanActivations.sampled(run).largestDeviation(run.plan().dropout()),
                MeanActivations.exact(EveryMask.initial(PostRuns.SEED, 6, run.plan().dropout())).largest(),
                        factor(run.plan().dropout()),
                MeanActivations.differingPredictions(run, DropoutMasks.evaluation()));
    }

    private static TrainingResult run() {
        return Runs.CPU.of(PostExperiment.DROPOUT);
    }

    private static double factor(double p) {
        return Stream.of(Precision.values()).mapToDouble(precision ->
                Math.abs(new Dropout(p).scale(precision) * (1 - p) - 1) / precision.unitRoundoff()).max().orElseThrow();
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(atMost("over sampled masks every activation of the trained network keeps its mean, in standard errors", FAR,
                e.sampled),
                atMost("over all masks of a small network exactly, but for rounding", ROUNDING, e.exact),
                // 1 − p is rounded and the quotient is: half a unit in the last place each.
                atMost("the factor of a kept activation times the chance to keep it is 1, in unit roundoffs", 2, e.factor),
                exactly("evaluation mode changes no prediction of the run", e.changed == 0, "%,d", e.changed));
    }

    @Property(tries = 25)
    @Label("over all masks the mean of every first-layer activation is its value without dropout")
    void exactOverAllMasks(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int units,
            @ForAll @DoubleRange(min = 0.05, max = 0.95) double p) {
        require(new Evidence(0, MeanActivations.exact(EveryMask.initial(seed, units, p)).largest(), factor(p), 0));
    }

    @Property(tries = 200)
    @Label("the factor of a kept activation times the probability of keeping it is 1, to rounding")
    void factorOfAny(@ForAll @DoubleRange(min = 0, max = 0.99) double p) {
        require(new Evidence(0, 0, factor(p), 0));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Dropout dropout = new Dropout(run().plan().dropout());
        DropoutMasks leftOn = DropoutMasks.draw(dropout, new Mlp(new CpuBackend(), run().plan().layers()),
                run().data().validation().size(), new TorchGenerator(PostRuns.SEED));
        double without = 1 - dropout.probability();
        return Map.of("kept activations without their factor", new Evidence(
                        MeanActivations.unscaled(run()).largestDeviation(dropout.probability()), e.exact, e.factor, e.changed),
                "a mean that is short by p", new Evidence(e.sampled, 1 - without, e.factor, e.changed),
                "a factor of 1", new Evidence(e.sampled, e.exact, (1 - without) / Precision.FLOAT32.unitRoundoff(), e.changed),
                "dropout left on in evaluation", new Evidence(e.sampled, e.exact, e.factor,
                        MeanActivations.differingPredictions(run(), leftOn)),
                "no number", new Evidence(Double.NaN, e.exact, e.factor, e.changed));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Map<String, double[]> activations = MeanActivations.sampled(run()).series();
        page.figure("largest of 5,000 deviations: %.1f standard errors", e.sampled)
                .number("masks", "%d", MeanActivations.MASKS).number("largest", "%.1f", e.sampled)
                        .number("exact", "%.0e", e.exact)
                .picture("means", MeanActivations.picture(activations)).series("activations", activations);
    }
}
