package dev.regularisation.spec.rules.comparison;

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
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.study.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/** Best validation losses beside the linear model's. */
final class AboveLinear {

    private AboveLinear() {
    }

    /** Those of methods over the linear model's, at every seed. */
    static double[] ratios(StudyRows rows, List<PostExperiment> methods) {
        return methods.stream().flatMapToDouble(method -> Arrays.stream(
                rows.ratios(method, PostExperiment.LINEAR, Measure.BEST_VALIDATION_LOSS))).toArray();
    }

    static List<String> header() {
        return List.of("method", "published, 200", "ours, 200", "ours, 400", "least training loss, 400", "200, least of seeds",
                "mean", "greatest");
    }

    /** All methods at the post's seed and over seeds. */
    static List<List<String>> rows() {
        Losses at200 = Losses.of(Runs.CPU, 200);
        Losses at400 = Losses.of(Runs.CPU, 400);
        return Stream.of(PostExperiment.values()).map(method -> {
            double[] seeds = Runs.CPU.seeds().bestValidationLosses(method);
            return Stream.concat(Stream.of(method.title(), Validation.printed(method, Quantity.BEST_VALIDATION_LOSS)),
                    Stream.of(at200.validation().get(method), at400.validation().get(method), at400.train().get(method),
                            StatUtils.min(seeds), StatUtils.mean(seeds), StatUtils.max(seeds))
                            .map(loss -> Document.format("%.4f", loss))).toList();
        }).toList();
    }

    static Picture picture() {
        return new DistributionPicture("How near the networks come to the linear model",
                "200 training samples; a point is the best validation loss at a seed", Axis.log("Best validation loss"),
                Stream.of(PostExperiment.values()).map(method -> new Group(method.title(), Palette.of(method),
                        Runs.CPU.seeds().bestValidationLosses(method), Validation.publishedBest(method))).toList(),
                "Published, seed 42", List.of(ReferenceLine.vertical("Variance of the noise, 0.04", Validation.NOISE))).picture();
    }
}
