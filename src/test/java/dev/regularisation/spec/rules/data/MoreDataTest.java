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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Rule(id = "data.best-regulariser", section = Section.MORE_DATA, strength = Strength.STOCHASTIC,
        statement = "More data are the best regulariser: all networks do much better with twice the samples, and no "
                + "regulariser gives as much.",
        related = {"data.plain-400-beats-all-200", "data.l1-400-nearly-optimal", "compare.l1-and-dropout-strongest"})
final class MoreDataTest extends BackendRuleTest<MoreDataTest.Evidence> {

    /** Much better: half the loss. Measured at the post's seed: 0.16 to 0.40 of it. */
    private static final double MUCH = 0.5;

    /**
     * Losses at the post's seed, of networks with 400 samples over those with 200, and of regularised ones with 400 over the plain
     * one with as many; the same over seeds; the factor of every doubling; and the plain network with 400 samples against each
     * regularised one with 200.
     */
    record Evidence(double[] doubled, double[] regularised, List<Factor> twice, List<PairedSeeds> still, List<Factor> doublings,
            List<PairedSeeds> plain) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        Map<PostExperiment, Double> at200 = Methods.validation(runs.backend(), 200);
        Map<PostExperiment, Double> at400 = Methods.validation(runs.backend(), 400);
        return new Evidence(Methods.MLPS.stream().mapToDouble(method -> at400.get(method) / at200.get(method)).toArray(),
                Methods.REGULARISED.stream().mapToDouble(method -> at400.get(method) / at400.get(PostExperiment.MLP)).toArray(),
                Factor.ofTwice(runs), PlainWith400.regularised(runs),
                LearningCurves.of(runs).doublings(), PlainWith400.againstRegularised(runs));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(Stream.of(Stream.of(
                each("at the post's seed twice the samples at least halve the loss of every network", e.doubled, r -> r <= MUCH),
                each("every regulariser still helps there with 400", e.regularised, r -> r < 1),
                Factor.atMost("over seeds they at least halve it in the mean", MUCH, e.twice),
                Factor.atMost("every doubling from 100 to 1,600 lowers the mean loss of every network", 1, e.doublings)),
                Stream.concat(e.still.stream(), e.plain.stream()).map(PairedSeeds::lower)).flatMap(finding -> finding)
                .toArray(Finding[]::new));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] level = {0.4, 1, 0.5};
        List<Factor> flat = List.of(new Factor(1.1, 1.05, 1.15));
        return Map.of("twice the samples without effect",
                new Evidence(level, e.regularised, e.twice, e.still, e.doublings, e.plain),
                "a regulariser that many samples make useless",
                new Evidence(e.doubled, level, e.twice, e.still, e.doublings, e.plain),
                "the same over seeds", new Evidence(e.doubled, e.regularised, e.twice,
                        e.still.stream().map(PairedSeeds::exchanged).toList(), e.doublings, e.plain),
                "twice the samples without effect over seeds",
                new Evidence(e.doubled, e.regularised, flat, e.still, e.doublings, e.plain),
                "a curve that stays level", new Evidence(e.doubled, e.regularised, e.twice, e.still, flat, e.plain),
                "samples exchanged over seeds", new Evidence(e.doubled, e.regularised, e.twice, e.still, e.doublings,
                        e.plain.stream().map(PairedSeeds::exchanged).toList()),
                "L1 ahead of twice the samples", new Evidence(e.doubled, e.regularised, e.twice, e.still, e.doublings,
                        PlainWith400.withStrongerL1(Runs.CPU, e.plain)),
                "no number", new Evidence(new double[] {Double.NaN}, e.regularised, e.twice, e.still, e.doublings, e.plain));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        LearningCurves curves = LearningCurves.of(Runs.CPU);
        page.figure("plain network: %.2f with 100 samples, %.3f with 1,600", curves.mean(PostExperiment.MLP, 100),
                        curves.mean(PostExperiment.MLP, 1600))
                .table("curves", LearningCurves.header(), curves.rows()).picture("curves", curves.picture())
                .number("seeds", "%d", curves.seeds()).text("wins", PlainWith400.wins(e.plain))
                .table("halves", Factor.header(), Factor.rows(e.twice)).table("twice", PlainWith400.header(), PlainWith400.rows())
                .table("eightfold", LearningCurves.eightfoldHeader(), curves.eightfold())
                .number("raised", "%d of %d", curves.raised(), curves.steps()).series("curves", curves.series());
    }
}
