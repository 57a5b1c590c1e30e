package dev.regularisation.spec.rules.comparison;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.study.Audit;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "compare.none-beats-linear", section = Section.COMPARISON, strength = Strength.CLAIM,
        statement = "No network, regularised or not, reaches the validation loss of the linear model.",
        related = {"compare.gap-shrinks", "mlp.contains-linear", "data.l1-400-nearly-optimal"})
final class NoneBeatsLinearTest extends BackendRuleTest<NoneBeatsLinearTest.Evidence> {

    private static final double REACHED = 1;

    /** Best validation losses of networks over the linear model's: at the post's seed and at others, at two sizes. */
    record Evidence(double[] at200, double[] at400, double[] seeds200, double[] seeds400) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(Losses.of(runs, 200).validationOverLinear(Methods.MLPS),
                Losses.of(runs, 400).validationOverLinear(Methods.MLPS), AboveLinear.ratios(runs.seeds(), Methods.MLPS),
                AboveLinear.ratios(runs.seeds(400), Methods.MLPS));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("with 200 samples, seed 42, every network is above the linear model", e.at200, r -> r > REACHED),
                each("with 400 samples too", e.at400, r -> r > REACHED),
                each("with 200 samples every network is above it at every other seed", e.seeds200, r -> r > REACHED),
                each("with 400 samples every network is above it at every other seed", e.seeds400, r -> r > REACHED));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] one = {11, 0.99, 9};
        return Map.of("a network that equals the linear model",
                new Evidence(new double[] {REACHED}, e.at400, e.seeds200, e.seeds400),
                "with twice the samples one is better", new Evidence(e.at200, one, e.seeds200, e.seeds400),
                "one is better at some seed", new Evidence(e.at200, e.at400, one, e.seeds400),
                "one is better at some seed with twice the samples", new Evidence(e.at200, e.at400, e.seeds200, one),
                "no number", new Evidence(new double[] {Double.NaN}, e.at400, e.seeds200, e.seeds400));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        int seeds = Runs.CPU.seeds(400).seeds().size();
        page.figure("closest over %d seeds: %.2f times the linear model's loss with 200 samples, %.2f with 400", seeds,
                        StatUtils.min(e.seeds200), StatUtils.min(e.seeds400))
                .number("pairs", "%d", e.seeds200.length).number("closest", "%.2f", StatUtils.min(e.seeds200))
                .number("closest400", "%.2f", StatUtils.min(e.at400)).number("seeds400", "%.2f", StatUtils.min(e.seeds400))
                .number("seeds", "%d", seeds).number("missed", "%.2g", 100 * Audit.missedShare(0.01, seeds))
                .table("losses", AboveLinear.header(), AboveLinear.rows()).picture("seeds", AboveLinear.picture())
                .series("losses", Validation.series(Runs.CPU.seeds(), PostExperiment.values()));
    }
}
