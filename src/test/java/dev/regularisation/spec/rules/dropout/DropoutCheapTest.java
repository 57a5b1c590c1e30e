package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.support.PostRuns;
import java.util.Map;

@Rule(id = "dropout.cheap", section = Section.DROPOUT, strength = Strength.CLAIM,
        statement = "Dropout averages those subnetworks without meaningful extra cost in training.",
        qualified = "An epoch costs hardly more arithmetic, evaluation and parameters no more; but the post's run takes "
                + "twice as many epochs.",
        related = {"dropout.averaging", "dropout.against-independent-models", "dropout.improves-validation"})
final class DropoutCheapTest extends RuleTest<DropoutCheapTest.Evidence> {

    /** Of the arithmetic in training. Counted: 20,000 multiplications to 1.83 million operations, 1.09 %. */
    private static final double MEANINGFUL = 0.02;
    private static final int UNITS = 25;
    private static final int WIDE = 100;

    /** What an epoch takes, in the post's width and in a larger one. */
    record Evidence(Cost plain, Cost dropout, Cost plainWide, Cost dropoutWide) {

        Evidence with(Cost other) {
            return new Evidence(plain, other, plainWide, dropoutWide);
        }
    }

    @Override
    protected Evidence evidence() {
        return new Evidence(Cost.of(PostExperiment.MLP, UNITS), Cost.of(PostExperiment.DROPOUT, UNITS),
                Cost.of(PostExperiment.MLP, WIDE), Cost.of(PostExperiment.DROPOUT, WIDE));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(anEpoch(e), within("the run as a whole takes at most a fiftieth more", 0, MEANINGFUL,
                e.dropout.shareOfRun(e.plain)));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(anEpoch(e), exactly("it is trained for twice as many epochs", e.dropout.epochs() == 2 * e.plain.epochs(),
                "%,d against %,d", e.dropout.epochs(), e.plain.epochs()));
    }

    private static Finding anEpoch(Evidence e) {
        return all(within("an epoch takes at most a fiftieth more arithmetic in training", 0, MEANINGFUL,
                e.dropout.share(e.plain)),
                exactly("that is two multiplications an activation",
                        e.dropout.extra(e.plain) == 2L * 2 * UNITS * PostRuns.TRAIN_SIZE,
                        "%,d", e.dropout.extra(e.plain)),
                within("its share with four times the units is less than half", 0, 0.5,
                        e.dropoutWide.share(e.plainWide) / e.dropout.share(e.plain)),
                exactly("evaluation takes nothing more", e.dropout.validation() == e.plain.validation(), "%,d and %,d",
                        e.dropout.validation(), e.plain.validation()),
                exactly("there is no parameter more", e.dropout.parameters() == e.plain.parameters(), "%,d and %,d",
                        e.dropout.parameters(), e.plain.parameters()));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Cost d = e.dropout;
        return Map.of("two separate networks, averaged", e.with(e.plain.times(2).over(d.epochs())),
                "another parameter", e.with(new Cost(d.training(), d.validation(), d.products(), d.parameters() + 1,
                        d.epochs())),
                "masks in evaluation", e.with(new Cost(d.training(), d.validation() + 500_000, d.products(), d.parameters(),
                        d.epochs())),
                "a share that width does not change", new Evidence(e.plain, d, e.plain, d),
                "as few epochs as the plain network", e.with(d.over(e.plain.epochs())));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("%.2f %% more arithmetic in an epoch, none in evaluation, no parameter more",
                100 * e.dropout.share(e.plain))
                .number("run", "%.0f %%", 100 * e.dropout.shareOfRun(e.plain))
                .table("operations", Cost.header(), Cost.rows(e.plain, e.dropout, e.plainWide, e.dropoutWide))
                .picture("cost", Cost.picture(e.plain, e.dropout));
    }
}
