package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.remarks.KeptModels.Kept;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

@Rule(id = "erratum.best-model-is-last", section = Section.REMARKS, strength = Strength.FINDING,
        statement = "The notebook means to restore the best model but keeps a live reference, so that it returns the last, and the "
                + "printed R² is the last model's.",
        related = {"figures.reproduced", "mlp.validation-stalls-first"})
final class ErratumBestModelIsLastTest extends BackendRuleTest<KeptModels> {

    /** Runs whose last digits rounding does not move. */
    private static final Set<PostExperiment> EXACT = Set.of(PostExperiment.LINEAR, PostExperiment.MLP, PostExperiment.DROPOUT);
    /** Runs of which it moves some: two units of the fourth decimal, and half of one for having been printed. */
    private static final Set<PostExperiment> NEARLY = Set.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L2);

    @Override
    protected KeptModels evidence(Runs runs) {
        return KeptModels.of(runs);
    }

    @Override
    protected Finding asSaid(KeptModels e) {
        return all(exactly("a loop that keeps a reference returns the last state, one that keeps a copy the best",
                        e.ofReference() == KeptModels.LAST_STATE && e.ofCopy() == KeptModels.BEST_STATE, "%s and %s", e.ofReference(),
                        e.ofCopy()),
                e.printedIsLast("linear, plain, dropout: the printed R² is the last model's to the digit, and not the best's", EXACT, 0.5),
                e.printedIsLast("weight decay and L2: it is within two units of the last model's, and not of the best's",
                        NEARLY, 2.5),
                exactly("our best and last models have parameters and loss of their epochs, to the bit, in all seven runs",
                        e.ours().stream().allMatch(Kept::isOfItsEpoch), "%d of %d do",
                        e.ours().stream().filter(Kept::isOfItsEpoch).count(), e.ours().size()));
    }

    @Override
    protected Map<String, KeptModels> counterexamples(KeptModels e) {
        return Map.of("a reference passed off as a copy", e.withLoop(e.ofReference(), e.ofReference()),
                "printed figures of the best models", e.withPrintedOfBest(),
                "a last model that is given out as the best", e.withLastAsBest(),
                "right parameters with another epoch's loss", e.withLossOfLast());
    }

    @Override
    protected void describe(Document page, KeptModels e) {
        Kept plain = e.ours().stream().filter(kept -> kept.experiment() == PostExperiment.MLP).findFirst().orElseThrow();
        page.figure("plain network: published R² %s, last %.4f, best %.4f", plain.printed(), plain.last(), plain.best())
                .table("loop", List.of("what is kept", "returned", "is"), List.of(
                        List.of("a reference", Double.toString(e.ofReference()), "where the loop left the parameter"),
                        List.of("a copy", Double.toString(e.ofCopy()), "the best")))
                .table("r2", List.of("method", "published", "our last model", "our best model", "best epoch"), e.rows())
                .picture("losses", new BarPicture("Best and last model", "200 samples, the post's seed", Axis.log("Validation loss"),
                        Stream.of(PostExperiment.values()).flatMap(m -> Stream.of(
                                BarPicture.Bar.of(m.title() + ", best", Palette.of(m), Runs.CPU.of(m).best().fit().validationLoss()),
                                BarPicture.Bar.of(m.title() + ", last", Palette.of(m), Runs.CPU.of(m).last().fit().validationLoss())))
                                .toList(), List.of()).picture());
    }
}
