package dev.regularisation.spec.rules.l2;

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
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

@Rule(id = "l2.idle-directions-in-the-network", section = Section.WEIGHT_DECAY, strength = Strength.CLAIM,
        statement = "In the network, too, L2 moves the parameters mostly along directions of small curvature.",
        related = {"l2.keeps-what-matters", "l2.eigen-shrinkage", "l2.costs-training"})
final class IdleDirectionsTest extends BackendRuleTest<IdleDirectionsTest.Evidence> {

    private static final double LAMBDA = 0.085;

    /** Of several networks, by directions whose curvature is above the strength, or not: see {@link IdleDirections}. */
    record Evidence(double[] moved, double[] overIsotropic, double[] keptCurved, double[] keptOthers) {

        static Evidence of(IdleDirections... networks) {
            return new Evidence(Arrays.stream(networks).mapToDouble(n -> n.moved(LAMBDA)).toArray(),
                    Arrays.stream(networks).mapToDouble(n -> n.moved(LAMBDA) / n.shareOfDirections(LAMBDA)).toArray(),
                    Arrays.stream(networks).mapToDouble(n -> n.keptCurved(LAMBDA)).toArray(),
                    Arrays.stream(networks).mapToDouble(n -> n.keptOthers(LAMBDA)).toArray());
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return Evidence.of(IdleDirections.of(runs));
    }

    /** Measured at four seeds: 0.014 to 0.024, 0.15 to 0.25, 0.6 to 1.2, and 0.08 to 0.14. */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("of the squared move at most a tenth lies along directions whose curvature is above λ", e.moved,
                        s -> s <= 0.1),
                each("that is at most half of what a move without preference has there", e.overIsotropic, r -> r <= 0.5),
                each("along them half to twice of the parameters' squares stay", e.keptCurved, k -> k >= 0.5 && k <= 2),
                each("along the others a quarter at most", e.keptOthers, k -> k <= 0.25));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        IdleDirections post = IdleDirections.ofPost(Runs.CPU);
        double[] w = post.plain();
        Random random = new Random(1);
        double scale = Math.sqrt(post.squaredMove() / w.length);
        return Map.of("a move without preference", Evidence.of(post.to(Arrays.stream(w).map(v ->
                        v + scale * random.nextGaussian()).toArray())),
                "one factor for all", Evidence.of(post.to(Arrays.stream(w).map(v -> 0.45 * v).toArray())),
                "a move along the gradients of the predictions", Evidence.of(post.alongGradients()),
                "no penalty", Evidence.of(post.to(w)));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        IdleDirections post = IdleDirections.ofPost(Runs.CPU);
        page.figure("%.1f %% of the squared move, where %.1f %% of the directions are", 100 * e.moved[0],
                        100 * post.shareOfDirections(LAMBDA))
                .table("directions", IdleDirections.header(), post.rows(0, 1, 2, 5, 10, 50, 100, 150))
                .table("networks", IdleDirections.headerOfNetworks(), IdleDirections.rows(e.moved, e.overIsotropic, e.keptCurved,
                        e.keptOthers))
                .number("curved", "%d", post.curved(LAMBDA)).number("expanded", "%.2f", post.expandedRise())
                .number("risen", "%.4f", LastLosses.training(Runs.CPU.of(PostExperiment.WEIGHT_DECAY).history()));
    }
}
