package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.PairedSeeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "dropout.against-independent-models", section = Section.DROPOUT, strength = Strength.STOCHASTIC,
        statement = "Since subnetworks share parameters, dropout gains less than averaging independently trained models.",
        instead = "Averaging two independent networks, which take as many epochs, gains, and dropout gains more.",
        related = {"dropout.averaging", "dropout.cheap", "dropout.improves-validation"})
final class AgainstIndependentTest extends RuleTest<AgainstIndependentTest.Evidence> {

    private static final String QUANTITY = "best validation loss";
    private static final String TWO = "the mean of two networks";

    /**
     * Over seeds: two networks averaged against dropout and against one network; and what it costs the plain network to stop
     * after 200 epochs, as a factor of its best loss.
     */
    record Evidence(PairedSeeds dropout, PairedSeeds one, double[] stopped) {
    }

    @Override
    protected Evidence evidence() {
        Independent networks = Independent.trained();
        return new Evidence(new PairedSeeds(QUANTITY, "dropout", Runs.CPU.seeds().bestValidationLosses(PostExperiment.DROPOUT),
                TWO,
                networks.both()), new PairedSeeds(QUANTITY, TWO, networks.both(), "one", networks.one()),
                        Independent.stoppedEarly());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(fair(e), Finding.not("dropout is above the mean of two networks over seeds", e.dropout.lower()));
    }

    @Override
    protected Finding instead(Evidence e) {
        return all(fair(e), e.dropout.lower());
    }

    /** That averaging gains, and that its networks were trained for long enough. */
    private static Finding fair(Evidence e) {
        return all(e.one.lower(), each("to stop after 200 epochs costs a network at most a twentieth", e.stopped,
                f -> f <= 1.05));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("roles of dropout and two exchanged", new Evidence(e.dropout.exchanged(), e.one, e.stopped),
                "roles of one and two exchanged", new Evidence(e.dropout, e.one.exchanged(), e.stopped),
                "networks that are stopped too early", new Evidence(e.dropout, e.one, new double[] {1, 1.4}),
                "no number", new Evidence(e.dropout, e.one, new double[] {Double.NaN}));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Map<String, double[]> losses = new LinkedHashMap<>();
        losses.put("one", e.one.others());
        losses.put("two_averaged", e.one.values());
        losses.put("dropout", e.dropout.values());
        page.figure("mean over seeds: one network %.2f, two averaged %.2f, dropout %.2f", StatUtils.mean(e.one.others()),
                        StatUtils.mean(e.one.values()), StatUtils.mean(e.dropout.values()))
                .number("one", "%.3f", StatUtils.mean(e.one.others())).number("two", "%.3f", StatUtils.mean(e.one.values()))
                .number("drop", "%.3f", StatUtils.mean(e.dropout.values()))
                        .number("last", "%d of %d", IntStream.range(0, e.dropout.values().length).filter(seed ->
                        Runs.CPU.trained().of(PostExperiment.DROPOUT).get(seed).finalValidationLoss() < e.dropout.others()[seed])
                                .count(),
                        e.dropout.values().length)
                .number("stopped", "%.3f", StatUtils.max(e.stopped))
                .table("paired", PairedSeeds.header(), e.dropout.rows()).text("sure", e.dropout.sure())
                        .series("losses", losses);
    }
}
