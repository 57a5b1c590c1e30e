package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * Models trained on labels that are nothing but noise, a value for each seed, and what those of the post take up of its noise.
 *
 * @param network        the network's last training loss, as a part of the labels' mean square
 * @param missed         the largest error of a training label, in standard deviations
 * @param linear         the linear model's last training loss
 * @param elsewhere      the network's last validation loss over that of answering 0
 * @param networkTakesUp correlation of errors on training samples with their noise, of the post's network
 * @param linearTakesUp  of the post's linear model
 */
record NoiseFits(double[] network, double[] missed, double[] linear, double[] elsewhere, double networkTakesUp,
        double linearTakesUp) {

    private static final Task NOISE = new Task(50, PostRuns.TRAIN_SIZE, 200, sample -> 0, 1);

    static NoiseFits measured() {
        List<double[]> network = trained(PostExperiment.MLP);
        return new NoiseFits(column(network, 0), column(network, 1), column(trained(PostExperiment.LINEAR), 0), column(network, 2),
                takesUp(Runs.CPU.of(PostExperiment.MLP)), takesUp(Runs.CPU.of(PostExperiment.LINEAR)));
    }

    /** Of the first seeds alone. */
    NoiseFits first(int seeds) {
        return new NoiseFits(Arrays.copyOf(network, seeds), Arrays.copyOf(missed, seeds), Arrays.copyOf(linear, seeds),
                Arrays.copyOf(elsewhere, seeds), networkTakesUp, linearTakesUp);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    /** Of each seed what is left, the largest error of a label, and the loss elsewhere; not whole runs, which remember every epoch. */
    private static List<double[]> trained(PostExperiment method) {
        List<Long> seeds = LongStream.rangeClosed(1, StudyRows.LEAST).boxed().toList();
        return ParallelRuns.run(seeds, seed -> 1, seed -> {
            TrainingResult run = Runs.CPU.train(method.plan(seed, PostRuns.TRAIN_SIZE).toBuilder().problem(NOISE).build());
            return new double[] {left(run), missed(run), run.last().fit().validationLoss() / square(run.data().validation())};
        }, 2);
    }

    private static double square(Samples samples) {
        return StatUtils.sumSq(Regressions.labels(samples)) / samples.size();
    }

    private static double left(TrainingResult run) {
        return run.last().fit().trainLoss() / square(run.data().train());
    }

    private static double missed(TrainingResult run) {
        float[] y = run.data().train().y();
        double[] answers = run.last().trainPredictions();
        return IntStream.range(0, y.length).mapToDouble(s -> Math.abs(answers[s] - y[s])).reduce(0, Math::max)
                / Math.sqrt(square(run.data().train()));
    }

    private static double takesUp(TrainingResult run) {
        return new PearsonsCorrelation().correlation(noise(), errors(run));
    }

    /** On the post's training labels. */
    static double[] noise() {
        return Regressions.widen(LinearProblem.POST.draw(PostRuns.SEED).trainNoise());
    }

    /** A trained model's answers to the post's training samples, less those of the true model. */
    static double[] errors(TrainingResult run) {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        double[][] x = Regressions.inputs(data.train());
        double[] answers = run.last().trainPredictions();
        return IntStream.range(0, x.length).mapToDouble(s -> answers[s] - Regressions.truth(data).predict(x[s])).toArray();
    }

    static long below(double[] values, double bound) {
        return Arrays.stream(values).filter(value -> value < bound).count();
    }

    static double mean(double[] values) {
        return StatUtils.mean(values);
    }

    static List<String> header() {
        return List.of("over " + StudyRows.LEAST + " seeds", "least", "median", "greatest");
    }

    List<List<String>> rows() {
        return List.of(row("network leaves", "%.2g", network), row("its largest error of a label", "%.2g", missed),
                row("linear model leaves", "%.2f", linear), row("network's validation loss over that of no answer", "%.2f", elsewhere));
    }

    private static List<String> row(String what, String format, double[] values) {
        return List.of(what, Document.format(format, StatUtils.min(values)), Document.format(format, StatUtils.percentile(values, 50)),
                Document.format(format, StatUtils.max(values)));
    }
}
