package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.study.Measure;
import dev.regularisation.theory.PairedComparison;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A method's losses beside the linear model's, at the post's seed and then at the others.
 *
 * @param seeds         the others
 * @param train         last training losses, the post's seed first
 * @param best          least validation losses over the linear model's
 * @param last          last ones over the linear model's last
 * @param bestLoss      the least validation loss at the post's seed
 * @param lastLoss      the last one
 * @param linearLoss    the linear model's last
 * @param bestEpoch     when it was least
 * @param unlikePrinted how many figures the notebook prints otherwise
 */
record AgainstLinear(List<Long> seeds, double[] train, double[] best, double[] last, double bestLoss, double lastLoss,
        double linearLoss, double bestEpoch, double unlikePrinted) {

    static AgainstLinear of(Runs runs, PostExperiment method, TrainingResult post, TrainingResult linear) {
        StudyRows rows = runs.seeds();
        History history = post.history();
        double least = history.validationLoss(history.bestEpoch());
        double end = history.validationLoss(history.epochs());
        double linearEnd = linear.last().fit().validationLoss();
        return new AgainstLinear(rows.seeds(),
                after(history.trainLoss(history.epochs()), rows.of(method, Measure.LAST_TRAIN_LOSS)),
                after(least / linear.best().fit().validationLoss(),
                        rows.ratios(method, PostExperiment.LINEAR, Measure.BEST_VALIDATION_LOSS)),
                after(end / linearEnd, rows.ratios(method, PostExperiment.LINEAR, Measure.FINAL_VALIDATION_LOSS)),
                least, end, linearEnd, history.bestEpoch(),
                (int) PublishedFigures.of(PostExperiment.MLP).stream().filter(f -> !f.agrees(f.quantity().of(post))).count());
    }

    private static double[] after(double first, double... rest) {
        return DoubleStream.concat(DoubleStream.of(first), Arrays.stream(rest)).toArray();
    }

    /** The same with another last validation loss at the post's seed. */
    AgainstLinear ending(double loss) {
        return new AgainstLinear(seeds, train, best, last, bestLoss, loss, linearLoss, bestEpoch, unlikePrinted);
    }

    static double[] others(double[] values) {
        return Arrays.copyOfRange(values, 1, values.length);
    }

    /** At how many of the other seeds the training loss ended that low. */
    long count(double loss) {
        return Arrays.stream(others(train)).filter(value -> value <= loss).count();
    }

    static List<String> header() {
        return List.of("over the linear model's loss", "the post's seed", "other seeds", "geometric mean, 99 % interval",
                "worse at, p of the sign test");
    }

    List<List<String>> rows() {
        return List.of(row("least of all epochs", best), row("after the last epoch", last));
    }

    private static List<String> row(String name, double[] ratios) {
        double[] rest = others(ratios);
        double[] logs = Arrays.stream(rest).map(StrictMath::log).toArray();
        PairedComparison paired = PairedComparison.of(logs, new double[logs.length], 0.99);
        return List.of(name, Document.format("%.1f", ratios[0]),
                Document.format("%.1f to %.1f", StatUtils.min(rest), StatUtils.max(rest)),
                Document.format("%.1f, %.1f to %.1f", StrictMath.exp(paired.meanDifference()),
                        StrictMath.exp(paired.meanInterval().from()), StrictMath.exp(paired.meanInterval().to())),
                Document.format("%d of %d, %.1g", paired.higher(), paired.count(), paired.signP()));
    }

    Picture picture() {
        return new DistributionPicture("The plain MLP's validation loss in units of the linear model's",
                "Best epochs, same data at each of " + seeds.size() + " seeds; 200 training samples",
                Axis.log("MLP's loss / linear model's loss").covering(1, 20),
                List.of(new DistributionPicture.Group("Plain MLP", Palette.of(PostExperiment.MLP), others(best), best[0])),
                "The post's seed", List.of()).picture();
    }

    Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("seed", seeds.stream().mapToDouble(Long::doubleValue).toArray());
        columns.put("ratio of least validation losses", others(best));
        columns.put("ratio of last validation losses", others(last));
        columns.put("last training loss", others(train));
        return columns;
    }
}
