package dev.regularisation.spec.rules.setup;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.setup.ReferenceLoop.Trace;
import dev.regularisation.spec.rules.setup.ReferenceLoop.Variant;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "loop.semantics", section = Section.SETUP, strength = Strength.LAW,
        statement = "The loop resets the seed, records epoch 0 without a step and in training mode, and in each epoch "
                + "shuffles, leaves "
                + "out an incomplete batch, takes losses before steps and without penalties, then validates in evaluation "
                        + "mode.",
        related = {"setup.seed-reproduces", "setup.validation-size-leaves-training", "erratum.best-model-is-last"})
final class LoopSemanticsTest extends RuleTest<LoopSemanticsTest.Evidence> {

    private static final TrainingPlan PLAN = plan(6, 0.3, 0.02, 7);

    /** Bits that differ from the loop written down once more: of losses by epoch, and of the last parameters. */
    record Evidence(double train, double validation, double parameters) {

        static Evidence of(TrainingPlan plan, Trace wanted) {
            TrainingResult run = TrainingLoop.train(plan, new CpuBackend());
            return new Evidence(different(run.history().trainLosses(), wanted.train()),
                    different(run.history().validationLosses(), wanted.validation()),
                    different(run.last().parameters(), wanted.last()));
        }

        private static int different(double[] one, double[] other) {
            return (int) IntStream.range(0, one.length).filter(i -> !(one[i] == other[i])).count();
        }
    }

    /** Five dimensions, 20 training samples, 5-4-3-1: trained in a millisecond. */
    private static TrainingPlan plan(int batch, double dropout, double penalty, long seed) {
        return TrainingPlan.builder().problem(new LinearProblem(5, 20, 30, 0.2)).layers(5, 4, 3, 1).batchSize(batch)
                .dropout(dropout)
                .l1(penalty).l2(penalty).epochs(8).seed(seed).build();
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(PLAN, ReferenceLoop.run(PLAN));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(atMost("epochs at which the training loss has other bits", 0, e.train),
                atMost("epochs at which the validation loss has other bits", 0, e.validation),
                atMost("last parameters with other bits", 0, e.parameters));
    }

    @Property(tries = 60)
    @Label("at any batch size, dropout, strength of penalties and seed")
    void generated(@ForAll @IntRange(min = 1, max = 20) int batch, @ForAll @DoubleRange(max = 0.8) double dropout,
            @ForAll @DoubleRange(max = 0.5) double penalty, @ForAll long seed) {
        TrainingPlan plan = plan(batch, dropout, penalty, seed);
        require(Evidence.of(plan, ReferenceLoop.run(plan)));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Map<String, Evidence> wrong = new LinkedHashMap<>();
        Stream.of(Variant.values()).forEach(variant -> wrong.put("a loop that " + words(variant), of(variant)));
        return wrong;
    }

    private static Evidence of(Variant variant) {
        return Evidence.of(PLAN, ReferenceLoop.run(PLAN, variant));
    }

    private static String words(Variant variant) {
        return variant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("%.0f of %d losses and %.0f last parameters have other bits; %d of %d other loops are told apart",
                        e.train + e.validation, 2 * (PLAN.epochs() + 1), e.parameters, Stream.of(Variant.values())
                                .map(LoopSemanticsTest::of).filter(o -> o.train + o.validation + o.parameters > 0).count(),
                        Variant.values().length)
                .table("loops", List.of("a loop that", "training losses that differ", "validation losses", "last parameters"),
                        Arrays.stream(Variant.values()).map(variant -> {
                            Evidence other = of(variant);
                            return List.of(words(variant), Document.format("%.0f", other.train),
                                    Document.format("%.0f", other.validation), Document.format("%.0f", other.parameters));
                        }).toList());
    }
}
