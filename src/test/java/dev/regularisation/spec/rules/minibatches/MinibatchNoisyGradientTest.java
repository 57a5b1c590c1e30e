package dev.regularisation.spec.rules.minibatches;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Minibatches;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Gradients;
import dev.regularisation.support.PostRuns;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "minibatch.noisy-gradient", section = Section.MINIBATCHES, strength = Strength.LAW,
        statement = "The gradient of a minibatch is that of all samples plus noise, the less of it the larger the batch.",
        related = {"minibatch.smaller-is-stronger", "minibatch.improves-validation"})
final class MinibatchNoisyGradientTest extends RuleTest<MinibatchNoisyGradientTest.Evidence> {

    private static final List<Integer> SIZES = List.of(1, 2, 4, 8, 16, 32, 64, 128);

    /**
     * How far the mean of all batches, or of a partition, is from the full gradient; noise against its law, in roundings over
     * all batches of a small network and in standard errors over sampled ones of the post's; its noise by rising batch size;
     * samples that a pass of the post's leaves out.
     */
    record Evidence(double bias, double exact, double sampled, double[] noise, int leftOut) {
    }

    private static final double[][] PER_SAMPLE = perSample(
            new Gradients(List.of(50, 25, 25, 1), LinearProblem.POST.draw(PostRuns.SEED).train()), PostRuns.SEED);

    private List<BatchNoise> measured = List.of();

    private static double[][] perSample(Gradients gradients, long seed) {
        return gradients.perSample(gradients.initial(seed));
    }

    private static Evidence exact(int size, List<double[]> batches, double... noise) {
        BatchNoise all = BatchNoise.of(size, PER_SAMPLE, batches);
        return new Evidence(all.bias(), all.rounding(), 0, noise, leftOut());
    }

    private static List<BatchNoise> everyBatch(long seed, int n) {
        Gradients gradients = new Gradients(List.of(3, 4, 1), new LinearProblem(3, n, 1, 0.2).draw(seed).train());
        return BatchNoise.everyBatch(gradients, gradients.initial(seed));
    }

    private static int leftOut() {
        return 200 - 32 * new Minibatches(200, 32).count();
    }

    @Override
    protected Evidence evidence() {
        measured = SIZES.stream().map(size -> BatchNoise.shuffled(PER_SAMPLE, size)).toList();
        return new Evidence(BatchNoise.of(40, PER_SAMPLE, BatchNoise.pass(PER_SAMPLE, 40,
                new TorchGenerator(PostRuns.SEED))).bias(),
                everyBatch(PostRuns.SEED, 7).stream().mapToDouble(BatchNoise::rounding).max().orElse(Double.NaN),
                measured.stream().skip(1).mapToDouble(BatchNoise::z).max().orElse(Double.NaN),
                BatchNoise.values(measured, BatchNoise::measured), leftOut());
    }

    /** Eight Gaussian z values exceed 5 with probability 5e-6; measured at the seed used: at most 2. */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(atMost("the mean over batches is the full gradient, but for rounding, times", 1, e.bias),
                atMost("over every batch there is, noise is σ²/B (n − B)/(n − 1), but for rounding, times", 1, e.exact),
                atMost("over shuffled passes it is that within so many standard errors", 5, e.sampled),
                each("it falls from each batch size to the next", differences(e.noise), difference -> difference < 0),
                exactly("a pass in batches of 32 leaves out the 8 of 200 samples that are no batch", e.leftOut == 8, "%d",
                        e.leftOut));
    }

    private static double[] differences(double[] values) {
        return IntStream.range(1, values.length).mapToDouble(i -> values[i] - values[i - 1]).toArray();
    }

    @Property(tries = 40)
    @Label("over every batch of a size the mean is the gradient and the noise is exact")
    void generated(@ForAll long seed, @ForAll @IntRange(min = 2, max = 7) int n) {
        List<BatchNoise> all = everyBatch(seed, n);
        for (BatchNoise noise : all) {
            require(new Evidence(noise.bias(), noise.rounding(), 0, BatchNoise.values(all, BatchNoise::measured), leftOut()));
        }
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        List<double[]> pass = BatchNoise.pass(PER_SAMPLE, 40, new TorchGenerator(PostRuns.SEED));
        List<double[]> summed = pass.stream().map(g -> Arrays.stream(g).map(v -> 40 * v).toArray()).toList();
        List<double[]> repeated = List.of(PER_SAMPLE);
        return Map.of("a loss that is summed", exact(40, summed, e.noise),
                "one batch of a pass", exact(40, pass.subList(0, 1), e.noise),
                "batches that repeat one sample", exact(40, repeated, e.noise),
                "such, sampled", new Evidence(e.bias, e.exact, BatchNoise.of(40, PER_SAMPLE, repeated).z(), e.noise, e.leftOut),
                "noise that rises", new Evidence(e.bias, e.exact, e.sampled, new double[] {1, 2}, e.leftOut),
                "a pass that keeps no batch", new Evidence(e.bias, e.exact, e.sampled, e.noise, 200),
                "no number", new Evidence(Double.NaN, e.exact, e.sampled, e.noise, e.leftOut));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("noise at 32 is 1/%.0f of one sample's, law 1/%.0f", e.noise[0] / e.noise[5],
                        e.noise[0] / measured.get(5).expected())
                .table("noise", List.of("batch size B", "batches", "measured", "± standard error", "law"),
                        measured.stream().map(BatchNoise::row).toList())
                .picture("noise", BatchNoise.picture(measured))
                .series("noise", Map.of("batch_size", BatchNoise.values(measured, BatchNoise::size), "measured", e.noise,
                        "law", BatchNoise.values(measured, BatchNoise::expected)));
    }
}
