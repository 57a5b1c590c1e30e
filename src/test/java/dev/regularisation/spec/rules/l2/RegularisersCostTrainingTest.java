package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Majority;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Rule(id = "regularisers.cost-training", section = Section.WEIGHT_DECAY, strength = Strength.STOCHASTIC,
        statement = "Regularisation usually costs training performance.",
        related = {"l2.costs-training", "compare.better-on-train", "compare.gap-shrinks"})
final class RegularisersCostTrainingTest extends BackendRuleTest<TrainingCosts> {

    /** What is less is printed as 0.0000. */
    private static final double NOTHING = 5e-5;

    @Override
    protected TrainingCosts evidence(Runs runs) {
        return TrainingCosts.of(runs);
    }

    /** Measured: ratios of 2.5e11 or more at the post's seed; over seeds, least losses of 0.0086 or more but for minibatches. */
    @Override
    protected Finding asSaid(TrainingCosts e) {
        return all(all(TrainingCosts.METHODS.stream().flatMap(method -> Stream.of(e.paired(method).lower(),
                        Majority.usually(method.id() + ": the last training loss is usually above the plain network's",
                                e.paired(method).differences(), d -> d < 0),
                        Majority.atLeast(method.id() + ": it is not printed as nothing at more than half of the seeds", 0.5,
                                e.last().get(method), loss -> loss >= NOTHING))).toArray(Finding[]::new)),
                each("at the post's seed each is a thousand times the plain network's", e.atPostsSeed(), ratio -> ratio >= 1000),
                Majority.atLeast("minibatches come down to nothing on the way, at nine seeds in ten", 0.9,
                        e.least().get(PostExperiment.MINIBATCH), loss -> loss < NOTHING),
                each("the others do not in any epoch at any seed", e.leastOfOthers(), loss -> loss >= NOTHING));
    }

    @Override
    protected Map<String, TrainingCosts> counterexamples(TrainingCosts e) {
        return Map.of("a plain network in every place", e.with(e.plain()), "losses exchanged", e.exchanged(),
                "minibatches' least losses in the place of the last", e.with(PostExperiment.MINIBATCH,
                        e.least().get(PostExperiment.MINIBATCH)),
                "weight decay and minibatches exchanged on the way", e.withLeastExchanged(PostExperiment.WEIGHT_DECAY,
                        PostExperiment.MINIBATCH),
                "a plain network that does not fit at the post's seed", e.atPostsSeed(1),
                "no number", e.atPostsSeed(Double.NaN));
    }

    @Override
    protected void describe(Document page, TrainingCosts e) {
        page.figure("medians from %.2g to %.2g, plain %.1g", e.leastMedian(), e.mostMedian(), TrainingCosts.median(e.plain()))
                .table("costs", TrainingCosts.header(), e.rows())
                .number("least", "%.1g", TrainingCosts.median(e.least().get(PostExperiment.MINIBATCH)))
                .number("leastOfOthers", "%.1g", Arrays.stream(e.leastOfOthers()).min().orElse(Double.NaN))
                .number("printed", "%d of %d", Arrays.stream(e.last().get(PostExperiment.MINIBATCH))
                        .filter(loss -> loss >= NOTHING).count(), e.plain().length)
                .number("stuck", "%d of %d", e.stuck(), e.plain().length)
                .picture("seeds", new DistributionPicture("What regularisers cost in training loss", Document.format(
                        "Training loss of the last epoch at %d seeds; 200 training samples", e.plain().length),
                        Axis.log("Mean squared error"), Stream.concat(
                                Stream.of(Group.of("Plain network", Palette.of(PostExperiment.MLP), e.plain())),
                                TrainingCosts.METHODS.stream().map(method ->
                                        Group.of(method.title(), Palette.of(method), e.last().get(method)))).toList(),
                        "the post's seed", List.of()).picture());
    }
}
