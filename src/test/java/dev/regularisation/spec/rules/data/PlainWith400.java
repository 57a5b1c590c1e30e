package dev.regularisation.spec.rules.data;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.theory.PairedComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The plain network with twice the samples, over seeds, against every network with 200. */
final class PlainWith400 {

    private PlainWith400() {
    }

    /** It against each regularised network with 200 samples. */
    static List<PairedSeeds> againstRegularised(Runs runs) {
        return Methods.REGULARISED.stream().map(method -> against(runs, method)).toList();
    }

    /** Each regularised network with 400 samples against it. */
    static List<PairedSeeds> regularised(Runs runs) {
        double[] plain = runs.seeds(400).bestValidationLosses(PostExperiment.MLP);
        return Methods.REGULARISED.stream().map(method -> new PairedSeeds("best validation loss with 400 samples", method.id(),
                runs.seeds(400).bestValidationLosses(method), PostExperiment.MLP.id(), plain)).toList();
    }

    private static PairedSeeds against(Runs runs, PostExperiment method) {
        return new PairedSeeds("best validation loss", "plain with 400 samples",
                runs.seeds(400).bestValidationLosses(PostExperiment.MLP), method.id() + " with 200",
                runs.seeds().bestValidationLosses(method));
    }

    /** That of {@link #againstRegularised}. */
    static PairedSeeds againstL1(List<PairedSeeds> pairs) {
        return pairs.get(Methods.REGULARISED.indexOf(PostExperiment.L1));
    }

    /** The pairs with L1's losses at 400 samples for those at 200. */
    static List<PairedSeeds> withStrongerL1(Runs runs, List<PairedSeeds> pairs) {
        List<PairedSeeds> stronger = new ArrayList<>(pairs);
        PairedSeeds l1 = againstL1(pairs);
        stronger.set(pairs.indexOf(l1), l1.against(runs.seeds(400).bestValidationLosses(PostExperiment.L1)));
        return stronger;
    }

    /** At how many seeds it is below L1. */
    static String wins(List<PairedSeeds> pairs) {
        PairedComparison l1 = againstL1(pairs).comparison();
        return Document.format("%d of %d", l1.lower(), l1.count());
    }

    /** At how many seeds it is not lower, by method. */
    static String otherwise(List<PairedSeeds> pairs) {
        return IntStream.range(0, pairs.size()).mapToObj(i -> Document.format("%d (%s)", pairs.get(i).comparison().count()
                - pairs.get(i).comparison().lower(), Methods.REGULARISED.get(i).title())).collect(Collectors.joining(", "));
    }

    static List<String> header() {
        return List.of("method with 200", "published, seed 42", "ours, seed 42", "plain with 400 is lower at",
                "mean difference, 99 % interval", "p (Wilcoxon)", "factor, 99.9 % interval");
    }

    static List<List<String>> rows() {
        return Methods.MLPS.stream().map(method -> {
            PairedSeeds pair = against(Runs.CPU, method);
            PairedComparison c = pair.comparison();
            return List.of(method.title(), Validation.printed(method, Quantity.BEST_VALIDATION_LOSS),
                    Document.format("%.4f", Validation.best(Runs.CPU.of(method))),
                            Document.format("%d of %d", c.lower(), c.count()),
                    Document.format("%.3f [%.3f, %.3f]", c.meanDifference(), c.meanInterval().from(), c.meanInterval().to()),
                    Document.format("%.1e", c.wilcoxonP()), Factor.of(pair.others(), pair.values()).text());
        }).toList();
    }

    static Picture picture() {
        List<Group> groups = new ArrayList<>(List.of(new Group("Plain MLP, 400", Palette.of(PostExperiment.MLP),
                Runs.CPU.seeds(400).bestValidationLosses(PostExperiment.MLP),
                Validation.best(Runs.CPU.of(PostExperiment.MLP, 400)))));
        Methods.MLPS.forEach(method -> groups.add(new Group(method.title() + ", 200", Palette.of(method),
                Runs.CPU.seeds().bestValidationLosses(method), Validation.best(Runs.CPU.of(method)))));
        return new DistributionPicture("The plain network with twice the samples against every network with 200",
                "A point is the best validation loss at a seed", Axis.log("Best validation loss"), groups, "Ours, seed 42",
                List.of(ReferenceLine.vertical("Variance of the noise, 0.04", 0.04))).picture();
    }
}
