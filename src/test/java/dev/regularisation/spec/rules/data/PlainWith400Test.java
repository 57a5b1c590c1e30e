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
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Rule(id = "data.plain-400-beats-all-200", section = Section.MORE_DATA, strength = Strength.CLAIM,
        statement = "The plain network with 400 samples beats every regularised network with 200.",
        qualified = "It does at the post's seed; over seeds it beats all but L1, which is worth as much as the second 200 "
                + "samples.",
        related = {"data.best-regulariser", "compare.none-beats-linear"})
final class PlainWith400Test extends BackendRuleTest<PlainWith400Test.Evidence> {

    /**
     * At the post's seed, its loss over each regularised network's with 200; over seeds, it against all but L1, and L1, and when
     * its runs are at their best.
     */
    record Evidence(double[] post, List<PairedSeeds> others, PairedSeeds l1, double[] bestEpochs) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        double plain = Validation.best(runs.of(PostExperiment.MLP, 400));
        double[] post = Methods.REGULARISED.stream().mapToDouble(method -> plain / Validation.best(runs.of(method))).toArray();
        Majority.requireOrSkip(belowAtPostsSeed(post));
        return new Evidence(post, PlainWith400.ALL_BUT_L1.stream().map(PlainWith400::against).toList(),
                PlainWith400.against(PostExperiment.L1), PlainWith400.bestEpochs());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(below(e), PlainWith400.usuallyBelow(e.l1));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(below(e), PlainWith400.even(e.l1, e.bestEpochs));
    }

    private static Finding below(Evidence e) {
        return all(Stream.concat(Stream.of(belowAtPostsSeed(e.post)), e.others.stream().map(PlainWith400::below))
                .toArray(Finding[]::new));
    }

    private static Finding belowAtPostsSeed(double[] post) {
        return each("at the post's seed it is below every regularised network", post, r -> r < 1);
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("the plain network with 200 samples", new Evidence(new double[] {1.2, 1.8, 2.5}, e.others, e.l1,
                        e.bestEpochs),
                "samples exchanged over seeds", new Evidence(e.post, e.others.stream().map(PairedSeeds::exchanged).toList(),
                        e.l1, e.bestEpochs),
                "L1 as weak as the plain network", new Evidence(e.post, e.others,
                        PlainWith400.asWeak(e.l1, e.others.get(0)), e.bestEpochs),
                "L1 ahead at every seed", new Evidence(e.post, e.others, e.others.get(0).exchanged(), e.bestEpochs),
                "runs that stop after 50 epochs", new Evidence(e.post, e.others, e.l1, PlainWith400.bestEpochs(50)),
                "no number", new Evidence(new double[] {Double.NaN}, e.others, e.l1, e.bestEpochs));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("%.4f against %.4f at seed 42; over seeds lower than L1 at %d of %d",
                Validation.best(Runs.CPU.of(PostExperiment.MLP, 400)), Validation.best(Runs.CPU.of(PostExperiment.DROPOUT)),
                        e.l1.comparison().lower(), e.l1.values().length)
                .number("ours", "%.4f", Validation.best(Runs.CPU.of(PostExperiment.MLP, 400)))
                .number("lower", "%d", e.l1.comparison().lower()).number("higher", "%d", e.l1.comparison().higher())
                .number("settled", "%d of %d", PlainWith400.settled(e.bestEpochs), e.bestEpochs.length)
                .number("interval", "%.3f to %.3f", e.l1.comparison().meanInterval().from(),
                        e.l1.comparison().meanInterval().to())
                .table("losses", PlainWith400.header(), PlainWith400.rows()).picture("seeds", PlainWith400.picture())
                .series("plain", Map.of("best validation loss of the plain network with 400 samples", PlainWith400.losses()));
    }
}
