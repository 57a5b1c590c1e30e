package dev.regularisation.spec.rules.data;

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
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.theory.PairedComparison;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Rule(id = "data.plain-400-beats-all-200", section = Section.MORE_DATA, strength = Strength.CLAIM,
        statement = "The plain network with 400 samples beats every regularised network with 200.",
        related = {"data.best-regulariser", "compare.none-beats-linear"})
final class PlainWith400Test extends BackendRuleTest<PlainWith400Test.Evidence> {

    /** At the post's seed, its loss over each regularised network's with 200; over seeds, it against each. */
    record Evidence(double[] post, List<PairedSeeds> seeds) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        double plain = Validation.best(runs.of(PostExperiment.MLP, 400));
        return new Evidence(Methods.REGULARISED.stream().mapToDouble(method -> plain / Validation.best(runs.of(method))).toArray(),
                PlainWith400.againstRegularised(runs));
    }

    /** What to expect, not what every seed shows: the page says at how many it is otherwise. */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(Stream.concat(
                Stream.of(each("at the post's seed it is below every regularised network", e.post, r -> r < 1)),
                e.seeds.stream().map(PairedSeeds::lower)).toArray(Finding[]::new));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("the plain network with 200 samples", new Evidence(new double[] {1.2, 1.8, 2.5}, e.seeds),
                "samples exchanged over seeds", new Evidence(e.post, e.seeds.stream().map(PairedSeeds::exchanged).toList()),
                "L1 with 400 samples too", new Evidence(e.post, PlainWith400.withStrongerL1(Runs.CPU, e.seeds)),
                "no number", new Evidence(new double[] {Double.NaN}, e.seeds));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        PairedComparison l1 = PlainWith400.againstL1(e.seeds).comparison();
        page.figure("%.4f against %.4f at seed 42; over seeds lower than L1 at %d of %d",
                Validation.best(Runs.CPU.of(PostExperiment.MLP, 400)), Validation.best(Runs.CPU.of(PostExperiment.DROPOUT)),
                        l1.lower(), l1.count())
                .number("ours", "%.4f", Validation.best(Runs.CPU.of(PostExperiment.MLP, 400)))
                .number("lower", "%d of %d", l1.lower(), l1.count()).number("higher", "%d", l1.higher())
                .number("interval", "%.3f to %.3f", l1.meanInterval().from(), l1.meanInterval().to())
                .number("count", "%d", l1.count())
                .text("otherwise", PlainWith400.otherwise(e.seeds)).number("level", "%.2g", e.seeds.get(0).level())
                .table("losses", PlainWith400.header(), PlainWith400.rows()).picture("seeds", PlainWith400.picture())
                .series("plain", Map.of("best validation loss of the plain network with 400 samples", e.seeds.get(0).values()));
    }
}
