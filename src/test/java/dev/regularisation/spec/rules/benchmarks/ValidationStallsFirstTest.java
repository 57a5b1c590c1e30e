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
import dev.regularisation.support.Ensemble;
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

    /** Over 200 seeds, 195 epochs or more lay between the two, and from the floor on validation moved by at most 4e-7. */
    private static final int WELL_BEFORE = 100;
    private static final double FROZEN = 1e-5;

    /**
     * Epochs from validation's best to the floor, and how far it moved from then on: of the post's run in any case, and of those
     * of the seeds that reach a floor; and how many do.
     */
    record Evidence(Stall post, double[] lead, double[] moved, double share) {

        static Evidence of(History post, List<History> seeds) {
            List<Stall> reach = seeds.stream().filter(Stall::hasFloor).map(Stall::of).toList();
            Stall own = Stall.of(post);
            return new Evidence(own, Stream.concat(Stream.of(own), reach.stream()).mapToDouble(Stall::lead).toArray(),
                    Stream.concat(Stream.of(own), reach.stream()).mapToDouble(Stall::moved).toArray(),
                    (double) reach.size() / seeds.size());
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return Evidence.of(runs.of(PostExperiment.MLP).history(),
                runs.trained().of(PostExperiment.MLP).stream().map(Ensemble.Member::history).toList());
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
                atLeast("share of other seeds whose training loss reaches one", 0.8, e.share));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        History plain = Runs.CPU.of(PostExperiment.MLP).history();
        History decay = Runs.CPU.of(PostExperiment.WEIGHT_DECAY).history();
        return Map.of("validation that settles with the training loss", new Evidence(e.post,
                        Arrays.stream(e.lead).map(lead -> 0).toArray(), e.moved, e.share),
                "L1, which improves to the end", Evidence.of(Runs.CPU.of(PostExperiment.L1).history(), List.of(plain)),
                "weight decay, which has no such floor", Evidence.of(decay, List.of(plain)),
                "seeds of which half reach none", Evidence.of(plain, List.of(plain, decay)),
                "no number", new Evidence(e.post, e.lead, new double[] {Double.NaN}, e.share));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        History post = Runs.CPU.of(PostExperiment.MLP).history();
        List<Stall> stalls = Runs.CPU.trained().of(PostExperiment.MLP).stream().map(Ensemble.Member::history)
                .filter(Stall::hasFloor)
                .map(Stall::of).toList();
        page.figure("best at epoch %d, floor at %d", post.bestEpoch(), e.post.floor())
                .table("epochs", Stall.header(), Stall.rows(post)).picture("run", Stall.picture(post))
                .picture("seeds", Stall.scatter(stalls))
                .number("best", "%d", post.bestEpoch()).number("floor", "%d", e.post.floor())
                .number("loss", "%.1g", post.trainLoss(post.bestEpoch()))
                .number("orders", "%.0f", StrictMath.log10(post.trainLoss(post.bestEpoch()) / e.post.end()))
                .number("moved", "%.1g", e.post.moved())
                .number("reach", "%d of %d", stalls.size(), Runs.CPU.seeds().seeds().size())
                .number("lead", "%.0f", StatUtils.min(stalls.stream().mapToDouble(Stall::lead).toArray()))
                .number("medians", "%.0f against %.0f",
                StatUtils.percentile(stalls.stream().mapToDouble(Stall::settled).toArray(),
                        50), StatUtils.percentile(stalls.stream().mapToDouble(Stall::floor).toArray(), 50));
    }
}
