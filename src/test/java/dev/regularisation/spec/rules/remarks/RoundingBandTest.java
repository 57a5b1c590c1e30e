package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.rules.remarks.Bands.AMPLIFYING;
import static dev.regularisation.spec.rules.remarks.Bands.NARROW;
import static dev.regularisation.spec.rules.remarks.Bands.STABLE;
import static dev.regularisation.spec.rules.remarks.Bands.WIDE;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.sensitivity.Explanation;
import dev.regularisation.spec.rules.Grade;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.spec.rules.RoundingBands;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

@Rule(id = "figures.rounding-band", section = Section.REMARKS, strength = Strength.FINDING,
        statement = "Some runs amplify rounding errors until they decide printed digits, which the post does not mention: L1 and "
                + "minibatches before their best epoch, weight decay after it.",
        related = {"figures.reproduced", "figures.curves", "l1.improves-validation", "minibatch.improves-validation"})
final class RoundingBandTest extends RuleTest<Bands> {

    /** Last losses of stable runs are within 9e-7, those of amplifying runs 2e-3 apart or more in the median; this lies between. */
    private static final double APART = 3e-5;

    private static final Set<PostExperiment> PARTED = EnumSet.complementOf(EnumSet.copyOf(STABLE));

    /** Of best validation losses that are the same to five decimals. */
    private static final double SAME = 1e-5;

    /** What decides is at most 3.2e-7 from zero: pre-activations and weights of the order of 1 are rounded by 6e-8, at each step. */
    private static final double DECIDED = 1e-6;

    @Override
    protected Bands evidence() {
        return Bands.measured();
    }

    @Override
    protected Finding asSaid(Bands e) {
        // Bands of best validation losses are 0.10 and 0.06 wide, of the others at most 2e-6.
        return all(atMost("neighbours of linear regression and the plain network stay together", APART, e.greatestEnd(STABLE)),
                atLeast("neighbours under weight decay, L2, L1 and with minibatches end apart, in the median", APART,
                        e.leastMedianEnd(AMPLIFYING)),
                atLeast("the best losses of L1 and minibatches lie in bands of more than a hundredth", 0.01, e.leastWidth(WIDE)),
                atMost("those of the other runs but dropout's in bands of less than a hundred-thousandth", SAME,
                        e.greatestWidth(NARROW)),
                Majority.atLeast("the best losses of dropout, four neighbours of five", 0.8, e.bests(), end -> end <= SAME),
                exactly("one step parts the first neighbour for good in those four runs and with dropout, and in no other",
                        e.parted().equals(PARTED), "%s", e.parted().stream().map(PostExperiment::title)
                                .collect(Collectors.joining(", "))),
                exactly("one decision differs in that step, in the unit whose parameters differ most after it",
                        e.isOneDecisionEach(), "in %d runs that part", e.parted().size()),
                atMost("it hangs on a number within a few rounding errors of zero", DECIDED, e.farthestFromZero()),
                e.oneIsOutside("every printed figure but weight decay's least training loss is reproduced or inside a band"),
                exactly("what is outside is so by a unit of its last digit",
                        e.outside().stream().allMatch(Bands::isWithinOneDigit), "%s", e.outsideInWords()));
    }

    @Override
    protected Map<String, Bands> counterexamples(Bands e) {
        Figure wrong = new Figure(PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS, "0.4996", "weight decay's");
        return Map.of("another run's figure", e.with(RoundingBands.grade(wrong)),
                "L2's figure outside in the place of weight decay's", e.exchanged(),
                "runs that never part", e.withEnds(end -> 0, width -> 0), "runs that all part", e.withEnds(end -> 1, width -> 1),
                "no step that parts", e.withCauses(found -> List.of()),
                "two decisions in a step", e.withCauses(found -> Bands.changed(found, 2, 1)),
                "decisions far from zero", e.withCauses(found -> Bands.changed(found, 1, 100)),
                "no number", e.withEnds(end -> Double.NaN, width -> Double.NaN));
    }

    @Override
    protected void describe(Document page, Bands e) {
        page.figure("%d reproduced, %d inside our band, %d inside PyTorch's alone, %d outside; L1 amplifies rounding tenfold in "
                        + "%.0f epochs",
                        e.count(Grade.Mark.REPRODUCED), e.count(Grade.Mark.INSIDE), e.count(Grade.Mark.WITNESSED),
                        e.count(Grade.Mark.OUTSIDE),
                        Bands.growth(PostExperiment.L1).epochsPerDecade())
                .table("grades", Bands.gradeHeader(), e.gradeRows())
                .table("rates", Bands.rateHeader(), Bands.rateRows())
                .table("causes", Bands.causeHeader(), e.causeRows())
                .number("parted", "%d of %d", e.parted().size(), e.causes().size())
                .number("decided", "%.0e", DECIDED).number("saturated", "%s", RoundingBands.SATURATED)
                .number("tenfold", "%.0f", Explanation.TENFOLD)
                .text("outside", e.outsideInWords()).text("chances", e.chances())
                .text("decay", Bands.printed(PostExperiment.WEIGHT_DECAY)).text("hand", Bands.printed(PostExperiment.L2))
                .number("apart", "%d of %d", e.apart(PostExperiment.DROPOUT, APART), e.ends().get(PostExperiment.DROPOUT).length)
                .number("kept", "%d of %d", Arrays.stream(e.bests()).filter(end -> end <= SAME).count(), e.bests().length)
                .number("reprinted", "%d to %d", Bands.reprinted()[0], Bands.reprinted()[Bands.reprinted().length - 1])
                .number("bound", "%.0e", APART).number("moved", "%d", e.moved(PostExperiment.DROPOUT))
                .picture("parting", Bands.partingPicture()).picture("bands", Bands.bandPicture())
                .series("distances", Bands.distances());
    }
}
