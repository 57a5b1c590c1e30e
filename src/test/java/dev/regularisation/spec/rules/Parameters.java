package dev.regularisation.spec.rules;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.support.Golden;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks' last parameters by magnitude. */
public final class Parameters {

    private Parameters() {
    }

    private static double share(double bound, double... parameters) {
        return Arrays.stream(parameters).map(theta -> Double.isNaN(theta) ? theta : Math.abs(theta) < bound ? 1 : 0).average()
                .orElse(Double.NaN);
    }

    /** The least share, of several networks, of parameters nearer to zero than a bound; NaN where one is no number. */
    public static double leastShare(double bound, List<double[]> networks) {
        return networks.stream().mapToDouble(parameters -> share(bound, parameters)).min().orElse(Double.NaN);
    }

    /** The greatest such share. */
    public static double mostShare(double bound, List<double[]> networks) {
        return networks.stream().mapToDouble(parameters -> share(bound, parameters)).max().orElse(Double.NaN);
    }

    /** The header of {@link #shares}. */
    public static List<String> shareHeader(double near, double step) {
        return List.of("method", "below " + near + ", the post's seed", "PyTorch's", "below " + near + ", all seeds",
                "below " + step + ", all seeds");
    }

    /** Shares near zero by method. */
    public static List<List<String>> shares(Runs runs, List<PostExperiment> methods, double near, double step) {
        return methods.stream().map(method -> {
            List<double[]> networks = runs.last(method);
            double torch = Golden.member(Golden.member(Golden.read("training.json"), method.id() + " train=200 float32"),
                    "near_zero_1e3").doubleValue();
            return List.of(method.title(), Document.format("%.4f", share(near, networks.get(0))), Document.format("%.4f", torch),
                    range(near, networks), range(step, networks));
        }).toList();
    }

    private static String range(double bound, List<double[]> networks) {
        return Document.format("%.3f to %.3f", leastShare(bound, networks), mostShare(bound, networks));
    }

    /** Magnitudes in order, of each method at the post's seed. */
    public static Map<String, double[]> magnitudes(Runs runs, List<PostExperiment> methods) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        methods.forEach(method -> columns.put(method.id(), magnitudes(runs, method)));
        return columns;
    }

    private static double[] magnitudes(Runs runs, PostExperiment method) {
        return Arrays.stream(runs.of(method).last().parameters()).map(Math::abs).sorted().toArray();
    }

    /** The distribution of magnitudes at the post's seed. */
    public static Picture distribution(Runs runs, List<PostExperiment> methods, Axis magnitude, ReferenceLine line) {
        return SeriesPicture.ofCurves("How near to zero the parameters are", "200 samples, the post's seed, after the last epoch",
                magnitude, Axis.linear("Share of parameters nearer to zero").covering(0, 1), methods.stream().map(method -> {
                    double[] magnitudes = magnitudes(runs, method);
                    double[] shares = new double[magnitudes.length];
                    Arrays.setAll(shares, i -> (i + 1.0) / shares.length);
                    return Series.of(method.title(), Palette.of(method), magnitudes, shares);
                }).toList(), List.of(line)).picture();
    }
}
