package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.most;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RunRuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.study.Measure;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "dropout.against-independent-models", section = Section.DROPOUT, strength = Strength.STOCHASTIC,
        statement = "Since subnetworks share parameters, dropout gains less than averaging independently trained models.",
        instead = "Averaging two independent networks, which take as many epochs, gains, and dropout gains more.",
        related = {"dropout.averaging", "dropout.cheap", "dropout.improves-validation"})
final class AgainstIndependentTest extends RunRuleTest<AgainstIndependentTest.Evidence> {

    private static final String QUANTITY = "best validation loss";
    private static final String TWO = "the mean of two networks";

    /**
     * At some seeds: two networks averaged against dropout and against one network; and the first epoch at which the post's plain
     * network is within a hundredth of its least loss.
     */
    record Evidence(PairedSeeds dropout, PairedSeeds one, double[] learnt) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        StudyRows seeds = runs.seeds();
        Independent networks = Independent.at(seeds);
        return new Evidence(new PairedSeeds(QUANTITY, "dropout",
                        networks.same(seeds, PostExperiment.DROPOUT, Measure.BEST_VALIDATION_LOSS), TWO, networks.both()),
                new PairedSeeds(QUANTITY, TWO, networks.both(), "one", networks.one()),
                networks.same(seeds, PostExperiment.MLP, Measure.NEAR_BEST_EPOCH));
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
        return all(e.one.lower(), most("after 200 epochs the plain network has been within a hundredth of its least loss, at 95 seeds "
                + "in a hundred", 0.95, e.learnt, epoch -> epoch <= Independent.EPOCHS));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("roles of dropout and two exchanged", new Evidence(e.dropout.exchanged(), e.one, e.learnt),
                "roles of one and two exchanged", new Evidence(e.dropout, e.one.exchanged(), e.learnt),
                "networks that are stopped too early", new Evidence(e.dropout, e.one, new double[] {70, 352}),
                "no number", new Evidence(e.dropout, e.one, new double[] {Double.NaN}));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        StudyRows seeds = Runs.CPU.seeds();
        Independent networks = Independent.at(seeds);
        double[] last = networks.same(seeds, PostExperiment.DROPOUT, Measure.FINAL_VALIDATION_LOSS);
        double[] all = seeds.of(PostExperiment.MLP, Measure.NEAR_BEST_EPOCH);
        page.figure("mean over seeds: one network %.2f, two averaged %.2f, dropout %.2f", StatUtils.mean(e.one.others()),
                        StatUtils.mean(e.one.values()), StatUtils.mean(e.dropout.values()))
                .number("one", "%.3f", StatUtils.mean(e.one.others())).number("two", "%.3f", StatUtils.mean(e.one.values()))
                .number("drop", "%.3f", StatUtils.mean(e.dropout.values()))
                .number("last", "%d of %d", IntStream.range(0, last.length).filter(seed -> last[seed] < e.dropout.others()[seed])
                        .count(), last.length)
                .number("learnt", "%d of %d", Arrays.stream(all).filter(epoch -> epoch <= Independent.EPOCHS).count(), all.length)
                .number("validation", "%,d", Independent.VALIDATION).table("paired", PairedSeeds.header(), e.dropout.rows()).text("sure", e.dropout.sure())
                .series("losses", networks.series(e.dropout.values()));
    }
}
