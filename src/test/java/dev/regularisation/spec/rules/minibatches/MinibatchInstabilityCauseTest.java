package dev.regularisation.spec.rules.minibatches;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.study.Jumps;
import dev.regularisation.support.PostRuns;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

@Rule(id = "minibatch.instability-cause", section = Section.MINIBATCHES, strength = Strength.CLAIM,
        statement = "Numerical instability makes the large gradients that throw the training loss up.",
        instead = "Not rounding makes the jumps, nor momentum, but Adam's division by the root of its second moment.",
        related = {"minibatch.recovery-by-momentum", "minibatch.unstable", "mlp.float32-floor"})
final class MinibatchInstabilityCauseTest extends RuleTest<MinibatchInstabilityCauseTest.Evidence> {

    private static final List<Long> SEEDS = List.of(PostRuns.SEED, 1L, 2L);
    private static final int EPOCHS = 600;
    /** Those that do not divide by the root of the second moment, or hide it. */
    private static final Set<Ablation> CALM = Set.of(Ablation.NO_NORMALISATION, Ablation.SGD, Ablation.EPSILON_1);

    /** First jumps of each variant at each seed, the least losses of those without normalisation, and the full batch's jump. */
    record Evidence(Map<Ablation, double[]> first, double[] least, FullBatchEdge edge) {

        double[] later(Ablation variant) {
            double[] adam = first.get(Ablation.ADAM);
            return IntStream.range(0, adam.length).mapToDouble(s -> first.get(variant)[s] - adam[s]).toArray();
        }

        double[] withoutNormalisation() {
            return CALM.stream().flatMapToDouble(variant -> DoubleStream.of(first.get(variant))).toArray();
        }

        Evidence with(Ablation variant, double epoch) {
            Map<Ablation, double[]> other = new EnumMap<>(first);
            other.put(variant, DoubleStream.generate(() -> epoch).limit(SEEDS.size()).toArray());
            return new Evidence(other, least, edge);
        }

        Evidence with(FullBatchEdge other) {
            return new Evidence(first, least, other);
        }
    }

    private final Map<Ablation, List<double[]>> losses = new EnumMap<>(Ablation.class);

    @Override
    protected Evidence evidence() {
        losses.putAll(Ablation.train(List.of(Ablation.values()), SEEDS, EPOCHS));
        return new Evidence(losses.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> entry.getValue().stream().mapToDouble(Ablation::first).toArray())),
                CALM.stream().flatMap(variant -> losses.get(variant).stream()).mapToDouble(Ablation::least).toArray(),
                FullBatchEdge.measure());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return each("rounded half a billion times finer it jumps first at least ten epochs later, or not at all",
                e.later(Ablation.FLOAT64), later -> later >= 10);
    }

    /** Measured: first jumps at 110, 119 and 100 in either precision; sharpness from 0.946 of the limit fifty steps before. */
    @Override
    protected Finding instead(Evidence e) {
        return all(each("in float64 it jumps first within two epochs of float32", e.later(Ablation.FLOAT64),
                d -> Math.abs(d) <= 2),
                each("without momentum it jumps no later", e.later(Ablation.NO_MOMENTUM), later -> later <= 0),
                each("with an ε of 1e-4, too small to hide the second moment, it jumps", e.first.get(Ablation.EPSILON_4),
                        Double::isFinite),
                each("without the division, or with an ε that hides it, it never jumps", e.withoutNormalisation(),
                        Double::isInfinite),
                each("and has trained to below 1e-6", e.least, least -> least <= 1e-6),
                within("just before the full batch jumps, the sharpness that Adam sees is at the limit, in units of it",
                        0.95, 1.02, e.edge.share()),
                within("that was measured so many steps before the jump", 1, 20, e.edge.since()),
                within("and it came within a twentieth of the limit so many steps before", 1, 100, e.edge.lateness()));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("a float64 without jumps", e.with(Ablation.FLOAT64, Double.POSITIVE_INFINITY),
                "a float64 that jumps 40 epochs later", e.with(Ablation.FLOAT64, 150),
                "momentum that brings jumps forward", e.with(Ablation.NO_MOMENTUM, 140),
                "an ε of 1e-4 that calms", e.with(Ablation.EPSILON_4, Double.POSITIVE_INFINITY),
                "jumps without normalisation", e.with(Ablation.SGD, 100),
                "a network that did not train", new Evidence(e.first, new double[] {1}, e.edge),
                "sharpness far below the limit", e.with(e.edge.with(1994, Map.of(1960, 1000.0, 1980, 1100.0))),
                "sharpness measured long before", e.with(e.edge.with(1994, Map.of(1900, 3700.0))),
                "sharpness at the limit without a jump", e.with(e.edge.with(1994, Map.of(1500, 3700.0, 1980, 3700.0))),
                "a full batch at rest", e.with(e.edge.with(-1, Map.of(1900, 3700.0))));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        double[] later = e.later(Ablation.FLOAT64);
        page.figure("first jumps %.0f, %.0f, %.0f epochs later in float64; none without normalisation", later[0], later[1],
                        later[2])
                .table("variants", Ablation.header(), Ablation.rows(losses)).picture("losses", Ablation.picture(losses))
                .number("limit", "%,.0f", FullBatchEdge.limit()).number("jump", "%,d", e.edge.jump())
                .number("from", "%.0e", e.edge.from()).number("first", "%,.0f", 6 * e.first.get(Ablation.ADAM)[0])
                .number("kept", "%d", Unrest.torchLosses("float32").length)
                .number("torch", "%.0f times in float32 and %.0f times in float64",
                        Jumps.count(Unrest.torchLosses("float32")), Jumps.count(Unrest.torchLosses("float64")))
                .picture("sharpness", e.edge.picture()).series("losses", Ablation.series(losses));
    }
}
