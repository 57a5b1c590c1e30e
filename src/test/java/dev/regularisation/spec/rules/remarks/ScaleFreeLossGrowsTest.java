package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.nn.CosineSimilarityLoss;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

@Rule(id = "remark.scale-free-loss-grows", section = Section.REMARKS, strength = Strength.LAW,
        statement = "A loss on cosine similarity puts no limit on the size of an embedding: norms grow, and a small weight decay "
                + "stops that at no cost.",
        related = {"minibatch.small-decay-stops-growth", "minibatch.weights-grow", "dropout.weights-grow"})
final class ScaleFreeLossGrowsTest extends RuleTest<ScaleFreeLossGrowsTest.Evidence> {

    /** One embedding; and networks, which generated cases go without. */
    record Evidence(Embedding embedding, EmbeddingRuns runs) {
    }

    @Override
    protected Evidence evidence() {
        return new Evidence(Embedding.of(new double[] {3, 4}, new double[] {1, 0}, 0.1), EmbeddingRuns.train());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return e.runs == null ? law(e.embedding) : all(law(e.embedding), networks(e.runs));
    }

    private static Finding law(Embedding e) {
        return all(exactly("a loss of the embedding doubled, or divided by 16, is the same to the bit", e.scaleFree(),
                        "%s", e.scaleFree()),
                atMost("attracted or repelled, the gradient is orthogonal to the embedding, within rounding, times", 1, e.along()),
                atMost("a step of descent adds η²‖g‖² to the squared length, within rounding, times", 1, e.growth()));
    }

    private static Finding networks(EmbeddingRuns e) {
        // Two norms are rounded by 2⁻²⁴ each. Measured: every step raises it, by 9e-5 of it at least. Under Adam from 3.8 to 6.7,
        // still rising by 7%, of which 2% would be enough; with decay falling by 5%, the loss 2% lower.
        return all(atMost("under descent the last layer's norm never falls by more than rounding, as a share of it", 0x1p-23,
                        e.largestFall()),
                within("under Adam the norm of all parameters has grown by half or more", 1.5, 10, e.growth()),
                atLeast("and grows still in the second half of the run", 1.02, EmbeddingRuns.late(e.without())),
                atMost("with a decay of 1e-4 it does not", 1, EmbeddingRuns.late(e.with())),
                within("at a loss that is at most a twentieth higher", 0.5, 1.05, e.cost()));
    }

    @Property(tries = 300)
    @Label("for any embedding, target and rate")
    void generated(@ForAll @IntRange(min = 1, max = 16) int dimensions,
            @ForAll @DoubleRange(min = -3, max = 3) @Scale(3) double magnitude,
            @ForAll @DoubleRange(min = 0.001, max = 2) @Scale(3) double rate, @ForAll long seed) {
        Random random = new Random(seed);
        double[] p = random.doubles(dimensions, -1, 1).map(v -> StrictMath.pow(10, magnitude) * v).toArray();
        require(new Evidence(Embedding.of(p, random.doubles(dimensions, -1, 1).toArray(), rate), null));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] p = {3, 4};
        double[] t = {1, 0};
        Map<String, Evidence> others = new LinkedHashMap<>();
        others.put("an unnormalised product", new Evidence(Embedding.of((a, b) -> -Embedding.dot(a, b),
                (a, b) -> new double[] {-b[0], -b[1]}, p, t, 0.1), e.runs));
        others.put("a squared error", new Evidence(Embedding.of((a, b) -> Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2),
                (a, b) -> new double[] {2 * (a[0] - b[0]), 2 * (a[1] - b[1])}, p, t, 0.1), e.runs));
        others.put("no number", new Evidence(Embedding.of((a, b) -> 1 - CosineSimilarityLoss.similarity(a, b),
                (a, b) -> new double[] {Double.NaN, 0}, p, t, 0.1), e.runs));
        others.put("descent with decay", new Evidence(e.embedding, e.runs.descending(e.runs.with())));
        others.put("a network that stays", new Evidence(e.embedding, e.runs.withAdam(e.runs.still(), e.runs.still())));
        others.put("a decay without effect", new Evidence(e.embedding, e.runs.withAdam(e.runs.without(), e.runs.without())));
        others.put("a decay that costs", new Evidence(e.embedding, e.runs.costly()));
        return others;
    }

    @Override
    protected void describe(Document page, Evidence e) {
        EmbeddingRuns runs = e.runs;
        page.figure("norm %.1f to %.1f, with decay %.1f; loss %.4f against %.4f", runs.without().all()[0],
                        EmbeddingRun.last(runs.without().all()), EmbeddingRun.last(runs.with().all()),
                        EmbeddingRun.last(runs.without().loss()), EmbeddingRun.last(runs.with().loss()))
                .table("runs", List.of("optimiser", "loss", "norm of the last layer", "norm of all parameters",
                        "steps at which the last layer's norm fell"), runs.rows())
                .picture("norms", runs.picture()).series("norms", runs.series());
    }
}
