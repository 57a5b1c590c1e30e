package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "mlp.validation-stalls-first", section = Section.BENCHMARKS, strength = Strength.CLAIM,
        statement = "Validation stops improving as the training loss enters its numerical floor.",
        qualified = "From the floor on validation stands still, but it stopped improving long before.",
        related = {"mlp.float32-floor", "mlp.overfits"})
final class ValidationStallsFirstTest extends BackendRuleTest<ValidationStallsFirstTest.Evidence> {

    /** Over 1,000 seeds, 184 epochs or more lie between the two, and from the floor on validation moves by at most 6e-7. */
    private static final int WELL_BEFORE = 100;
    private static final double FROZEN = 1e-5;

    /**
     * Epochs from validation's best to the floor, and how far it moved from then on: of the post's run in any case, and of those
     * of the seeds that reach a floor; and of each seed, 1 where it does and 0 where not.
     */
    record Evidence(Stall post, double[] lead, double[] moved, double[] reached) {

        static Evidence of(History post, List<StudyRow> seeds) {
            List<Stall> reach = seeds.stream().flatMap(row -> Stall.of(row).stream()).toList();
            Stall own = Stall.of(post);
            return new Evidence(own, Stream.concat(Stream.of(own), reach.stream()).mapToDouble(Stall::lead).toArray(),
                    Stream.concat(Stream.of(own), reach.stream()).mapToDouble(Stall::moved).toArray(),
                    seeds.stream().mapToDouble(row -> Stall.of(row).isPresent() ? 1 : 0).toArray());
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return Evidence.of(runs.of(PostExperiment.MLP).history(), runs.seeds().of(PostExperiment.MLP));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(standsStill(e), each("validation comes within 1 % of its best as the floor begins, 50 epochs more or less",
                e.lead, lead -> Math.abs(lead) <= 50));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(standsStill(e), each("validation comes within 1 % of its best 100 epochs before the floor or earlier",
                e.lead, lead -> lead >= WELL_BEFORE),
                atLeast("the post's best epoch comes so many before its floor", WELL_BEFORE, e.post.floor() - e.post.best()));
    }

    private static Finding standsStill(Evidence e) {
        return all(each("from the floor on validation moves by less than a hundred-thousandth", e.moved, m -> m <= FROZEN),
                atMost("the training loss of the post's run ends at a floor", Stall.ROUNDING, e.post.end()),
                Majority.atLeast("at 95 other seeds of a hundred it reaches one", 0.95, e.reached, r -> r == 1));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        History plain = Runs.CPU.of(PostExperiment.MLP).history();
        List<StudyRow> rows = Runs.CPU.seeds().of(PostExperiment.MLP);
        List<StudyRow> half = Stream.concat(rows.stream(), Runs.CPU.seeds().of(PostExperiment.WEIGHT_DECAY).stream()).toList();
        return Map.of("validation that settles with the training loss", new Evidence(e.post,
                        Arrays.stream(e.lead).map(lead -> 0).toArray(), e.moved, e.reached),
                "L1, which improves to the end", Evidence.of(Runs.CPU.of(PostExperiment.L1).history(), rows),
                "weight decay, which has no such floor", Evidence.of(Runs.CPU.of(PostExperiment.WEIGHT_DECAY).history(),
                        rows),
                "seeds of which half reach none", Evidence.of(plain, half),
                "no number", new Evidence(e.post, e.lead, new double[] {Double.NaN}, e.reached));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        History post = Runs.CPU.of(PostExperiment.MLP).history();
        List<Stall> stalls = Runs.CPU.seeds().of(PostExperiment.MLP).stream().flatMap(row -> Stall.of(row).stream()).toList();
        page.figure("best at epoch %d, floor at %d", post.bestEpoch(), e.post.floor())
                .table("epochs", Stall.header(), Stall.rows(post)).picture("run", Stall.picture(post))
                .picture("seeds", Stall.scatter(stalls))
                .number("best", "%d", post.bestEpoch()).number("floor", "%d", e.post.floor())
                .number("loss", "%.1g", post.trainLoss(post.bestEpoch()))
                .number("orders", "%.0f", StrictMath.log10(post.trainLoss(post.bestEpoch()) / e.post.end()))
                .number("moved", "%.1g", e.post.moved())
                .number("reach", "%d of %d", stalls.size(), e.reached.length)
                .number("lead", "%.0f", StatUtils.min(stalls.stream().mapToDouble(Stall::lead).toArray()))
                .number("medians", "%.0f against %.0f",
                StatUtils.percentile(stalls.stream().mapToDouble(Stall::settled).toArray(),
                        50), StatUtils.percentile(stalls.stream().mapToDouble(Stall::floor).toArray(), 50));
    }
}
