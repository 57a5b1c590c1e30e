package dev.regularisation.spec.rules.minibatches;

import static dev.regularisation.spec.rules.minibatches.BatchSizes.EQUAL;
import static dev.regularisation.spec.rules.minibatches.BatchSizes.FULL;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RunRuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.theory.PairedComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "minibatch.smaller-is-stronger", section = Section.MINIBATCHES, strength = Strength.STOCHASTIC,
        statement = "Small batches regularise implicitly, the smaller the more, also at equal numbers of steps.",
        related = {"minibatch.improves-validation", "minibatch.noisy-gradient"})
final class MinibatchSmallerIsStrongerTest extends RunRuleTest<MinibatchSmallerIsStrongerTest.Evidence> {

    /** Twenty seeds, looked at before, did not tell 8 from 16 at equal steps: two looks, each at half the level of other rules. */
    private static final double LEVEL = PairedSeeds.LEVEL / 2;

    /** Best validation losses of neighbouring sizes at the same seeds, the smaller first. */
    record Evidence(List<PairedSeeds> pairs) {

        Evidence with(int place, PairedSeeds pair) {
            List<PairedSeeds> others = new ArrayList<>(pairs);
            others.set(place, pair);
            return new Evidence(others);
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(Stream.concat(neighbours((smaller, larger) -> BatchSizes.atEqualSteps(runs, smaller, larger)),
                neighbours((smaller, larger) -> BatchSizes.atEqualEpochs(runs, smaller, larger))).toList());
    }

    private static Stream<PairedSeeds> neighbours(BiFunction<BatchSizes, BatchSizes, PairedSeeds> pair) {
        BatchSizes[] sizes = BatchSizes.values();
        return IntStream.range(1, sizes.length).mapToObj(i -> pair.apply(sizes[i - 1], sizes[i]));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return Finding.all(e.pairs.stream().map(pair -> pair.lower(LEVEL)).toArray(Finding[]::new));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Map<String, Evidence> others = new LinkedHashMap<>();
        for (int i = 0; i < e.pairs.size(); i++) {
            PairedSeeds pair = e.pairs.get(i);
            others.put(pair.candidate() + " and " + pair.baseline() + " exchanged, " + pair.quantity(), e.with(i,
                    pair.exchanged()));
        }
        PairedSeeds first = e.pairs.get(0);
        others.put("a size against itself", e.with(0, first.against(first.values())));
        return others;
    }

    @Override
    protected void describe(Document page, Evidence e) {
        List<PairedComparison> steps = e.pairs.subList(0, 4).stream().map(PairedSeeds::comparison).toList();
        page.figure("at equal steps lower at %d, %d, %d and %d of %d seeds, from the smallest up", steps.get(0).lower(),
                        steps.get(1).lower(), steps.get(2).lower(), steps.get(3).lower(), steps.get(0).count())
                .table("pairs", BatchSizes.header(), e.pairs.stream().map(BatchSizes::row).toList())
                .number("eight", "%d of %d seeds (p = %.2g)", steps.get(0).lower(), steps.get(0).count(),
                        steps.get(0).wilcoxonP())
                .picture("sizes", BatchSizes.picture()).text("sure", e.pairs.get(0).sure(LEVEL))
                .number("kept", "%.2f", StatUtils.mean(FULL.best(Runs.CPU, EQUAL)))
                .number("later", "%.2f", StatUtils.mean(FULL.best(Runs.CPU, FULL.epochs())));
    }
}
