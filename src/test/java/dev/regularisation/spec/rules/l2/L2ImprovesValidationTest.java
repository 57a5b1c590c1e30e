package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.LastValidation;
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import java.util.Map;

@Rule(id = "l2.improves-validation", section = Section.WEIGHT_DECAY, strength = Strength.STOCHASTIC,
        statement = "With weight decay the network's final validation loss is lower, 0.50 instead of 0.60.",
        qualified = "It is lower, at most seeds; but 0.50 and 0.60 are the least losses of all epochs, and at the end both are "
                + "higher.",
        related = {"l2.costs-training", "figures.reproduced", "compare.gap-shrinks"})
final class L2ImprovesValidationTest extends BackendRuleTest<L2ImprovesValidationTest.Evidence> {

    /** Validation losses with and without decay, the least and the last: at the post's seed, and paired over others. */
    record Evidence(double best, double plainBest, double last, double plainLast, PairedSeeds bests, PairedSeeds lasts) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(Validation.best(runs.of(PostExperiment.WEIGHT_DECAY)), Validation.best(runs.of(PostExperiment.MLP)),
                LastLosses.validation(runs.of(PostExperiment.WEIGHT_DECAY)), LastLosses.validation(runs.of(PostExperiment.MLP)),
                Validation.paired(runs.seeds(), PostExperiment.WEIGHT_DECAY, PostExperiment.MLP),
                LastValidation.paired(runs.seeds(), PostExperiment.WEIGHT_DECAY, PostExperiment.MLP));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(lower(e), within("at the post's seed the last loss with decay rounds to 0.50", 0.495, 0.505, e.last),
                within("and the one without to 0.60", 0.595, 0.605, e.plainLast));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(lower(e),
                within("at the post's seed the least loss with decay is the notebook's 0.4996", 0.49955, 0.49965, e.best),
                within("and the one without its 0.5975", 0.59745, 0.59755, e.plainBest),
                atLeast("the last with decay does not round to 0.50", 0.505, e.last),
                atLeast("nor the last without to 0.60", 0.605, e.plainLast),
                // 0.899 to 0.906 in either precision, PyTorch's and ours.
                within("it is a twentieth to a fifth below the plain network's", 0.8, 0.95, e.last / e.plainLast));
    }

    private static Finding lower(Evidence e) {
        return all(e.bests.lower(), e.lasts.lower(), Majority.usually("the last is lower at most seeds", e.lasts.differences(),
                difference -> difference < 0), atMost("at the post's seed the last is lower too, as a ratio", 1,
                e.last / e.plainLast));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("methods exchanged", new Evidence(e.plainBest, e.best, e.plainLast, e.last, e.bests.exchanged(),
                        e.lasts.exchanged()),
                "the least losses passed off as the last", new Evidence(e.best, e.plainBest, e.best, e.plainBest, e.bests, e.lasts),
                "a gain that is gone by the last epoch", new Evidence(e.best, e.plainBest, e.plainLast, e.plainLast, e.bests,
                        e.lasts.exchanged()),
                "no number", new Evidence(e.best, e.plainBest, Double.NaN, e.plainLast, e.bests, e.lasts));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        PostExperiment[] methods = {PostExperiment.MLP, PostExperiment.WEIGHT_DECAY};
        page.figure("least %.4f against %.4f, last %.2f against %.2f", e.best, e.plainBest, e.last, e.plainLast)
                .table("published", Validation.header(), Validation.published(PostExperiment.WEIGHT_DECAY))
                .number("plain", "%.4f", e.plainBest).number("last", "%.3f", e.last).number("plainLast", "%.3f", e.plainLast)
                .table("bests", PairedSeeds.header(), e.bests.rows()).table("lasts", PairedSeeds.header(), e.lasts.rows())
                .text("sure", e.bests.sure()).text("sureOfLast", e.lasts.sure())
                .picture("seeds", LastLosses.against(e.bests, "Weight decay beside the plain network at the same seed"))
                .series("losses", Validation.series(Runs.CPU.seeds(), methods));
    }
}
