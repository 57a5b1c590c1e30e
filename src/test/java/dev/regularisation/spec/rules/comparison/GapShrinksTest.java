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
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.training.TrainingResult;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "compare.gap-shrinks", section = Section.COMPARISON, strength = Strength.STOCHASTIC,
        statement = "Every way of regularising narrows the gap between validation and training loss.",
        related = {"compare.better-on-train", "compare.none-beats-linear", "compare.l1-and-dropout-strongest"})
final class GapShrinksTest extends BackendRuleTest<GapShrinksTest.Evidence> {

    /**
     * Gaps of regularised networks over the plain one's at the post's seed, and best validation losses over its; and gaps and
     * losses of each paired over seeds.
     */
    record Evidence(double[] least, double[] whole, double[] best, List<PairedSeeds> gaps, List<PairedSeeds> losses) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        Losses post = Losses.of(runs, 200);
        return new Evidence(overPlain(post::gap), overPlain(method -> whole(runs.of(method))), overPlain(post.validation()::get),
                Methods.REGULARISED.stream().map(method -> GapTable.paired(runs.seeds(), method)).toList(),
                Methods.REGULARISED.stream().map(method ->
                        Validation.paired(runs.seeds(), method, PostExperiment.MLP)).toList());
    }

    private static double[] overPlain(ToDoubleFunction<PostExperiment> gap) {
        return Methods.REGULARISED.stream()
                .mapToDouble(method -> gap.applyAsDouble(method) / gap.applyAsDouble(PostExperiment.MLP)).toArray();
    }

    /** Of the best model, with all units in place. */
    private static double whole(TrainingResult run) {
        return run.best().fit().validationLoss() - run.best().fit().trainLoss();
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(Stream.concat(Stream.of(
                        each("at the post's seed each one's gap of least losses is below the plain network's", e.least, r -> r < 1),
                        each("and so is that of its best model with all units in place", e.whole, r -> r < 1),
                        each("and its best validation loss", e.best, r -> r < 1)),
                Stream.concat(e.gaps.stream(), e.losses.stream()).map(PairedSeeds::lower)).toArray(Finding[]::new));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] exchanged = DoubleStream.of(e.best).map(ratio -> 1 / ratio).toArray();
        return Map.of("a method that leaves the gap as it is", new Evidence(new double[] {0.5, 1}, e.whole, e.best, e.gaps,
                        e.losses),
                "one whose best model fits too well", new Evidence(e.least, new double[] {0.5, 1}, e.best, e.gaps, e.losses),
                "losses at the post's seed exchanged", new Evidence(e.least, e.whole, exchanged, e.gaps, e.losses),
                "gaps exchanged with the plain network's",
                new Evidence(e.least, e.whole, e.best, e.gaps.stream().map(PairedSeeds::exchanged).toList(), e.losses),
                "losses exchanged with the plain network's",
                new Evidence(e.least, e.whole, e.best, e.gaps, e.losses.stream().map(PairedSeeds::exchanged).toList()),
                "no number", new Evidence(new double[] {Double.NaN}, e.whole, e.best, e.gaps, e.losses));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        double[] closed = Methods.REGULARISED.stream().mapToDouble(GapTable::closed).toArray();
        page.figure("%.0f to %.0f %% of the gap to the training loss closed", 100 * StatUtils.min(closed),
                        100 * StatUtils.max(closed))
                .number("level", "%.2g", e.gaps.get(0).level()).number("seeds", "%d", e.gaps.get(0).comparison().count())
                .table("gaps", GapTable.header(), GapTable.rows(e.gaps, e.losses))
                .picture("gaps", GapTable.picture())
                .series("losses", Validation.series(Runs.CPU.seeds(), PostExperiment.values()));
    }
}
