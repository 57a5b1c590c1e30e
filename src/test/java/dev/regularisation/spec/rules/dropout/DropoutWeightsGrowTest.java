package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Norms;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@Rule(id = "dropout.weights-grow", section = Section.DROPOUT, strength = Strength.CLAIM,
        statement = "With dropout the parameters grow again, which a small weight decay remedies.",
        qualified = "They grow; a decay of 1e-4 leaves less than half of the growth but does not end it, and 1e-3 does.",
        related = {"minibatch.weights-grow", "minibatch.small-decay-stops-growth", "l2.norms-fall"})
final class DropoutWeightsGrowTest extends BackendRuleTest<DropoutWeightsGrowTest.Evidence> {

    private static final double SMALL = 1e-4;
    private static final double ENOUGH = 1e-3;
    private static final double[] DECAYS = {0, SMALL, ENOUGH};
    private static final int EPOCHS = 3000;

    /**
     * Factors by which Σθ² rises: in the second quarter and the second half of a run at the post's seed, at others, and of
     * longer ones without a decay; in the second half of longer runs with either; the growth that is left with the smaller one;
     * and of the plain network.
     */
    record Evidence(double[] grown, double[] small, double[] enough, double[] left, double[] plain) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        Ensemble<Double> longer = longer();
        double[] without = late(longer, 0);
        double[] small = late(longer, SMALL);
        double remedied = Norms.lateGrowth(runs.train(PostExperiment.DROPOUT.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE)
                .toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, 100, 0.2)).weightDecay(ENOUGH).build()).history());
        Stream<Ensemble.Member> others = Stream.concat(runs.trained().of(PostExperiment.DROPOUT).stream(), longer.of(0.0).stream());
        return new Evidence(Stream.concat(Stream.of(runs.of(PostExperiment.DROPOUT).history()),
                others.map(Ensemble.Member::history)).flatMapToDouble(DropoutWeightsGrowTest::growth).toArray(), small,
                DoubleStream.concat(DoubleStream.of(late(longer, ENOUGH)), DoubleStream.of(remedied)).toArray(),
                IntStream.range(0, small.length).mapToDouble(i -> (small[i] - 1) / (without[i] - 1)).toArray(),
                growth(runs.of(PostExperiment.MLP).history()).toArray());
    }

    private static DoubleStream growth(History history) {
        int n = history.epochs();
        return DoubleStream.of(history.squaredL2Norm(n / 2) / history.squaredL2Norm(n / 4), Norms.lateGrowth(history));
    }

    private static Ensemble<Double> longer() {
        return Norms.longRuns(PostExperiment.DROPOUT, EPOCHS, DECAYS);
    }

    private static double[] late(Ensemble<Double> runs, double decay) {
        return runs.of(decay).stream().mapToDouble(run -> Norms.lateGrowth(run.history())).toArray();
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(grows(e), each("a decay of 1e-4 holds them within a tenth in the second half", e.small,
                f -> f <= Norms.STEADY));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(grows(e), each("a decay of 1e-4 does not hold them within a tenth in the second half", e.small,
                f -> f > Norms.STEADY),
                // Measured: 0.36 and 0.40.
                each("it leaves at most half of the growth without", e.left, share -> share >= 0 && share <= 0.5),
                each("a decay of 1e-3 holds them within a tenth, at the post's seed too", e.enough, f -> f <= Norms.STEADY));
    }

    /** Over 20 seeds the factor over the second half was 1.49 to 2.03. */
    private static Finding grows(Evidence e) {
        return all(each("they grow by a fifth in the second quarter and in the second half, at every seed and in longer runs",
                e.grown, f -> f >= Norms.GROWING),
                each("the plain network's, which have no decay either, do not", e.plain, f -> f <= Norms.STEADY));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("the plain network in its place", new Evidence(e.plain, e.small, e.enough, e.left, e.plain),
                "growth that is not dropout's", new Evidence(e.grown, e.small, e.enough, e.left, e.grown),
                "1e-4 that ends the growth", new Evidence(e.grown, e.enough, e.enough, new double[] {0.05, 0.1}, e.plain),
                "1e-4 that does nothing", new Evidence(e.grown, e.small, e.enough, new double[] {1, 1}, e.plain),
                "1e-3 that does nothing", new Evidence(e.grown, e.small, e.grown, e.left, e.plain),
                "no number", new Evidence(new double[] {Double.NaN}, e.small, e.enough, e.left, e.plain));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Map<String, double[]> norms = new LinkedHashMap<>();
        DoubleStream.of(DECAYS).forEach(decay -> norms.put("decay " + decay,
                Norms.squared(longer().of(decay).get(0).history())));
        page.figure("second half: Σθ² times %.2f without decay, %.2f with 1e-4, %.2f with 1e-3", late(longer(), 0)[0],
                e.small[0], e.enough[0])
                .number("seeds", "%d", Runs.CPU.seeds().seeds().size())
                .table("norms", Norms.decayHeader(), Norms.decayRows(longer(), DECAYS))
                .picture("norms", Norms.decayPicture("Dropout: the parameters with and without decay", longer(), DECAYS))
                .series("norms", norms);
    }
}
