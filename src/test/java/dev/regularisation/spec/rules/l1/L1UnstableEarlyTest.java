package dev.regularisation.spec.rules.l1;

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
import dev.regularisation.spec.rules.Jumps;
import dev.regularisation.spec.rules.Roughness;
import dev.regularisation.training.History;
import java.util.Map;
import java.util.stream.DoubleStream;

@Rule(id = "l1.unstable-early", section = Section.L1, strength = Strength.CLAIM,
        statement = "The pull of L1 can make optimisation unstable, above all early on.",
        instead = "Paths are roughest late, when parameters have arrived at zero and rattle there; no training loss jumps.",
        related = {"l1.collapses-late", "l1.sparsifies", "setup.low-rate-is-smooth"})
final class L1UnstableEarlyTest extends BackendRuleTest<L1UnstableEarlyTest.Evidence> {

    private static final int EARLY = 100;

    /** Roughness of paths in the first 100 epochs and in the second half of the run; jumps of the loss at all seeds. */
    record Evidence(double early, double late, double plainEarly, double[] jumps) {
    }

    private static double jumps(History history) {
        return Jumps.count(history.trainLosses());
    }

    @Override
    protected Evidence evidence(Runs runs) {
        History l1 = runs.of(PostExperiment.L1).history();
        return new Evidence(Roughness.of(l1, 0, EARLY), Roughness.of(l1, l1.epochs() / 2, l1.epochs()),
                Roughness.of(runs.of(PostExperiment.MLP).history(), 0, EARLY), DoubleStream.concat(DoubleStream.of(jumps(l1)),
                        runs.seeds().of(PostExperiment.L1).stream().mapToDouble(run -> jumps(run.history()))).toArray());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(atLeast("early paths are rougher than the plain network's by a tenth", 1.1, e.early / e.plainEarly),
                atLeast("and at least as rough as those of the second half of the run, times", 1, e.early / e.late));
    }

    /** Measured at the post's seed: 4.4 times as rough late. */
    @Override
    protected Finding instead(Evidence e) {
        return all(atLeast("in the second half of the run paths are twice as rough as early on", 2, e.late / e.early),
                within("and go to and fro more than ahead", 1, 2, e.late),
                each("the training loss never jumps a hundredfold, at any seed", e.jumps, count -> count == 0));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("early and late exchanged", new Evidence(e.late, e.early, e.plainEarly, e.jumps),
                "paths as rough early as late", new Evidence(e.late, 1.5 * e.late, e.plainEarly, e.jumps),
                "paths that go ahead late, too", new Evidence(0.1, 0.5, e.plainEarly, e.jumps),
                "a loss that jumps", new Evidence(e.early, e.late, e.plainEarly, new double[] {0, 3}),
                "no number", new Evidence(Double.NaN, e.late, e.plainEarly, e.jumps));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("roughness %.2f early (plain network %.2f), %.2f late", e.early, e.plainEarly, e.late)
                .table("windows", RoughWindows.header(), RoughWindows.rows(Runs.CPU.of(PostExperiment.L1).history(),
                        Runs.CPU.of(PostExperiment.MLP).history()))
                .picture("windows", RoughWindows.picture()).number("jumps", "%d", e.jumps.length);
    }
}
