package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The true model's loss on validation samples, and the post's runs above them. */
final class Floors {

    private Floors() {
    }

    static List<String> header() {
        return List.of("model", "least validation loss", "above the true model", "closest ratio of all seeds");
    }

    static List<List<String>> rows(double floor, double truth, double[] ratios, ToDoubleFunction<PostExperiment> closest) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("The true model", Document.format("%.4f", floor * (1 + truth)), "", ""));
        for (PostExperiment method : PostExperiment.values()) {
            double loss = floor * ratios[method.ordinal()];
            rows.add(List.of(method.title(), Document.format("%.4f", loss), Document.format("%.4f", loss - floor),
                    Document.format("%.2f", closest.applyAsDouble(method))));
        }
        return rows;
    }

    static Picture picture(double floor) {
        return SeriesPicture.ofCurves("No model goes below the noise", "Validation losses of the post's seven runs, seed 42",
                Axis.epochs(), Axis.log("Validation loss").covering(0.03, 10), Stream.of(PostExperiment.values())
                        .map(method -> Series.byEpoch(method.title(), Palette.of(method), Runs.CPU.of(method).history()
                                .validationLosses()).drawn(Palette.line(method))).toList(),
                List.of(ReferenceLine.horizontal("Loss of the true model", floor).in(Palette.GREY))).picture();
    }
}
