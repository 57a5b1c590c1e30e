package dev.regularisation.spec.rules.minibatches;

import static dev.regularisation.spec.rules.minibatches.BatchSizes.EIGHT;
import static dev.regularisation.spec.rules.minibatches.BatchSizes.EQUAL;
import static dev.regularisation.spec.rules.minibatches.BatchSizes.FULL;
import static dev.regularisation.spec.rules.minibatches.BatchSizes.SIXTEEN;
import static dev.regularisation.spec.rules.minibatches.BatchSizes.SIXTY_FOUR;
import static dev.regularisation.spec.rules.minibatches.BatchSizes.THIRTY_TWO;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.theory.PairedComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

@Rule(id = "minibatch.smaller-is-stronger", section = Section.MINIBATCHES, strength = Strength.STOCHASTIC,
        statement = "Small batches regularise implicitly, the smaller the more, also at equal numbers of steps.",
        related = {"minibatch.improves-validation", "minibatch.noisy-gradient"})
final class MinibatchSmallerIsStrongerTest extends RuleTest<MinibatchSmallerIsStrongerTest.Evidence> {

    /** Best validation losses of neighbouring sizes at the same seeds, the smaller first. */
    record Evidence(List<PairedSeeds> pairs) {

        Evidence with(int place, PairedSeeds pair) {
            List<PairedSeeds> others = new ArrayList<>(pairs);
            others.set(place, pair);
            return new Evidence(others);
        }
    }

    @Override
    protected Evidence evidence() {
        return new Evidence(List.of(
                BatchSizes.paired(SIXTEEN, SIXTEEN.epochs(), THIRTY_TWO, THIRTY_TWO.epochs(), "steps"),
                BatchSizes.paired(THIRTY_TWO, THIRTY_TWO.epochs(), SIXTY_FOUR, SIXTY_FOUR.epochs(), "steps"),
                BatchSizes.paired(SIXTY_FOUR, SIXTY_FOUR.epochs(), FULL, FULL.epochs(), "steps"),
                BatchSizes.paired(SIXTEEN, EQUAL, THIRTY_TWO, EQUAL, "epochs"),
                BatchSizes.paired(THIRTY_TWO, EQUAL, SIXTY_FOUR, EQUAL, "epochs"),
                BatchSizes.paired(SIXTY_FOUR, EQUAL, FULL, EQUAL, "epochs"),
                BatchSizes.paired(EIGHT, EQUAL, SIXTEEN, EQUAL, "epochs")));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return Finding.all(e.pairs.stream().map(PairedSeeds::lower).toArray(Finding[]::new));
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
        others.put("a size against itself", e.with(0, new PairedSeeds(first.quantity(), first.candidate(), first.values(),
                first.baseline(), first.values())));
        return others;
    }

    @Override
    protected void describe(Document page, Evidence e) {
        PairedComparison eight = BatchSizes.paired(EIGHT, EIGHT.epochs(), SIXTEEN, SIXTEEN.epochs(), "steps").comparison();
        page.figure("at equal steps lower at %d, %d and %d of %d seeds", e.pairs.get(0).comparison().lower(),
                        e.pairs.get(1).comparison().lower(), e.pairs.get(2).comparison().lower(),
                                e.pairs.get(0).comparison().count())
                .table("pairs", List.of("sizes", "quantity", "smaller batch lower at", "median difference", "Wilcoxon's p"),
                        e.pairs.stream().map(BatchSizes::row).toList())
                .number("eight", "%d of %d seeds (p = %.2g)", eight.lower(), eight.count(), eight.wilcoxonP())
                .picture("sizes", BatchSizes.picture())
                .text("sure", e.pairs.get(0).sure())
                .number("kept", "%.2f", Arrays.stream(FULL.best(EQUAL)).average().orElseThrow())
                .number("later", "%.2f", Arrays.stream(FULL.best(FULL.epochs())).average().orElseThrow());
    }
}
