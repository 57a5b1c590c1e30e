package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Validation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Rule(id = "figures.curves", section = Section.REMARKS, strength = Strength.FINDING,
        statement = "The curves of the notebook's pictures are those of our runs: all of each run that does not amplify rounding, "
                + "of the others all before the epoch at which rounding parts them.",
        related = {"figures.reproduced", "figures.rounding-band", "l2.equals-weight-decay"})
final class FiguresCurvesTest extends RuleTest<Following> {

    /** Of an epoch, beyond the range of those at which neighbours part. Measured: 1.09 of ours, 1 of PyTorch's. */
    private static final double NEAR = 1.2;

    @Override
    protected Following evidence() {
        return Following.measured();
    }

    @Override
    protected Finding asSaid(Following e) {
        List<PostExperiment> settled = Following.settledBest();
        Rejections pictures = e.rejections();
        long rejected = pictures.rejected(ChangedRun.DECAY) + pictures.rejected(ChangedRun.BITS);
        return all(exactly("our runs are on every printed curve, wherever no rounding can show in it", e.followed() == e.readings(),
                        "%d of %d readings", e.followed(), e.readings()),
                exactly("there our neighbours are on our own curves, so that none can", e.early() == 0,
                        "%d curves of neighbours leave", e.early()),
                atMost("our runs leave the other curves where our neighbours leave ours, to a factor", NEAR, e.farthestOfOurs()),
                atMost("PyTorch leaves our runs where our neighbours do, seen at the same epochs", NEAR, e.farthestOfPyTorch()),
                exactly("the red line is at our best epoch, where rounding has not grown before it",
                        settled.stream().allMatch(e::isAtRedLine), "%d of %d",
                        settled.stream().filter(e::isAtRedLine).count(), settled.size()),
                // Of linear regression, which finds the same weights at any rate.
                atMost("the pictures of each run reject a number that is off by so small a share", 0.003,
                        Stream.of(PostExperiment.values()).mapToDouble(pictures::leastRejected).max().orElseThrow()),
                exactly("they reject decay in the wrong place and a wrong bit of every mask, and each curve rejects our run an epoch late",
                        rejected == 2 && pictures.blindToAShift() == 0, "%d of 2; %d curves take an epoch too late for right", rejected,
                        pictures.blindToAShift()));
    }

    @Override
    protected Map<String, Following> counterexamples(Following e) {
        return Map.of("decay in the wrong place", e.with(PostExperiment.WEIGHT_DECAY, e.rejections().changed(ChangedRun.DECAY)),
                "L1's runs an epoch late", e.with(PostExperiment.L1, e.ours().get(PostExperiment.L1).later()),
                "neighbours an epoch late", e.withNeighbours(Curves::later),
                "PyTorch's record an epoch late", e.withTorch(Curves::later),
                "best epochs ten later", e.withBest(10), "pictures with lines a hundred times as thick", e.thicker(100));
    }

    @Override
    protected void describe(Document page, Following e) {
        page.figure("%d of %d readings of %d curves, to where rounding shows; red lines: %d of %d", e.followed(), e.readings(),
                        e.printed().size(), Stream.of(PostExperiment.values()).filter(e::isAtRedLine).count(),
                        PostExperiment.values().length)
                .table("followed", FollowingTables.followedHeader(), FollowingTables.followed(e))
                .table("rejected", FollowingTables.rejectedHeader(), FollowingTables.rejected(e))
                .table("lines", FollowingTables.linesHeader(), FollowingTables.lines(e))
                .number("readings", "%,d", e.readings()).number("curves", "%d", e.printed().size())
                .number("figures", "%d", PublishedFigures.all().size())
                .number("bits", "%d of %d", e.rejections().rejected(ChangedRun.BIT),
                        e.rejections().tried(ChangedRun.BIT))
                .number("everyBit", "%d", FollowingTables.firstRejected(e, ChangedRun.BITS))
                .number("wrongPlace", "%d", FollowingTables.firstRejected(e, ChangedRun.DECAY))
                .text("decay", Validation.printed(PostExperiment.WEIGHT_DECAY, Quantity.BEST_TRAIN_LOSS))
                .text("hand", Validation.printed(PostExperiment.L2, Quantity.BEST_TRAIN_LOSS))
                .text("longer", FollowingTables.longer(e)).text("arithmetics", FollowingTables.arithmetics())
                .text("version", FollowingTables.VERSION)
                .picture("validation", FollowingTables.picture(e, Column.VALIDATION_LOSS))
                .picture("training", FollowingTables.picture(e, Column.TRAIN_LOSS));
    }
}
