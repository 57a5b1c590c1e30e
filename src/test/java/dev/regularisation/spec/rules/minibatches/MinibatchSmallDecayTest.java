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
import java.util.Map;
import java.util.stream.DoubleStream;

@Rule(id = "minibatch.small-decay-stops-growth", section = Section.MINIBATCHES, strength = Strength.CLAIM,
        statement = "A weight decay near 1e-4 stops the growth of the parameters.",
        related = {"minibatch.weights-grow", "minibatch.small-decay-generalises", "dropout.weights-grow"})
final class MinibatchSmallDecayTest extends BackendRuleTest<MinibatchSmallDecayTest.Evidence> {

    private static final double DECAY = 1e-4;
    private static final double[] DECAYS = {0, DECAY};
    private static final int EPOCHS = 3000;

    /** Factors of Σθ² in the second half of a run, at the post's seed first: with the decay and without. */
    record Evidence(double[] with, double[] without) {
    }

    private static Ensemble<Double> runs() {
        return Norms.longRuns(PostExperiment.MINIBATCH, EPOCHS, DECAYS);
    }

    private static History atThePostsSeed(Runs runs, double decay) {
        return runs.train(Ablation.small(PostExperiment.MINIBATCH, PostRuns.SEED).epochs(EPOCHS).weightDecay(decay).build())
                .history();
    }

    private static double[] growth(History history, double decay) {
        return DoubleStream.concat(DoubleStream.of(Norms.lateGrowth(history)),
                runs().of(decay).stream().mapToDouble(run -> Norms.lateGrowth(run.history()))).toArray();
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(growth(atThePostsSeed(runs, DECAY), DECAY), growth(atThePostsSeed(runs, 0), 0));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("with the decay Σθ² rises by less than a tenth in the second half, and does not shrink by a quarter",
                        e.with, growth -> growth <= Norms.STEADY && growth >= 0.75),
                each("without it, it rises by more than a fifth", e.without, growth -> growth >= Norms.GROWING));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("a decay that reaches no parameter", new Evidence(e.without, e.without),
                "growth that was never there", new Evidence(e.with, e.with),
                "a decay that takes everything", new Evidence(new double[] {0.1}, e.without),
                "no number", new Evidence(new double[] {Double.NaN}, e.without));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("second half: Σθ² times %.2f with 1e-4, times %.2f without", e.with[0], e.without[0])
                .number("post", "%.2f with it and by %.2f without", e.with[0], e.without[0])
                .table("norms", Norms.decayHeader(), Norms.decayRows(runs(), DECAYS))
                .picture("norms", Norms.decayPicture("A weight decay of 1e-4 stops the growth", runs(), DECAYS))
                .series("norms", Map.of("decay_0", Norms.squared(runs().of(0.0).get(0).history()),
                        "decay_1e-4", Norms.squared(runs().of(DECAY).get(0).history())));
    }
}
