package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "l2.norms-fall", section = Section.WEIGHT_DECAY, strength = Strength.CLAIM,
        statement = "With weight decay the parameters' L1 and L2 norms decrease throughout training.",
        qualified = "They end far below where they began and stay below the plain network's; but while the data are learnt both "
                + "rise first, and late in training they hardly move.",
        related = {"l2.decays-in-proportion", "erratum.l2-norm-is-squared", "minibatch.small-decay-stops-growth"})
final class L2NormsFallTest extends BackendRuleTest<L2NormsFallTest.Evidence> {

    /** Both norms by epoch with and without decay at the post's seed, and both norms' ends at all seeds, the post's included. */
    record Evidence(NormPath l1, NormPath l2, double[] endOverStart, double[] endOverPlain) {

        Evidence with(NormPath one, NormPath two) {
            return new Evidence(one, two, new double[] {one.endOverStart()}, new double[] {one.endOverPlain()});
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(NormPath.l1(runs), NormPath.squaredL2(runs),
                NormPath.atEachSeed(runs, NormPath::endOverStart), NormPath.atEachSeed(runs, NormPath::endOverPlain));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(endsLow(e), atMost("the L1 norm is never a tenth above an earlier value, as a share", 0.1, e.l1.rise(0)),
                atMost("nor is the squared L2 norm", 0.1, e.l2.rise(0)));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(endsLow(e),
                within("the squared L2 norm rises from an earlier value, by a fifth to all of it", 0.2, 1, e.l2.rise(0)),
                atLeast("to a fifth above where it began, as a ratio", 1.2, e.l2.peakOverStart()),
                within("the L1 norm, by a tenth to all of it", 0.1, 1, e.l1.rise(0)),
                // At epoch 20 at the post's seed, 15 to 44 at seeds 1 to 200.
                within("it is greatest between epochs 6 and 50", 6, 50, e.l2.peak()),
                atMost("the L1 norm is greatest by epoch 50", 50, e.l1.peak()),
                // Measured at the post's seed: 2.5% and 0.4%. Rounding on another backend moves the late epochs.
                atMost("after that the L1 norm climbs by a tenth at most", 0.1, e.l1.rise(e.l1.peak())),
                atMost("and the squared L2 norm", 0.1, e.l2.rise(e.l2.peak())),
                atMost("neither exceeds the plain network's at any epoch, as a ratio", 1,
                        Math.max(e.l1.mostOverPlain(), e.l2.mostOverPlain())),
                atMost("in the second half of the run neither moves by more than a tenth, as a share", 0.1,
                        Math.max(Math.abs(e.l1.half() - 1), Math.abs(e.l2.half() - 1))));
    }

    /** Measured over the study: 0.40 to 0.77 of the start, and 0.14 to 0.38 of the plain network's. */
    private static Finding endsLow(Evidence e) {
        return all(each("both norms end at 0.2 to 0.85 of their start at every seed",
                        e.endOverStart, r -> r >= 0.2 && r <= 0.85),
                each("and at a twentieth to half of the plain network's", e.endOverPlain, r -> r >= 0.05 && r <= 0.5),
                atLeast("at the post's seed they fall by a fifth, as the start over the end", 1.25,
                        1 / Math.max(e.l1.endOverStart(), e.l2.endOverStart())));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("the plain network's norms", e.with(e.l1.ofPlain(), e.l2.ofPlain()),
                "norms that fall from the first epoch on", e.with(e.l1.map(t -> 140 - 0.08 * t),
                        e.l2.map(t -> 20 - 0.01 * t)),
                "norms that fall and never come to rest", e.with(e.l1.map(t -> 20 * Math.exp(-t / 200.0)),
                        e.l2.map(t -> (t < 20 ? 20 + 0.5 * t : 30) * Math.exp(-t / 200.0))),
                "a late rise", e.with(e.l1.map(L2NormsFallTest::late), e.l2.map(L2NormsFallTest::late)),
                "ten times the norms", e.with(e.l1.times(10), e.l2.times(10)),
                "no number", e.with(e.l1, e.l2.map(t -> Double.NaN)));
    }

    private static double late(int epoch) {
        return epoch < 20 ? 20 + epoch : epoch < 900 ? 9 : 11;
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("Σθ² %.1f, peak %.1f at epoch %d, %.1f at last; plain %.1f", e.l2.norm()[0], e.l2.norm()[e.l2.peak()],
                        e.l2.peak(), e.l2.norm()[1000], e.l2.plain()[1000])
                .table("norms", NormPath.header(), NormPath.rows(e.l1, e.l2))
                .picture("squared", SeriesPicture.ofCurves("With weight decay the norms fall, after the data have been learnt",
                        "Post's network and data, seed 42", Axis.epochs(), Axis.linear("Squared L2 norm Σθ²").covering(0, 0),
                        List.of(Series.byEpoch("Plain network", Palette.of(PostExperiment.MLP), e.l2.plain()),
                                Series.byEpoch("Weight decay", Palette.of(PostExperiment.WEIGHT_DECAY), e.l2.norm())),
                        List.of()).picture())
                .picture("run", TrainingPicture.of(Runs.CPU.of(PostExperiment.WEIGHT_DECAY), "Weight decay"))
                .number("low", "epoch %d", e.l2.low()).number("peak", "%d", e.l2.peak())
                .number("rise", "%.1f to %.1f", e.l2.norm()[e.l2.low()], e.l2.norm()[e.l2.peak()])
                .number("end", "%.1f", e.l2.norm()[1000])
                .number("climb", "%.1f %%", 100 * e.l2.rise(e.l2.peak())).number("climbL1", "%.1f %%", 100 * e.l1.rise(e.l1.peak()))
                .number("seeds", "%d", Runs.CPU.seeds().seeds().size())
                .number("worst", "%.2f and %.2f", StatUtils.max(e.endOverStart), StatUtils.max(e.endOverPlain))
                .series("norms", Map.of("l1_weight_decay", e.l1.norm(), "l1_plain", e.l1.plain(), "squared_l2_weight_decay",
                        e.l2.norm(), "squared_l2_plain", e.l2.plain()));
    }
}
