package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.training.TrainingResult;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

@Rule(id = "figures.reproduced", section = Section.REMARKS, strength = Strength.CLAIM,
        statement = "The notebook prints four figures for each of its seven runs, from a fixed seed: whoever repeats them gets them.",
        qualified = "Whoever repeats them gets those of runs that do not amplify rounding, to every digit; the others depend on the "
                + "order in which sums are taken.",
        related = {"figures.curves", "figures.rounding-band", "setup.seed-reproduces", "erratum.best-model-is-last"})
final class FiguresReproducedTest extends BackendRuleTest<Reproduced> {

    /** Runs that never amplify rounding, so that the last model is settled too. */
    private static final Set<PostExperiment> STABLE = Set.of(PostExperiment.LINEAR, PostExperiment.MLP);
    /** Runs whose best epoch comes before rounding has grown. */
    private static final Set<PostExperiment> SETTLED_EARLY = Set.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L2);

    /** What cpu reproduces of 28, bit for bit on every machine: all of the linear, plain and dropout runs, and 4 more. */
    private static final long REPRODUCED = 16;

    @Override
    protected Reproduced evidence(Runs runs) {
        return Reproduced.of(runs, UnaryOperator.identity());
    }

    @Override
    protected Finding asSaid(Reproduced e) {
        return e.agree("every printed figure is reproduced to every digit", figure -> true);
    }

    @Override
    protected Finding qualified(Reproduced e) {
        Finding everywhere = all(e.agree("all of linear regression and of the plain network", f -> STABLE.contains(f.experiment())),
                e.agree("best validation losses of weight decay and L2", f -> SETTLED_EARLY.contains(f.experiment())
                        && f.quantity() == Quantity.BEST_VALIDATION_LOSS));
        return !e.backend().equals(CpuBackend.NAME) ? everywhere
                : all(everywhere, e.agree("on cpu, which sums as PyTorch does, all of dropout",
                        f -> f.experiment() == PostExperiment.DROPOUT),
                exactly("and in all as many figures as ever, no more and no fewer", e.count() == REPRODUCED, "%d of %d, wanted %d",
                        e.count(), e.ours().size(), REPRODUCED));
    }

    @Override
    protected Map<String, Reproduced> counterexamples(Reproduced e) {
        return Map.of("R² of the best model", Reproduced.of(Runs.CPU, run -> new TrainingResult(
                        run.plan(), run.backend(), run.data(), run.history(), run.best(), run.best())),
                "weight decay of another strength", e.with(PostExperiment.WEIGHT_DECAY, Quantity.BEST_VALIDATION_LOSS, 0.51),
                "dropout at the text's 0.27", e.with(PostExperiment.DROPOUT, Quantity.BEST_VALIDATION_LOSS, 0.27),
                "all as printed", e.asPrinted());
    }

    @Override
    protected void describe(Document page, Reproduced e) {
        page.figure("%d of %d to every printed digit; PyTorch run again: %d", e.count(), e.ours().size(), Reproduced.countOfPyTorch())
                .table("figures", Reproduced.header(), e.rows())
                .text("again", Reproduced.differencesOfPyTorch(PostExperiment.DROPOUT))
                .picture("losses", e.picture());
    }
}
