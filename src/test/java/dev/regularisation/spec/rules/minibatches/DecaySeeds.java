package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Norms;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How Σθ² goes over seeds in batches of 32, with a weight decay of 1e-4 and without.
 *
 * @param posts factors in the second half of the post's 1,000 epochs, with and without
 * @param late  factors in the second half of 3,000, with the decay
 * @param last  Σθ² at their end
 * @param free  factors in the second half of 3,000, without
 * @param early and from a quarter to half of them
 */
record DecaySeeds(PairedSeeds posts, double[] late, double[] last, double[] free, double[] early) {

    private static final String DECAY = "weight_decay=1.0E-4";
    private static final String LONG = "epochs=3000";

    static DecaySeeds of(Runs runs) {
        return new DecaySeeds(new PairedSeeds("Σθ² at epoch 1,000 over that at 500", "a decay of 1e-4",
                values(runs, DECAY, Norms::lateGrowth), "no decay", values(runs, "", Norms::lateGrowth)),
                values(runs, DECAY + " " + LONG, Norms::lateGrowth),
                values(runs, DECAY + " " + LONG, run -> run.get(Measure.L2_LAST)),
                values(runs, LONG, Norms::lateGrowth), values(runs, LONG, Norms::earlyGrowth));
    }

    private static double[] values(Runs runs, String settings, ToDoubleFunction<StudyRow> value) {
        return runs.variants(settings).of(PostExperiment.MINIBATCH).stream().mapToDouble(value).toArray();
    }

    /** A decay that stops growth in the post's epochs. */
    DecaySeeds stoppingEarly() {
        return new DecaySeeds(new PairedSeeds(posts.quantity(), posts.candidate(), late, posts.baseline(), posts.others()), late,
                last, free, early);
    }

    /** A decay that reaches no parameter. */
    DecaySeeds without() {
        return new DecaySeeds(new PairedSeeds(posts.quantity(), posts.candidate(), posts.others(), posts.baseline(),
                posts.others()), free, last, free, early);
    }

    /** Growth that is never there. */
    DecaySeeds still() {
        return new DecaySeeds(posts, late, last, late, late);
    }

    /** A decay that makes growth in the post's epochs faster. */
    DecaySeeds hastening() {
        return new DecaySeeds(posts.exchanged(), late, last, free, early);
    }

    /** A decay that leaves half of what was there half way. */
    DecaySeeds shrinking() {
        return new DecaySeeds(posts, Arrays.stream(late).map(growth -> growth / 2).toArray(), last, free, early);
    }

    /** Σθ² at the end of 3,000 epochs where the decay has not stopped growth. */
    double[] rising() {
        return IntStream.range(0, late.length).filter(seed -> late[seed] > Norms.STEADY).mapToDouble(seed -> last[seed]).toArray();
    }

    /** At how many seeds the second half adds a tenth at most. */
    static String steady(double... factors) {
        return Arrays.stream(factors).filter(growth -> growth <= Norms.STEADY).count() + " of " + factors.length;
    }

    /** Others at the end. */
    DecaySeeds endingAt(double... others) {
        return new DecaySeeds(posts, late, others, free, early);
    }

    List<List<String>> rows() {
        return List.of(NormGrowth.factors("1,000 epochs, with the decay", posts.values()),
                NormGrowth.factors("1,000 epochs, without", posts.others()), NormGrowth.factors("3,000 epochs, with the decay", late),
                NormGrowth.factors("3,000 epochs, without", free));
    }

    Picture picture() {
        return new DistributionPicture("Growth in the second half of a run", "A point is a seed; 200 samples, batches of 32",
                Axis.linear("Σθ² at the end over Σθ² half way").covering(1, 1), List.of(
                        Group.of("1,000 epochs, 1e-4", Palette.BLUE, posts.values()),
                        Group.of("1,000 epochs, no decay", Palette.VERMILION, posts.others()),
                        Group.of("3,000 epochs, 1e-4", Palette.BLUE, late),
                        Group.of("3,000 epochs, no decay", Palette.VERMILION, free)),
                "", List.of(ReferenceLine.vertical("Steady: a tenth more", Norms.STEADY))).picture();
    }

    Map<String, double[]> series() {
        return Map.of("1000_decay", posts.values(), "1000_none", posts.others(), "3000_decay", late, "3000_none", free);
    }
}
