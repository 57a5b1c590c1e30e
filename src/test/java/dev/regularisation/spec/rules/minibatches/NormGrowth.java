package dev.regularisation.spec.rules.minibatches;

import static dev.regularisation.spec.Document.format;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Norms;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/** Squared norms of the post's runs over epochs, as pages show them. */
final class NormGrowth {

    private NormGrowth() {
    }

    /** The header of {@link #rows}. */
    static List<String> header() {
        return List.of("Σθ² at the post's seed", "at first", "epoch 250", "epoch 500", "epoch 1,000");
    }

    /** Squared norms by method. */
    static List<List<String>> rows(List<PostExperiment> methods) {
        return methods.stream().map(method -> {
            double[] norms = squared(method);
            return List.of(method.title(), format("%.1f", norms[0]), format("%.1f", norms[250]), format("%.1f", norms[500]),
                    format("%.1f", norms[1000]));
        }).toList();
    }

    /** The header of {@link #factors}. */
    static List<String> factorHeader() {
        return List.of("Σθ² at the end over half way, all seeds", "least", "median", "greatest");
    }

    /** A row of factors. */
    static List<String> factors(String name, double[] factors) {
        return List.of(name, format("%.3f", StatUtils.min(factors)), format("%.3f", StatUtils.percentile(factors, 50)),
                format("%.3f", StatUtils.max(factors)));
    }

    /** Squared norms over epochs. */
    static Picture picture(String title, List<PostExperiment> methods) {
        return SeriesPicture.ofCurves(title, "seed 42, 200 training samples", Axis.linear("Epoch"),
                Axis.linear("Squared L2 norm Σθ² of all parameters").covering(0, 0), methods.stream()
                        .map(method -> Series.byEpoch(method.title(), Palette.of(method), squared(method))).toList(),
                List.of()).picture();
    }

    /** Squared norms of a run with a small decay and of one without. */
    static Picture decay(SquaredNorm with, SquaredNorm without) {
        return SeriesPicture.ofCurves("A weight decay of 1e-4 stops the growth", "seed 42, 200 training samples, batches of 32",
                Axis.linear("Epoch"), Axis.linear("Squared L2 norm Σθ² of all parameters").covering(0, 0),
                List.of(Series.byEpoch("no weight decay", Palette.series(0), without.path()),
                        Series.byEpoch("weight decay 1e-4", Palette.series(1), with.path())), List.of()).picture();
    }

    private static double[] squared(PostExperiment method) {
        return Norms.squared(Runs.CPU.of(method).history());
    }
}
