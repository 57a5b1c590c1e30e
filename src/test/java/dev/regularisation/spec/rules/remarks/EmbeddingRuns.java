package dev.regularisation.spec.rules.remarks;

import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network that learns directions, by optimiser.
 *
 * @param descent by gradient descent
 * @param without by Adam
 * @param with    by Adam with a weight decay of 1e-4
 */
record EmbeddingRuns(EmbeddingRun descent, EmbeddingRun without, EmbeddingRun with) {

    private static final int STEPS = 2000;

    static EmbeddingRuns train() {
        return new EmbeddingRuns(EmbeddingRun.train(new OptimiserPlan(UpdateRule.SGD, 2, 0), STEPS),
                EmbeddingRun.train(new OptimiserPlan(UpdateRule.ADAM, 0.01, 0), STEPS),
                EmbeddingRun.train(new OptimiserPlan(UpdateRule.ADAM, 0.01, 1e-4), STEPS));
    }

    EmbeddingRuns withAdam(EmbeddingRun otherWithout, EmbeddingRun otherWith) {
        return new EmbeddingRuns(descent, otherWithout, otherWith);
    }

    EmbeddingRuns descending(EmbeddingRun other) {
        return new EmbeddingRuns(other, without, with);
    }

    /** Norms that stay where they began. */
    EmbeddingRun still() {
        double[] same = new double[without.all().length];
        Arrays.fill(same, without.all()[0]);
        return new EmbeddingRun(without.loss(), same, same);
    }

    /** A tenth more loss with decay. */
    EmbeddingRuns costly() {
        return withAdam(without, new EmbeddingRun(Arrays.stream(without.loss()).map(loss -> 1.1 * loss).toArray(),
                with.lastLayer(), with.all()));
    }

    /** The largest fall of the last layer's norm under gradient descent in one step, as a share; float32 rounds by 2⁻²⁴. */
    double largestFall() {
        double[] norms = descent.lastLayer();
        return IntStream.range(1, norms.length).mapToDouble(step -> 1 - norms[step] / norms[step - 1])
                .reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    /** The last norm of all parameters over the first. */
    double growth() {
        return EmbeddingRun.last(without.all()) / without.all()[0];
    }

    /** The last norm over that half way. */
    static double late(EmbeddingRun run) {
        return EmbeddingRun.last(run.all()) / run.all()[run.all().length / 2];
    }

    /** The last loss with decay over that without. */
    double cost() {
        return EmbeddingRun.last(with.loss()) / EmbeddingRun.last(without.loss());
    }

    List<List<String>> rows() {
        return List.of(row("gradient descent", descent), row("Adam", without), row("Adam, decay 1e-4", with));
    }

    private static List<String> row(String name, EmbeddingRun run) {
        double[] norms = run.lastLayer();
        long falls = IntStream.range(1, norms.length).filter(step -> norms[step] < norms[step - 1]).count();
        return List.of(name, Document.format("%.4f", EmbeddingRun.last(run.loss())),
                Document.format("%.2f, from %.2f", EmbeddingRun.last(norms), norms[0]),
                Document.format("%.2f, from %.2f", EmbeddingRun.last(run.all()), run.all()[0]), Long.toString(falls));
    }

    Picture picture() {
        return SeriesPicture.ofCurves("The norm of a network that learns directions",
                "20-32-8, 256 samples, loss 1 − cosine similarity", Axis.linear("Step"), Axis.linear("Norm of all parameters"),
                List.of(Series.byEpoch("Gradient descent", Palette.ORANGE, descent.all()),
                        Series.byEpoch("Adam", Palette.VERMILION, without.all()),
                        Series.byEpoch("Adam, weight decay 1e-4", Palette.BLUE, with.all())), List.of()).picture();
    }

    Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        put(columns, "descent", descent);
        put(columns, "adam", without);
        put(columns, "adam_decay", with);
        return columns;
    }

    private static void put(Map<String, double[]> columns, String name, EmbeddingRun run) {
        columns.put(name + "_loss", run.loss());
        columns.put(name + "_last_layer", run.lastLayer());
        columns.put(name + "_all", run.all());
    }
}
