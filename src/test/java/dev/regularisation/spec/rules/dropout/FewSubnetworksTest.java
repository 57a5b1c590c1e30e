package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.training.History;
import java.util.List;
import java.util.Map;

@Rule(id = "dropout.few-subnetworks-trained", section = Section.DROPOUT, strength = Strength.CLAIM,
        statement = "Each of the subnetworks gets a share of the training.",
        qualified = "Fewer than one in a billion is ever drawn; the others get theirs through the parameters that all have "
                + "in common.",
        related = {"dropout.subnetworks", "dropout.zeroes-at-random"})
final class FewSubnetworksTest extends RuleTest<FewSubnetworksTest.Evidence> {

    /** Of the post's network. */
    private static final double SUBNETWORKS = Math.scalb(1.0, 50);

    /**
     * How many subnetworks there are, masks drawn and different ones among them; the share of new ones in the last tenth of the
     * epochs; and the training loss then, under masks just drawn and before they are trained, over that of the first epoch.
     */
    record Evidence(double subnetworks, int drawn, int different, double newLate, double loss) {
    }

    @Override
    protected Evidence evidence() {
        DrawnMasks masks = DrawnMasks.ofPost();
        return new Evidence(SUBNETWORKS, masks.masks().length, masks.different(), masks.newLate(), lateLoss());
    }

    private static double lateLoss() {
        History history = Runs.CPU.of(PostExperiment.DROPOUT).history();
        double late = 0;
        int from = history.epochs() * 9 / 10;
        for (int epoch = from + 1; epoch <= history.epochs(); epoch++) {
            late += history.trainLoss(epoch) / (history.epochs() - from);
        }
        return late / history.trainLoss(0);
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return exactly("every subnetwork is drawn at least once", e.different == e.subnetworks, "%,d of %,.0f", e.different,
                e.subnetworks);
    }

    @Override
    protected Finding qualified(Evidence e) {
        // Measured: 2.7e-10, 0.71 and 0.014. As many draws as there are could not reach more than 3.6e-10.
        return all(within("fewer than one in a billion is drawn", 0, 1e-9, e.different / e.subnetworks),
                within("most masks of the last tenth of the epochs were never drawn before", 0.5, 1, e.newLate),
                within("under them the loss is at most a tenth of what it was at first", 0, 0.1, e.loss));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        DrawnMasks frozen = DrawnMasks.ofPost().frozen();
        return Map.of("a network of six hidden units", new Evidence(64, e.drawn, 64, 0, e.loss),
                "one mask for all passes", new Evidence(e.subnetworks, e.drawn, frozen.different(), frozen.newLate(), e.loss),
                "more masks than a run can draw", new Evidence(e.subnetworks, e.drawn, 2_000_000_000, e.newLate, e.loss),
                "training that reaches only what is drawn", new Evidence(e.subnetworks, e.drawn, e.different, e.newLate, 0.9),
                "no number", new Evidence(e.subnetworks, e.drawn, e.different, e.newLate, Double.NaN));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("%,d of %.1e subnetworks drawn", e.different, e.subnetworks)
                .table("masks", List.of("what", "how many"), List.of(row("subnetworks", "%,.0f", e.subnetworks),
                        row("masks drawn, 200 in each of 2,000 epochs", "%,d", e.drawn),
                                row("different ones", "%,d", e.different),
                        row("of those of the last tenth, never drawn before", "%.0f %%", 100 * e.newLate),
                        row("training loss then over that at first", "%.3f", e.loss)))
                .number("in", "%.1e", e.subnetworks / e.different);
    }

    private static List<String> row(String what, String format, Object number) {
        return List.of(what, Document.format(format, number));
    }
}
