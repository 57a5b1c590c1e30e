package dev.regularisation.spec.rules.minibatches;

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
import dev.regularisation.spec.rules.Norms;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

@Rule(id = "minibatch.small-decay-stops-growth", section = Section.MINIBATCHES, strength = Strength.CLAIM,
        statement = "A weight decay near 1e-4 stops the growth of the parameters.",
        related = {"minibatch.weights-grow", "minibatch.small-decay-generalises", "dropout.weights-grow"})
final class MinibatchSmallDecayTest extends BackendRuleTest<MinibatchSmallDecayTest.Evidence> {

    private static final double DECAY = 1e-4;
    private static final double[] DECAYS = {0, DECAY};
    private static final int EPOCHS = 3000;

    /** How Σθ² goes, at the post's seed first: with the decay and without. */
    record Evidence(List<SquaredNorm> with, List<SquaredNorm> without) {
    }

    private static Ensemble<Double> runs() {
        return Norms.longRuns(PostExperiment.MINIBATCH, EPOCHS, DECAYS);
    }

    private static List<SquaredNorm> paths(Runs runs, double decay) {
        History posts = runs.train(Ablation.small(PostExperiment.MINIBATCH, PostRuns.SEED).epochs(EPOCHS).weightDecay(decay)
                .build()).history();
        return Stream.concat(Stream.of(posts), runs().of(decay).stream().map(Ensemble.Member::history)).map(SquaredNorm::of)
                .toList();
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(paths(runs, DECAY), paths(runs, 0));
    }

    private static double[] values(List<SquaredNorm> paths, ToDoubleFunction<SquaredNorm> value) {
        return paths.stream().mapToDouble(value).toArray();
    }

    /**
     * Measured with the decay: factors of 0.79 to 0.86, as the norm rises in jumps and sinks between them, from 63 to 100 in
     * the second half; the level leaves a fifth on either side. Without it: factors of 1.75 to 1.88 both times.
     */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("with the decay Σθ² rises by less than a tenth in the second half, and does not shrink by a quarter",
                        values(e.with, SquaredNorm::late), growth -> growth <= Norms.STEADY && growth >= 0.75),
                each("all through it, it is above 50", values(e.with, SquaredNorm::least), least -> least >= 50),
                each("and below 120", values(e.with, SquaredNorm::most), most -> most <= 120),
                each("without it, it rises by more than a fifth", values(e.without, SquaredNorm::late),
                        growth -> growth >= Norms.GROWING),
                each("and by as much from a quarter to half of the run", values(e.without, SquaredNorm::early),
                        growth -> growth >= Norms.GROWING));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        SquaredNorm with = e.with.get(0);
        return Map.of("a decay that reaches no parameter", new Evidence(e.without, e.without),
                "growth that was never there", new Evidence(e.with, e.with),
                "a decay that takes everything", new Evidence(List.of(with.times(0.1)), e.without),
                "growth that stops late", new Evidence(List.of(with.times(2)), e.without),
                "growth that comes late alone", new Evidence(e.with, List.of(e.without.get(0).with(1, 2))),
                "no number", new Evidence(List.of(with.with(1, Double.NaN)), e.without));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        SquaredNorm with = e.with.get(0);
        SquaredNorm without = e.without.get(0);
        page.figure("second half: Σθ² times %.2f with 1e-4, times %.2f without", with.late(), without.late())
                .number("post", "%.2f with it and by %.2f without", with.late(), without.late())
                .number("thousand", "%.2f with it and by %.2f without", with.postsHalf(), without.postsHalf())
                .number("jumps", "%.0f times with it and %.0f times without", with.jumps(), without.jumps())
                .number("level", "%.0f to %.0f", Arrays.stream(values(e.with, SquaredNorm::least)).min().orElseThrow(),
                        Arrays.stream(values(e.with, SquaredNorm::most)).max().orElseThrow())
                .table("norms", Norms.decayHeader(), Norms.decayRows(runs(), DECAYS))
                .picture("norms", Norms.decayPicture("A weight decay of 1e-4 stops the growth", runs(), DECAYS))
                .series("norms", Map.of("decay_0", Norms.squared(runs().of(0.0).get(0).history()),
                        "decay_1e-4", Norms.squared(runs().of(DECAY).get(0).history())));
    }
}
