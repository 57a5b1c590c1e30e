package dev.regularisation.spec.rules.setup;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.setup.Stages.Reset;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "setup.seed-reproduces", section = Section.SETUP, strength = Strength.LAW,
        statement = "Resetting the seed before every random choice makes a run repeat.",
        related = {"setup.linear-plus-noise", "setup.validation-size-leaves-training", "loop.semantics"})
final class SeedReproducesTest extends RuleTest<SeedReproducesTest.Evidence> {

    /** Digests by stage: twice of one seed, then with unrelated draws before every reset, and of another seed. */
    record Evidence(Map<String, String> one, Map<String, String> again, Map<String, String> disturbed,
            Map<String, String> other) {
    }

    @Override
    protected Evidence evidence() {
        return new Evidence(Stages.of(PostRuns.SEED), Stages.of(PostRuns.SEED),
                Stages.drawn(PostRuns.SEED, 7, TorchGenerator::seed), Stages.of(PostRuns.SEED + 1));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        List<String> unlike = e.one.keySet().stream().filter(stage -> !e.one.get(stage).equals(e.again.get(stage))).toList();
        List<String> shifted = e.disturbed.keySet().stream()
                .filter(stage -> !e.disturbed.get(stage).equals(e.one.get(stage))).toList();
        List<String> alike = e.one.keySet().stream().filter(stage -> e.one.get(stage).equals(e.other.get(stage))).toList();
        return all(exactly("the same seed gives every stage the same bits", unlike.isEmpty() && !e.one.isEmpty(),
                "others: " + unlike),
                exactly("unrelated draws before each reset change no stage", shifted.isEmpty() && !e.disturbed.isEmpty(),
                        "changed: " + shifted),
                exactly("another seed changes every stage", alike.isEmpty(), "unchanged: " + alike));
    }

    @Property(tries = 40)
    @Label("at any seed, extra draws between the stages change nothing")
    void generated(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int extra) {
        require(drawn(seed, extra, TorchGenerator::seed, TorchGenerator::seed));
    }

    private static Evidence drawn(long seed, int extra, Reset first, Reset second) {
        return new Evidence(Stages.drawn(seed, 0, first), Stages.drawn(seed, 0, first), Stages.drawn(seed, extra, second),
                Stages.drawn(seed + 1, 0, first));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Reset deaf = (stream, seed) -> stream.seed(0);
        return Map.of("stages that go on with the stream", drawn(PostRuns.SEED, 1, TorchGenerator::seed, Stages.onlyAtFirst()),
                "a seed that is ignored", drawn(PostRuns.SEED, 1, deaf, deaf),
                "a seed from the clock", new Evidence(e.one, e.other, e.disturbed, e.other));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        TrainingResult run = Stages.trained(PostRuns.SEED);
        page.figure("%d of %d stages have the same bits again, the last after %d epochs of %,d parameters", e.one.keySet().stream()
                        .filter(stage -> e.one.get(stage).equals(e.again.get(stage))).count(), e.one.size(), run.history().epochs(),
                        run.history().parameterCount())
                .table("stages", List.of("stage", "seed 42", "seed 42 again", "seed 42, extra draws", "seed 43"),
                        e.one.keySet().stream().map(stage -> List.of(stage, brief(e.one, stage), brief(e.again, stage),
                                brief(e.disturbed, stage), brief(e.other, stage))).toList())
                .picture("runs", Stages.picture());
    }

    private static String brief(Map<String, String> stages, String stage) {
        return stages.containsKey(stage) ? stages.get(stage).substring(0, 12) + "…" : "";
    }
}
