package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Rule(id = "erratum.final-is-best", section = Section.BENCHMARKS, strength = Strength.FINDING,
        statement = "Losses that the post calls final are the least over all epochs; at most seeds the gains persist at "
                + "the last epoch.",
        related = {"mlp.overfits", "l2.improves-validation", "l1.improves-validation", "erratum.best-model-is-last"})
final class FinalIsBestTest extends BackendRuleTest<FinalIsBestTest.Evidence> {

    /** The methods of which the text says where validation ends, and what it says. */
    private static final List<PostExperiment> CALLED = List.of(PostExperiment.MLP, PostExperiment.WEIGHT_DECAY,
            PostExperiment.L1);
    private static final double[] SAID = {0.60, 0.50, 0.28};
    private static final List<PostExperiment> GAINS =
            List.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L1, PostExperiment.MINIBATCH, PostExperiment.DROPOUT);

    /**
     * The notebook's least validation losses less what the text calls the end, our last ones less our least, and last ones of
     * regularised networks paired with the plain one's.
     */
    record Evidence(double[] called, double[] rise, List<PairedSeeds> gains) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        double[] called = new double[SAID.length];
        double[] rise = new double[SAID.length];
        for (int i = 0; i < SAID.length; i++) {
            called[i] = Double.parseDouble(printed(CALLED.get(i))) - SAID[i];
            rise[i] = runs.of(CALLED.get(i)).last().fit().validationLoss() - Validation.best(runs.of(CALLED.get(i)));
        }
        return new Evidence(called, rise, GAINS.stream().map(method -> LastValidation.paired(runs.seeds(), method,
                PostExperiment.MLP)).toList());
    }

    private static String printed(PostExperiment method) {
        return Validation.printed(method, Quantity.BEST_VALIDATION_LOSS);
    }

    /** The text rounds to two digits; a last loss that rises by less than their half may be called the least. */
    @Override
    protected Finding asSaid(Evidence e) {
        List<Finding> parts = new ArrayList<>();
        for (int i = 0; i < SAID.length; i++) {
            parts.add(within("the notebook's least validation loss less what the text calls the end, " + CALLED.get(i).id(),
                    -0.005,
                    0.005, e.called[i]));
            parts.add(atLeast("the last validation loss is above the least of all epochs, " + CALLED.get(i).id(), 0.005,
                    e.rise[i]));
        }
        e.gains.forEach(gain -> parts.add(all(gain.lower(), Majority.usually(gain.candidate()
                + " usually ends below the plain network", gain.differences(), d -> d < 0))));
        return all(parts.toArray(Finding[]::new));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("best losses passed off as last", new Evidence(e.called, new double[SAID.length], e.gains),
                "another figure than the notebook's least", new Evidence(new double[] {-0.01, 0.05, 0.1}, e.rise, e.gains),
                "methods exchanged", new Evidence(e.called, e.rise, e.gains.stream().map(PairedSeeds::exchanged).toList()),
                "no number", new Evidence(e.called, new double[] {Double.NaN, 1, 1}, e.gains));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < SAID.length; i++) {
            double best = Validation.best(Runs.CPU.of(CALLED.get(i)));
            rows.add(List.of(CALLED.get(i).title(), Document.format("%.2f", SAID[i]), printed(CALLED.get(i)),
                    Document.format("%.4f", best), Document.format("%.4f", best + e.rise[i])));
        }
        page.figure("last losses %s", String.join(", ", rows.stream().map(row -> row.get(4) + " for " + row.get(1)).toList()))
                .number("seeds", "%d", e.gains.get(0).values().length)
                .table("losses", List.of("method", "said of its end", "least of all epochs, printed", "ours", "our last"), rows)
                .table("gains", List.of("method", "lower at the end than plain at", "median difference", "p"),
                        e.gains.stream().map(gain -> List.of(gain.candidate(),
                        Document.format("%d of %d", gain.comparison().lower(),
                                gain.comparison().count()), Document.format("%.3f", gain.comparison().medianDifference()),
                                Document.format("%.1g", gain.comparison().wilcoxonP()))).toList());
    }
}
