package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.RoundingBands;
import java.util.List;
import java.util.Map;
import java.util.Set;

@Rule(id = "figures.streams", section = Section.REMARKS, strength = Strength.FINDING,
        statement = "The same seed is not the same run on another processor: with the masks that PyTorch drew on Intel "
                + "processors dropout's best validation loss is another, far beyond rounding.",
        related = {"figures.reproduced", "figures.rounding-band", "setup.seed-reproduces", "dropout.improves-validation"})
final class SameSeedElsewhereTest extends RuleTest<SameSeedElsewhere> {

    /** Runs that keep all their printed digits when inputs move in the last bits. */
    private static final Set<PostExperiment> KEPT = Set.of(PostExperiment.LINEAR, PostExperiment.MLP, PostExperiment.DROPOUT);
    /** Half a unit of the last digit that is said. */
    private static final double HALF_DIGIT = 5e-5;

    @Override
    protected SameSeedElsewhere evidence() {
        return SameSeedElsewhere.measured();
    }

    @Override
    protected Finding asSaid(SameSeedElsewhere e) {
        List<String> reprinted = e.reprinted().stream().map(f -> f.experiment().title() + ", " + f.quantity().title()).toList();
        return all(within("0.2894 with MKL's masks", 0.2894 - HALF_DIGIT, 0.2894 + HALF_DIGIT, e.mkl()),
                within("0.2410 with the stream's own", 0.2410 - HALF_DIGIT, 0.2410 + HALF_DIGIT,
                        e.here().get(SameSeedElsewhere.dropout())),
                atMost("no neighbour of one rounding goes a third as far", e.moved() / 3, e.rounding()),
                exactly("normals by the C library's functions keep every printed digit of linear regression, the plain network "
                        + "and dropout", e.reprinted().stream().noneMatch(f -> KEPT.contains(f.experiment())), "others: %s",
                        reprinted),
                exactly("but not of other runs", e.reprinted().stream().anyMatch(f -> !KEPT.contains(f.experiment())),
                        "%d of %d", reprinted.size(), e.here().size()));
    }

    @Override
    protected Map<String, SameSeedElsewhere> counterexamples(SameSeedElsewhere e) {
        return Map.of("masks that are the same everywhere", e.withMasks(e.here().get(SameSeedElsewhere.dropout())),
                "the text's 0.27 without MKL", e.withDropout(0.27),
                "a run that rounding moves as far as L1", e.withNeighbours(
                        RoundingBands.values(PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS)),
                "normals that differ in the first digits", e.withScalar(figure -> 0.9 * figure),
                "normals that are the same everywhere", e.withScalar(figure -> figure), "no number", e.withMasks(Double.NaN));
    }

    @Override
    protected void describe(Document page, SameSeedElsewhere e) {
        page.figure("%.4f with MKL's masks, %.4f without", e.mkl(), e.here().get(SameSeedElsewhere.dropout()))
                .number("rounding", "%.4f", e.rounding()).number("moved", "%.4f", e.moved())
                .number("reprinted", "%d of %d", e.reprinted().size(), e.here().size())
                .number("before", "%d", e.reproduced(e.here())).number("after", "%d", e.reproduced(e.scalar()))
                .text("lucky", SameSeedElsewhere.only(e.scalar(), e.here()))
                .text("unlucky", SameSeedElsewhere.only(e.here(), e.scalar()))
                .table("figures", SameSeedElsewhere.header(), e.rows());
    }
}
