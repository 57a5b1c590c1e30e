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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Rule(id = "data.best-regulariser", section = Section.MORE_DATA, strength = Strength.STOCHASTIC,
        statement = "More data are the best regulariser: all networks do much better with twice the samples, and no "
                + "regulariser gives as much.",
        qualified = "All networks do much better with twice the samples, but L1 gives the plain one as much; eight times as "
                + "many beat every regulariser.",
        related = {"data.plain-400-beats-all-200", "data.l1-400-nearly-optimal", "compare.l1-and-dropout-strongest"})
final class MoreDataTest extends BackendRuleTest<MoreDataTest.Evidence> {

    /** Much better: half the loss. Measured at the post's seed: 0.16 to 0.40 of it. */
    private static final double MUCH = 0.5;

    /**
     * Ratios of losses: at the post's seed with 400 samples over 200, and of regularised networks with 400 over the plain one
     * with as many; of every doubling; and of the plain network with 1,600 over regularised ones with 200. And the plain
     * network with 400 against each regularised one with 200, over seeds, and when its runs are at their best.
     */
    record Evidence(double[] doubled, double[] regularised, double[] doublings, double[] eightfold, List<PairedSeeds> others,
            PairedSeeds l1, double[] bestEpochs) {

        Evidence over(List<PairedSeeds> otherPairs, PairedSeeds otherL1, double[] otherEpochs) {
            return new Evidence(doubled, regularised, doublings, eightfold, otherPairs, otherL1, otherEpochs);
        }

        Evidence at(double[] otherDoubled, double[] otherRegularised, double[] otherDoublings, double[] otherEightfold) {
            return new Evidence(otherDoubled, otherRegularised, otherDoublings, otherEightfold, others, l1, bestEpochs);
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        Map<PostExperiment, Double> at200 = Methods.validation(runs.backend(), 200);
        Map<PostExperiment, Double> at400 = Methods.validation(runs.backend(), 400);
        Evidence own = new Evidence(Methods.MLPS.stream().mapToDouble(method -> at400.get(method) / at200.get(method)).toArray(),
                Methods.REGULARISED.stream().mapToDouble(method -> at400.get(method) / at400.get(PostExperiment.MLP)).toArray(),
                LearningCurves.doublings(), LearningCurves.plainOverRegularised(1600, Methods.REGULARISED), List.of(), null,
                new double[0]);
        Majority.requireOrSkip(all(atPostsSeed(own), eightfold(own)));
        return own.over(PlainWith400.ALL_BUT_L1.stream().map(PlainWith400::against).toList(),
                PlainWith400.against(PostExperiment.L1), PlainWith400.bestEpochs());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(better(e), PlainWith400.usuallyBelow(e.l1));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(better(e), PlainWith400.even(e.l1, e.bestEpochs), eightfold(e));
    }

    private static Finding eightfold(Evidence e) {
        return each("with 1,600 samples the plain network is below every regularised one with 200, at every seed", e.eightfold,
                r -> r < 1);
    }

    private static Finding better(Evidence e) {
        return all(Stream.concat(Stream.of(atPostsSeed(e)), e.others.stream().map(PlainWith400::below)).toArray(Finding[]::new));
    }

    private static Finding atPostsSeed(Evidence e) {
        return all(each("at the post's seed twice the samples at least halve the loss of every network", e.doubled,
                        r -> r <= MUCH),
                each("every regulariser still helps there with 400", e.regularised, r -> r < 1),
                each("every doubling from 100 to 1,600 lowers the loss of every network at every seed", e.doublings, r -> r < 1));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] level = {0.4, 1, 0.5};
        return Map.of("twice the samples without effect", e.at(level, e.regularised, e.doublings, e.eightfold),
                "a regulariser that many samples make useless", e.at(e.doubled, level, e.doublings, e.eightfold),
                "a curve that stays level", e.at(e.doubled, e.regularised, level, e.eightfold),
                "a regulariser worth eight times the samples", e.at(e.doubled, e.regularised, e.doublings, level),
                "samples exchanged over seeds", e.over(e.others.stream().map(PairedSeeds::exchanged).toList(), e.l1, e.bestEpochs),
                "L1 as weak as the plain network", e.over(e.others, PlainWith400.asWeak(e.l1, e.others.get(0)), e.bestEpochs),
                "L1 ahead of twice the samples", e.over(e.others, e.others.get(0).exchanged(), e.bestEpochs),
                "runs that stop after 50 epochs", e.over(e.others, e.l1, PlainWith400.bestEpochs(50)),
                "no number", e.at(new double[] {Double.NaN}, e.regularised, e.doublings, e.eightfold));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("plain network: %.2f with 100 samples, %.3f with 1,600", LearningCurves.mean(PostExperiment.MLP, 100),
                        LearningCurves.mean(PostExperiment.MLP, 1600))
                .table("curves", LearningCurves.header(), LearningCurves.rows()).picture("curves", LearningCurves.picture())
                .number("wins", "%d of %d", e.l1.comparison().lower(), e.l1.values().length)
                .table("twice", PlainWith400.header(), PlainWith400.rows())
                .number("steps", "%d", e.doublings.length)
                .series("curves", LearningCurves.series());
    }
}
