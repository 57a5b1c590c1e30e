package dev.regularisation.spec.rules.minibatches;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.study.Jumps;
import dev.regularisation.study.Measure;
import dev.regularisation.support.Golden;
import java.util.List;
import java.util.OptionalDouble;

/** Jumps of the training loss over seeds, and as pages show them. */
final class Unrest {

    private Unrest() {
    }

    /** The loss before the first jump, at each seed that has one. */
    static double[] firstValleys(StudyRows rows, PostExperiment method) {
        return rows.of(method).stream().map(run -> run.find(Measure.JUMP_FROM)).flatMapToDouble(OptionalDouble::stream).toArray();
    }

    /** Of how many runs of the plain network the loss jumps. */
    static String jumping(StudyRows rows) {
        return Document.format("%d of %d", rows.of(PostExperiment.MLP).stream().filter(run -> run.get(Measure.JUMPS) > 0).count(),
                rows.seeds().size());
    }

    private static JsonNode torch(String precision, String member) {
        return Golden.member(Golden.member(Golden.read("training.json"), "mlp-minibatch train=200 " + precision), member);
    }

    /** The least training loss of PyTorch's minibatch run. */
    static double torch(String precision) {
        return torch(precision, "best_train").doubleValue();
    }

    /** Training losses of PyTorch's minibatch run at the epochs of which they are kept. */
    static double[] torchLosses(String precision) {
        return Golden.numbers(torch(precision, "train_loss"));
    }

    static List<String> header() {
        return List.of("epoch", "from", "up to");
    }

    static List<List<String>> rows(double... losses) {
        return Jumps.of(losses).stream().map(jump -> List.of("" + jump.epoch(), Document.format("%.1e", jump.from()),
                Document.format("%.1e", jump.to()))).toList();
    }

    static Picture picture(double[] minibatch, double[] plain) {
        return SeriesPicture.ofCurves("Training loss: minibatches jump, the full batch stays on its floor",
                "seed 42, 200 training samples, Adam, learning rate 0.01", Axis.linear("Epoch"), Axis.log("Training loss"),
                List.of(Series.byEpoch("minibatches of 32", Palette.of(PostExperiment.MINIBATCH), minibatch),
                        Series.byEpoch("full batch", Palette.of(PostExperiment.MLP), plain)), List.of()).picture();
    }
}
