package dev.regularisation.spec.rules.l1;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Roughness;
import dev.regularisation.training.History;
import java.util.List;
import java.util.stream.IntStream;

/** Roughness of the parameters' paths by windows of epochs. */
final class RoughWindows {

    private static final int WINDOW = 50;

    private RoughWindows() {
    }

    /** The mean of |Δθₜ| over those epochs and all parameters. */
    static double pace(History history, int from, int to) {
        double steps = 0;
        for (int i = 0; i < history.parameterCount(); i++) {
            for (int epoch = from + 1; epoch <= to; epoch++) {
                steps += Math.abs(history.parameter(epoch, i) - history.parameter(epoch - 1, i));
            }
        }
        return steps / history.parameterCount() / (to - from);
    }

    static List<String> header() {
        return List.of("roughness in epochs", "L1", "plain network");
    }

    static List<List<String>> rows(History l1, History plain) {
        return List.of(row(l1, plain, 0, 100), row(l1, plain, 100, 200), row(l1, plain, 200, 500), row(l1, plain, 500, 1000),
                row(l1, plain, 1000, 2000));
    }

    private static List<String> row(History l1, History plain, int from, int to) {
        return List.of(from + " to " + to, Document.format("%.3f", Roughness.of(l1, from, to)),
                to <= plain.epochs() ? Document.format("%.3f", Roughness.of(plain, from, to)) : "");
    }

    private static double[] windows(History history) {
        return IntStream.range(0, history.epochs() / WINDOW).mapToDouble(k -> Roughness.of(history, k * WINDOW,
                (k + 1) * WINDOW)).toArray();
    }

    private static double[] ends(History history) {
        return IntStream.range(0, history.epochs() / WINDOW).mapToDouble(k -> (k + 1) * WINDOW).toArray();
    }

    static Picture picture() {
        return SeriesPicture.ofCurves("Roughness of the parameters' paths with L1",
                "seed 42, 200 samples; windows of 50 epochs",
                Axis.epochs(), Axis.linear("Roughness: 0 straight, 2 to and fro").covering(0, 2),
                List.of(PostExperiment.L1, PostExperiment.MLP).stream().map(method -> {
                    History history = Runs.CPU.of(method).history();
                    return Series.of(method.title(), Palette.of(method), ends(history), windows(history));
                }).toList(), List.of()).picture();
    }
}
