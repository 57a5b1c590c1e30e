package dev.regularisation.spec.rules.setup;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Jumps;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Rule(id = "setup.low-rate-is-smooth", section = Section.SETUP, strength = Strength.CLAIM,
        statement = "A low learning rate and many epochs cost computing, and give stable training and smooth paths.",
        qualified = "Lower rates give smoother paths at more epochs, but the post's rate is not low enough for all of its "
                + "runs: minibatches jump, and so does the plain network later on.",
        related = {"minibatch.unstable", "minibatch.instability-cause"})
final class LowRateIsSmoothTest extends BackendRuleTest<LowRateIsSmoothTest.Evidence> {

    /**
     * How many times as rough paths are as at the next lower rate; how far the plain network's training loss climbs at the
     * post's rate, in factors of e, and at three times that; epochs that a tenth of the rate needs as a multiple; and jumps:
     * of minibatches, of the other six runs, and of the plain network trained on for as long again and more.
     */
    record Evidence(double[] growth, double climb, double wildClimb, double epochs, double minibatch, double others,
            double longer) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(LearningRates.growth(runs), LearningRates.climb(runs), LearningRates.climbAt(0.03),
                LearningRates.epochsToNoise(0.001) / LearningRates.epochsToNoise(LearningRates.POST),
                jumps(runs, PostExperiment.MINIBATCH),
                Stream.of(PostExperiment.values()).filter(method -> method != PostExperiment.MINIBATCH)
                        .mapToDouble(method -> jumps(runs, method)).sum(), Jumps.of(LearningRates.longer()).size());
    }

    private static int jumps(Runs runs, PostExperiment method) {
        return Jumps.of(runs.of(method).history().trainLosses()).size();
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(smoother(e), atMost("jumps of minibatches at the post's rate", 0, e.minibatch),
                atMost("jumps of the other six runs at the post's rates", 0, e.others),
                atMost("jumps of the plain network, trained on to 2,200 epochs", 0, e.longer));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(smoother(e), atLeast("minibatches jump at the post's rate, times", 1, e.minibatch),
                atMost("jumps of the other six runs at the post's rates", 0, e.others),
                atLeast("the plain network, trained on to 2,200 epochs, jumps, times", 1, e.longer));
    }

    /**
     * Three times the rate was seen to make paths 1.8 to 2.3 times as rough at the post's seed; ten times, at least 2.1 at the
     * others. The loss climbed by 0.14 factors at the post's rate and by 150 at three times that.
     */
    private static Finding smoother(Evidence e) {
        return all(each("paths are 1.3 to 30 times as rough as at the next lower rate, at every seed", e.growth,
                g -> g >= 1.3 && g <= 30),
                atMost("the plain network's training loss climbs at the post's rate, in factors of e", 1, e.climb),
                atLeast("it climbs at three times that rate", 10, e.wildClimb),
                within("a tenth of the rate takes so many times the epochs to the noise", 2, 30, e.epochs));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("no jumps at all", new Evidence(e.growth, e.climb, e.wildClimb, e.epochs, 0, 0, 0),
                "rates in the wrong order",
                new Evidence(new double[] {0.5, 0.4}, e.climb, e.wildClimb, 1 / e.epochs, e.minibatch,
                        e.others, e.longer),
                "roughness without a trend",
                new Evidence(new double[] {1, 1}, e.climb, e.wildClimb, e.epochs, e.minibatch, e.others,
                        e.longer),
                "a loss that climbs at any rate",
                new Evidence(e.growth, e.wildClimb, e.wildClimb, e.epochs, e.minibatch, 1, e.longer),
                "a loss that climbs at none",
                new Evidence(e.growth, e.climb, e.climb, e.epochs, e.minibatch, e.others, e.longer),
                "a straight path and one to and fro", new Evidence(new double[] {LearningRates.roughness(9, 1, (t, i) -> 3 * t),
                        LearningRates.roughness(1000, 1, (t, i) -> t % 2)}, e.climb, e.wildClimb, e.epochs, e.minibatch,
                        e.others,
                        e.longer),
                "no number", new Evidence(e.growth, Double.NaN, e.wildClimb, e.epochs, e.minibatch, e.others, e.longer));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("R = %.2f at the post's 0.01, %.2f at a tenth, %.2f at ten times that; %.0f jumps of minibatches",
                        LearningRates.roughnessAt(LearningRates.POST), LearningRates.roughnessAt(0.001),
                        LearningRates.roughnessAt(0.1),
                        e.minibatch)
                .table("rates", LearningRates.header(), LearningRates.rows())
                .table("runs", List.of("run", "epochs", "jumps of the training loss", "roughness R"), LearningRates.runs())
                .picture("paths", LearningRates.paths()).picture("roughness", LearningRates.picture())
                .number("jumps", "%.0f", e.minibatch)
                .number("first", "%d", Jumps.first(LearningRates.longer()))
                .number("best", "%d", Runs.CPU.of(PostExperiment.MLP).history().bestEpoch())
                .number("epochs", "%.1f", e.epochs).number("seeds", "%d", LearningRates.seeds())
                .series("rough", LearningRates.series());
    }
}
