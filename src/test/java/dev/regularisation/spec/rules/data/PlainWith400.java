package dev.regularisation.spec.rules.data;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.not;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.PairedComparison;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plain network with twice the samples, over seeds, against every network with 200. */
final class PlainWith400 {

    /** Of {@link PairedSeeds#comparison()}. */
    private static final double CONFIDENCE = 0.99;

    /** What it beats over seeds. */
    static final List<PostExperiment> ALL_BUT_L1 = Methods.MLPS.stream().filter(method -> method != PostExperiment.L1).toList();

    private static final int EPOCHS = 200;
    /**
     * Later than this share of the run a least loss may not be the least: a longer run could only lower it. Measured: none of
     * 20 is later.
     */
    private static final double SETTLED = 0.85;
    private static final TrainingPlan PLAN = PostExperiment.MLP.plan(PostRuns.SEED, 400).toBuilder().epochs(EPOCHS).build();

    private PlainWith400() {
    }

    private static Ensemble<PostExperiment> runs() {
        return Ensembles.of("plain 400, 200 epochs", Map.of(PostExperiment.MLP, PLAN), Ensembles.SEEDS);
    }

    /** Its best validation losses. */
    static double[] losses() {
        return runs().bestValidationLosses(PostExperiment.MLP);
    }

    /** The best epochs of its runs, had they stopped after some epochs, as shares of those. */
    static double[] bestEpochs(int epochs) {
        return runs().of(PostExperiment.MLP).stream().map(Ensemble.Member::history).mapToDouble(history ->
                (double) IntStream.rangeClosed(0, epochs).boxed().min(Comparator.comparingDouble(history::validationLoss))
                        .orElseThrow() / epochs).toArray();
    }

    /** The same of the runs as they are. */
    static double[] bestEpochs() {
        return bestEpochs(EPOCHS);
    }

    /** How many are settled. */
    static long settled(double[] bestEpochs) {
        return Arrays.stream(bestEpochs).filter(share -> share <= SETTLED).count();
    }

    /** It against a method with 200 samples. */
    static PairedSeeds against(PostExperiment method) {
        return new PairedSeeds("best validation loss", "plain with 400 samples", losses(), method.id() + " with 200",
                Runs.CPU.seeds().bestValidationLosses(method));
    }

    /** The other method's losses in the place of a pair's. */
    static PairedSeeds asWeak(PairedSeeds pair, PairedSeeds weaker) {
        return new PairedSeeds(pair.quantity(), pair.candidate(), pair.values(), pair.baseline(), weaker.others());
    }

    /** That it is below the other, usually. */
    static Finding usuallyBelow(PairedSeeds pair) {
        return Majority.usually("over seeds plain with 400 samples is below " + pair.baseline() + ", usually",
                differences(pair),
                d -> d < 0);
    }

    /** The same, and that it is below in the mean: that a 99 % interval of the mean difference lies below 0. */
    static Finding below(PairedSeeds pair) {
        PairedComparison c = pair.comparison();
        return all(usuallyBelow(pair), Finding.atLevel("in the mean it is below " + pair.baseline(), 1 - CONFIDENCE, c.studentP(),
                c.meanDifference() < 0, "99 %% interval of the mean difference %.3f to %.3f", c.meanInterval().from(),
                c.meanInterval().to()));
    }

    private static double[] differences(PairedSeeds pair) {
        double[] differences = pair.values().clone();
        Arrays.setAll(differences, seed -> differences[seed] - pair.others()[seed]);
        return differences;
    }

    /** That neither is usually below the other, which stopping the runs does not bring about. */
    static Finding even(PairedSeeds pair, double[] bestEpochs) {
        return all(Majority.usually("its runs are at their best well before they stop, usually", bestEpochs,
                        share -> share <= SETTLED),
                not("plain with 400 samples is not usually below " + pair.baseline(), usuallyBelow(pair)),
                not("nor is that below it, usually", Majority.usually("the other below", differences(pair), d -> d > 0)));
    }

    static List<String> header() {
        return List.of("method with 200", "published, seed 42", "ours, seed 42", "plain with 400 is lower at",
                "mean difference, 99 % interval", "p (Wilcoxon)");
    }

    static List<List<String>> rows() {
        return Methods.MLPS.stream().map(method -> {
            PairedComparison c = against(method).comparison();
            return List.of(method.title(), Validation.printed(method, Quantity.BEST_VALIDATION_LOSS),
                    Document.format("%.4f", Validation.best(Runs.CPU.of(method))),
                            Document.format("%d of %d", c.lower(), c.count()),
                    Document.format("%.3f [%.3f, %.3f]", c.meanDifference(), c.meanInterval().from(), c.meanInterval().to()),
                    Document.format("%.1e", c.wilcoxonP()));
        }).toList();
    }

    static Picture picture() {
        List<Group> groups = new ArrayList<>(List.of(Group.of("Plain MLP, 400", Palette.of(PostExperiment.MLP), losses())
                .comparedWith(Validation.best(Runs.CPU.of(PostExperiment.MLP, 400)))));
        Methods.MLPS.forEach(method -> groups.add(Group.of(method.title() + ", 200", Palette.of(method),
                Runs.CPU.seeds().bestValidationLosses(method)).comparedWith(Validation.best(Runs.CPU.of(method)))));
        return new DistributionPicture("The plain network with twice the samples against every network with 200",
                "A point is the best validation loss at a seed", Axis.log("Best validation loss"), groups, "Ours, seed 42",
                List.of(ReferenceLine.vertical("Variance of the noise, 0.04", 0.04))).picture();
    }
}
