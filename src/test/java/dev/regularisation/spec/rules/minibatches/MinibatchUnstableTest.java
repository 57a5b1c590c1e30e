package dev.regularisation.spec.rules.minibatches;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
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
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.study.Jumps;
import dev.regularisation.study.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "minibatch.unstable", section = Section.MINIBATCHES, strength = Strength.CLAIM,
        statement = "With minibatches the training loss falls to about 1e-6 and then jumps up again, repeatedly.",
        related = {"minibatch.instability-cause", "minibatch.recovery-by-momentum", "minibatch.growth-follows-jumps"})
final class MinibatchUnstableTest extends BackendRuleTest<MinibatchUnstableTest.Evidence> {

    /**
     * Jumps of the post's run, its loss at the start, before the first jump and at the highest peak; at other seeds jumps of
     * each run and the loss before its first; jumps of the full batch.
     */
    record Evidence(double jumps, double start, double first, double highest, double[] seeds, double[] valleys,
            double[] fullBatch) {

        static Evidence of(double[] losses, double[] seeds, double[] valleys, double[] fullBatch) {
            double count = Jumps.count(losses);
            List<Jumps.Jump> jumps = Double.isNaN(count) ? List.of() : Jumps.of(losses);
            return new Evidence(count, losses[0], jumps.stream().mapToDouble(Jumps.Jump::from).findFirst().orElse(Double.NaN),
                    jumps.stream().mapToDouble(Jumps.Jump::to).max().orElse(Double.NaN), seeds, valleys, fullBatch);
        }

        Evidence at(double[] otherSeeds, double[] otherFullBatch) {
            return new Evidence(jumps, start, first, highest, otherSeeds, valleys, otherFullBatch);
        }
    }

    private static double[] losses(Runs runs, PostExperiment method) {
        return runs.of(method).history().trainLosses();
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return Evidence.of(losses(runs, PostExperiment.MINIBATCH), runs.seeds().of(PostExperiment.MINIBATCH, Measure.JUMPS),
                Unrest.firstValleys(runs.seeds(), PostExperiment.MINIBATCH), DoubleStream.concat(
                        DoubleStream.of(Jumps.count(losses(runs, PostExperiment.MLP))),
                        Arrays.stream(runs.seeds().of(PostExperiment.MLP, Measure.JUMPS))).toArray());
    }

    /**
     * Measured: 4 jumps in float32, 5 in float64, at least 3 in sixty runs within rounding, the first from 3e-6 in either
     * precision. Of 1,000 other seeds 996 jump twice or more, up to 7 times, and 699 for the first time from there.
     */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(atLeast("at the post's seed it jumps at least twice", 2, e.jumps),
                within("its first jump starts from about 1e-6, within a factor of ten", 1e-7, 1e-5, e.first),
                Majority.atLeast("and so do the first jumps of more than half of the other runs", 0.5, e.valleys,
                        from -> from >= 1e-7 && from <= 1e-5),
                within("at the post's seed it jumps to above 1e-2, and not above where it began", 1e-2, e.start, e.highest),
                Majority.atLeast("nineteen seeds in twenty jump at least twice", 0.95, e.seeds, count -> count >= 2),
                each("the full batch never jumps in as many epochs", e.fullBatch, count -> count == 0));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] steady = IntStream.range(0, 1001).mapToDouble(t -> StrictMath.exp(-t / 50.0)).toArray();
        double[] high = IntStream.range(0, 1001).mapToDouble(t -> t % 200 < 100 ? 1e-4 : 1).toArray();
        double[] ripples = IntStream.range(0, 1001).mapToDouble(t -> t % 200 < 100 ? 1e-6 : 5e-4).toArray();
        return Map.of("the full batch in their place", Evidence.of(losses(Runs.CPU, PostExperiment.MLP), e.fullBatch, e.valleys,
                        e.fullBatch), "a steady descent", Evidence.of(steady, e.seeds, e.valleys, e.fullBatch),
                "losses that are no numbers", Evidence.of(new double[] {9, Double.NaN, 1e-6}, e.seeds, e.valleys, e.fullBatch),
                "jumps from on high", Evidence.of(high, e.seeds, same(1e-4, e.valleys.length), e.fullBatch),
                "jumps from float32's floor", new Evidence(e.jumps, e.start, 1e-13, e.highest, e.seeds,
                        same(1e-13, e.valleys.length), e.fullBatch),
                "ripples", Evidence.of(ripples, e.seeds, e.valleys, e.fullBatch),
                "seeds at rest", e.at(e.fullBatch, e.fullBatch), "a full batch that jumps", e.at(e.seeds, e.seeds));
    }

    private static double[] same(double value, int count) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    @Override
    protected void describe(Document page, Evidence e) {
        double[] minibatch = losses(Runs.CPU, PostExperiment.MINIBATCH);
        double[] plain = losses(Runs.CPU, PostExperiment.MLP);
        page.figure("%.0f jumps, the first from %.0e, up to %.1g; full batch none", e.jumps, e.first, e.highest)
                .table("jumps", Unrest.header(), Unrest.rows(minibatch)).picture("losses", Unrest.picture(minibatch, plain))
                .number("fewest", "%.0f to %.0f", StatUtils.min(e.seeds), StatUtils.max(e.seeds))
                .number("torch", "%.0e in float32 and %.0e in float64", Unrest.torch("float32"), Unrest.torch("float64"))
                .number("typical", "%.0e", StatUtils.percentile(e.valleys, 50))
                .number("range", "%.0e to %.0e", StatUtils.min(e.valleys), StatUtils.max(e.valleys))
                .number("near", "%d of %d", Arrays.stream(e.valleys).filter(from -> from >= 1e-7 && from <= 1e-5).count(),
                        e.valleys.length)
                .number("twice", "%d of %d", Arrays.stream(e.seeds).filter(count -> count >= 2).count(), e.seeds.length)
                .series("losses", Map.of("minibatches", minibatch, "full_batch", plain))
                .series("valleys", Map.of("from", e.valleys));
    }
}
