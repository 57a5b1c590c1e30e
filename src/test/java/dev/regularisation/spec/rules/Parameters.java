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
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Networks' last parameters by magnitude. */
public final class Parameters {

    private Parameters() {
    }

    /** The post's run on a backend first, then those of the seeds. */
    public static List<StudyRow> runs(Runs runs, PostExperiment method) {
        return Stream.concat(Stream.of(StudyRow.of(StudyCell.asInPost(method, PostRuns.TRAIN_SIZE, PostRuns.SEED),
                runs.of(method))), runs.seeds().of(method).stream()).toList();
    }

    /** The share of its parameters nearer to zero than a thousandth. */
    public static double near(StudyRow run) {
        return run.get(Measure.NEAR_ZERO) / run.cell().plan().architecture().parameterCount();
    }

    /** The share of its weights, biases not counted, nearer to zero than a hundredth: one step of the optimiser. */
    public static double withinStep(StudyRow run) {
        List<Integer> sizes = run.cell().plan().layers();
        return run.get(Measure.NEAR_ZERO_WEIGHTS)
                / IntStream.range(1, sizes.size()).map(layer -> sizes.get(layer - 1) * sizes.get(layer)).sum();
    }

    /** The least share of several runs. */
    public static double least(List<StudyRow> runs, ToDoubleFunction<StudyRow> share) {
        return runs.stream().mapToDouble(share).min().orElse(Double.NaN);
    }

    /** The greatest. */
    public static double most(List<StudyRow> runs, ToDoubleFunction<StudyRow> share) {
        return runs.stream().mapToDouble(share).max().orElse(Double.NaN);
    }

    /** The share of parameters that are exactly zero. */
    public static double atZero(double... parameters) {
        return Arrays.stream(parameters).map(theta -> theta == 0 ? 1 : 0).average().orElse(Double.NaN);
    }

    /** The header of {@link #shares}. */
    public static List<String> shareHeader() {
        return List.of("method", "parameters below 0.001, the post's seed", "PyTorch's", "the same, all seeds",
                "weights below 0.01, all seeds");
    }

    /** Shares near zero by method. */
    public static List<List<String>> shares(Runs runs, List<PostExperiment> methods) {
        return methods.stream().map(method -> {
            List<StudyRow> all = runs(runs, method);
            double torch = Golden.member(Golden.member(Golden.read("training.json"), method.id() + " train=200 float32"),
                    "near_zero_1e3").doubleValue();
            return List.of(method.title(), Document.format("%.4f", near(all.get(0))), Document.format("%.4f", torch),
                    range(all, Parameters::near), range(all, Parameters::withinStep));
        }).toList();
    }

    private static String range(List<StudyRow> runs, ToDoubleFunction<StudyRow> share) {
        return Document.format("%.3f to %.3f", least(runs, share), most(runs, share));
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
