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
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.theory.PairedComparison;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

@Rule(id = "compare.l1-and-dropout-strongest", section = Section.COMPARISON, strength = Strength.STOCHASTIC,
        statement = "L1 and dropout are the most powerful of these regularisers.",
        qualified = "L1 is ahead of all others; dropout is ahead of the plain network and of weight decay, and draws "
                + "even with minibatches.",
        related = {"compare.gap-shrinks", "dropout.improves-validation", "figures.rounding-band"})
final class StrongestRegulariserTest extends BackendRuleTest<StrongestRegulariserTest.Evidence> {

    /** At the post's seed, losses of L1 and dropout over weaker ones'; over seeds, L1 and dropout against their rivals. */
    record Evidence(double[] overWeaker, List<PairedSeeds> l1, List<PairedSeeds> dropout, PairedSeeds dropoutAndMinibatches) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(Ranking.overWeaker(Losses.of(runs, 200)), Ranking.against(runs, PostExperiment.L1, Ranking.RIVALS),
                Ranking.against(runs, PostExperiment.DROPOUT, Ranking.RIVALS.subList(0, 2)),
                Validation.paired(runs.seeds(), PostExperiment.DROPOUT, PostExperiment.MINIBATCH));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(ahead(e), dropoutUsuallyAhead(e));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(ahead(e), Finding.not("dropout is not usually ahead of minibatches", dropoutUsuallyAhead(e)),
                e.dropoutAndMinibatches.even());
    }

    /** Six comparisons at 0.001 each. */
    private static Finding ahead(Evidence e) {
        return all(Stream.concat(Stream.of(each("at the post's seed both are ahead of the plain network, weight decay and L2",
                e.overWeaker, r -> r < 1)), Stream.concat(e.l1.stream(), e.dropout.stream()).map(PairedSeeds::lower))
                .toArray(Finding[]::new));
    }

    private static Finding dropoutUsuallyAhead(Evidence e) {
        return Majority.usually("dropout is usually ahead of minibatches", e.dropoutAndMinibatches.differences(), d -> d < 0);
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        PairedSeeds both = e.dropoutAndMinibatches;
        return Map.of("losses exchanged at the post's seed", new Evidence(DoubleStream.of(e.overWeaker).map(ratio -> 1 / ratio)
                        .toArray(), e.l1, e.dropout, both),
                "L1 exchanged with its rivals",
                new Evidence(e.overWeaker, e.l1.stream().map(PairedSeeds::exchanged).toList(), e.dropout, both),
                "dropout exchanged with its rivals",
                new Evidence(e.overWeaker, e.l1, e.dropout.stream().map(PairedSeeds::exchanged).toList(), both),
                "minibatches no better than the plain network",
                new Evidence(e.overWeaker, e.l1, e.dropout, both.against(e.dropout.get(0).others())),
                "no number", new Evidence(new double[] {Double.NaN}, e.l1, e.dropout, both));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Ranking ranking = Ranking.of(Runs.CPU.seeds());
        PairedComparison both = e.dropoutAndMinibatches.comparison();
        page.figure("mean rank of L1 %.1f, dropout %.1f, minibatches %.1f", ranking.mean(PostExperiment.L1),
                        ranking.mean(PostExperiment.DROPOUT), ranking.mean(PostExperiment.MINIBATCH))
                .number("wins", "%d of %d", both.lower(), both.count())
                .number("interval", "%.3f to %.3f", both.meanInterval().from(), both.meanInterval().to())
                .number("first", "%d of %d", ranking.first(PostExperiment.L1), both.count())
                .number("level", "%.2g", e.l1.get(0).level()).table("ranks", Ranking.header(), ranking.rows())
                .table("paired", Ranking.pairedHeader(), Ranking.paired(Stream.of(e.l1, e.dropout, List.of(e.dropoutAndMinibatches))
                        .flatMap(List::stream).toList()))
                .picture("differences", ranking.picture())
                .series("losses", Validation.series(Runs.CPU.seeds(), Methods.MLPS.toArray(PostExperiment[]::new)));
    }
}
