package dev.regularisation.spec.rules.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** Where the plain network's training loss ends, in two precisions. */
final class RoundingFloor {

    private static final class Trained {
        static final TrainingResult FLOAT64 = train();
    }

    private RoundingFloor() {
    }

    /** The post's run in float64, but for few validation samples, which do not take part in training. */
    static TrainingResult inFloat64() {
        return Trained.FLOAT64;
    }

    private static TrainingResult train() {
        TrainingPlan plan = PostExperiment.MLP.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, 20, 0.2)).build();
        try (Backend backend = new CpuProvider().create(Precision.FLOAT64)) {
            return TrainingLoop.train(plan, backend, Recording.LOSSES, ProgressListener.NONE);
        }
    }

    /** Median of the last tenth. */
    static double of(double[] losses) {
        return StatUtils.percentile(Arrays.copyOfRange(losses, losses.length * 9 / 10, losses.length), 50);
    }

    /** The share of the last tenth of the epochs in which the loss rises. */
    static double rises(double[] losses) {
        return IntStream.range(losses.length * 9 / 10, losses.length).map(t -> losses[t] > losses[t - 1] ? 1 : 0).average()
                .orElse(Double.NaN);
    }

    /** u² times the mean square of the labels. */
    static double unit(Precision precision, double meanSquare) {
        return precision.unitRoundoff() * precision.unitRoundoff() * meanSquare;
    }

    /** Of the training labels. */
    static double meanSquare(TrainingResult run) {
        return StatUtils.sumSq(Regressions.labels(run.data().train())) / run.data().train().size();
    }

    /** The training loss of a solution when its parameters are rounded to float32 and evaluated there. */
    static double rounded(TrainingResult run) {
        double[] answers = Embedded.outputs(run.plan().layers(), run.last().parameters(),
                Regressions.inputs(run.data().train()));
        float[] labels = run.data().train().y();
        return IntStream.range(0, labels.length).mapToDouble(s -> (float) answers[s] - labels[s]).map(d -> d * d).average()
                .orElse(Double.NaN);
    }

    private static JsonNode reference(String precision) {
        return Golden.member(Golden.read("training.json"), "mlp train=200 " + precision);
    }

    /** PyTorch's loss at the last of the epochs on file, all of which from 800 on are at the floor. */
    static double torch(String precision) {
        double[] losses = Golden.numbers(Golden.member(reference(precision), "train_loss"));
        return losses[losses.length - 1];
    }

    static List<String> header() {
        return List.of("run", "floor", "u² · mean of y²", "ratio");
    }

    static List<String> row(String name, double ratio, Precision precision, double square) {
        double unit = unit(precision, square);
        return List.of(name, Document.format("%.2g", ratio * unit), Document.format("%.2g", unit),
                Document.format("%.1f", ratio));
    }

    static Picture picture(TrainingResult single, TrainingResult twice) {
        double square = meanSquare(single);
        return SeriesPicture.ofCurves("The training loss falls until rounding stops it", "Plain MLP, seed 42: training loss "
                + "in two precisions, ours and PyTorch's", Axis.epochs(), Axis.log("Training loss"), List.of(
                        torchCurve("float32").drawn(LineStyle.WIDE), torchCurve("float64").drawn(LineStyle.WIDE),
                        Series.byEpoch("float32, ours", Palette.VERMILION, single.history().trainLosses()),
                        Series.byEpoch("float64, ours", Palette.BLUE, twice.history().trainLosses())),
                List.of(ReferenceLine.horizontal("u² · mean of y²", unit(Precision.FLOAT32, square)),
                        ReferenceLine.horizontal("u² · mean of y²", unit(Precision.FLOAT64, square)))).picture();
    }

    private static Series torchCurve(String precision) {
        return Series.of(precision + ", PyTorch", precision.equals("float32") ? Palette.ORANGE : Palette.SKY_BLUE,
                Golden.numbers(Golden.member(reference(precision), "epochs")),
                Golden.numbers(Golden.member(reference(precision), "train_loss")));
    }
}
