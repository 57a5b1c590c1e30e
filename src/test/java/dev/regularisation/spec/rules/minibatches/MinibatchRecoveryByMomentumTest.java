package dev.regularisation.spec.rules.minibatches;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.study.Jumps;
import dev.regularisation.support.PostRuns;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

@Rule(id = "minibatch.recovery-by-momentum", section = Section.MINIBATCHES, strength = Strength.CLAIM,
        statement = "Because of momentum Adam takes long to recover from a jump of the training loss.",
        related = {"minibatch.instability-cause", "minibatch.unstable"})
final class MinibatchRecoveryByMomentumTest extends RuleTest<MinibatchRecoveryByMomentumTest.Evidence> {

    private static final List<Long> SEEDS = List.of(PostRuns.SEED, 1L, 2L, 3L, 4L);
    private static final int EPOCHS = 1000;

    /** At each seed, epochs that the median jump lasts, and that it lasts from its peak on, with and without momentum. */
    record Evidence(double[] lasts, double[] lastsWithout, double[] falls, double[] fallsWithout) {
    }

    private final Map<Ablation, List<double[]>> losses = new EnumMap<>(Ablation.class);

    @Override
    protected Evidence evidence() {
        losses.putAll(Ablation.train(List.of(Ablation.ADAM, Ablation.NO_MOMENTUM), SEEDS, EPOCHS));
        return new Evidence(medians(Ablation.ADAM, jump -> jump.end() - jump.epoch()),
                medians(Ablation.NO_MOMENTUM, jump -> jump.end() - jump.epoch()),
                medians(Ablation.ADAM, jump -> jump.end() - jump.peak()),
                medians(Ablation.NO_MOMENTUM, jump -> jump.end() - jump.peak()));
    }

    /** The median of the jumps that were over before the run was, at each seed. */
    private double[] medians(Ablation variant, ToDoubleFunction<Jumps.Jump> epochs) {
        return losses.get(variant).stream().mapToDouble(run -> {
            double[] sorted = Jumps.of(run).stream().filter(jump -> jump.end() < run.length).mapToDouble(epochs).sorted()
                    .toArray();
            return sorted.length == 0 ? Double.NaN : (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        }).toArray();
    }

    private static double[] ratios(double[] with, double[] without) {
        return IntStream.range(0, with.length).mapToDouble(s -> with[s] / without[s]).toArray();
    }

    /** Measured: 2.84 to 15.9 times as long, and 1.7 to 3.3 times from the peak on. */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("the median jump lasts twice as long with momentum or longer at every seed",
                ratios(e.lasts, e.lastsWithout), ratio -> ratio >= 2),
                each("from its peak on it lasts 1.3 times as long or longer", ratios(e.falls, e.fallsWithout),
                        ratio -> ratio >= 1.3));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("durations exchanged", new Evidence(e.lastsWithout, e.lasts, e.fallsWithout, e.falls),
                "momentum without effect", new Evidence(e.lasts, e.lasts, e.falls, e.falls),
                "a fall that is as fast", new Evidence(e.lasts, e.lastsWithout, e.falls, e.falls),
                "no jump", new Evidence(new double[] {Double.NaN}, new double[] {20}, e.falls, e.fallsWithout));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        double[] ratios = Arrays.stream(ratios(e.lasts, e.lastsWithout)).sorted().toArray();
        page.figure("the median jump lasts %.1f to %.0f times as long as without momentum", ratios[0],
                ratios[ratios.length - 1])
                .table("durations", List.of("optimiser", "epochs that the median jump lasts", "of which after its peak",
                        "jumps", "epochs after the hundredth with a loss above 1e-3"), List.of(
                        Ablation.ADAM.recovery(losses, e.lasts, e.falls),
                        Ablation.NO_MOMENTUM.recovery(losses, e.lastsWithout, e.fallsWithout)))
                .series("losses", Ablation.series(losses));
    }
}
