package dev.regularisation.spec.rules.benchmarks;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.theory.LeastSquares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Least squares in nested classes, functions of the first 10, 25 or 50 of 50 features, from 100, 200 or 400 samples. The true
 * function is linear in the first 10, so that no class has anything to gain by its size.
 *
 * @param train      training losses by class, number of samples and data set, less what chance made of the noise's mean square:
 *                   that is 0 on average, and most of their fluctuation
 * @param validation losses on infinitely many other samples
 */
record ClassSizes(double[][][] train, double[][][] validation) {

    static final int SETS = StudyRows.LEAST;
    private static final int[] FEATURES = {10, 25, 50};
    private static final int[] SAMPLES = {100, 200, 400};
    static final double VARIANCE = 0.04;

    /** Fits all classes to labels with noise of a variance. */
    static ClassSizes fitted(double variance) {
        double[][][] train = new double[FEATURES.length][SAMPLES.length][SETS];
        double[][][] validation = new double[FEATURES.length][SAMPLES.length][SETS];
        for (int c = 0; c < FEATURES.length; c++) {
            for (int n = 0; n < SAMPLES.length; n++) {
                for (int set = 0; set < SETS; set++) {
                    TorchGenerator generator = new TorchGenerator(2000 + set);
                    double[] noise = Arrays.stream(Regressions.widen(generator.randn(SAMPLES[n])))
                            .map(e -> Math.sqrt(variance) * e).toArray();
                    LeastSquares fit = fit(FEATURES[c], noise, generator);
                    train[c][n][set] = fit.meanSquaredError() + variance - StatUtils.sumSq(noise) / noise.length;
                    validation[c][n][set] = variance + error(fit);
                }
            }
        }
        return new ClassSizes(train, validation);
    }

    /** Of the first data sets alone. */
    ClassSizes first(int sets) {
        return new ClassSizes(first(train, sets), first(validation, sets));
    }

    private static double[][][] first(double[][][] losses, int sets) {
        return Arrays.stream(losses).map(rows -> Arrays.stream(rows).map(row -> Arrays.copyOf(row, sets)).toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    /** How many data sets there are. */
    int sets() {
        return train[0][0].length;
    }

    /** Losses times a factor, as noise of another strength gives them. */
    ClassSizes times(double factor) {
        return new ClassSizes(times(train, factor), times(validation, factor));
    }

    private static double[][][] times(double[][][] losses, double factor) {
        return Arrays.stream(losses).map(rows -> Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(loss -> factor * loss).toArray()).toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    /** Numbers of samples taken for classes and the other way round. */
    ClassSizes exchanged() {
        return new ClassSizes(exchanged(train), exchanged(validation));
    }

    private static double[][][] exchanged(double[][][] losses) {
        return IntStream.range(0, losses.length).mapToObj(c -> IntStream.range(0, losses.length).mapToObj(n -> losses[n][c])
                .toArray(double[][]::new)).toArray(double[][][]::new);
    }

    /** From the theory of mean training and validation losses, in standard errors. */
    double[] deviations() {
        DoubleStream.Builder deviations = DoubleStream.builder();
        for (int c = 0; c < FEATURES.length; c++) {
            for (int n = 0; n < SAMPLES.length; n++) {
                deviations.add(deviation(train[c][n], trainTheory(FEATURES[c], SAMPLES[n])));
                deviations.add(deviation(validation[c][n], validationTheory(FEATURES[c], SAMPLES[n])));
            }
        }
        return deviations.build().toArray();
    }

    /** Gaps over those of the next smaller class, at each number of samples. */
    double[] byClass() {
        return ratios(1, 0);
    }

    /** Gaps over those at half the samples, of each class. */
    double[] bySamples() {
        return ratios(0, 1);
    }

    private static double deviation(double[] losses, double theory) {
        return (StatUtils.mean(losses) - theory) / Math.sqrt(StatUtils.variance(losses) / losses.length);
    }

    private static double trainTheory(int features, int samples) {
        return VARIANCE * (1 - (features + 1.0) / samples);
    }

    private static double validationTheory(int features, int samples) {
        return LeastSquares.expectedValidationLoss(VARIANCE, samples, features);
    }

    /**
     * The true function, linear in the first features alone, adds the same to every class: it is left out, and labels are
     * noise.
     */
    private static LeastSquares fit(int features, double[] noise, TorchGenerator generator) {
        double[] x = Regressions.widen(generator.randn(noise.length * features));
        return LeastSquares.fit(IntStream.range(0, noise.length)
                .mapToObj(s -> Arrays.copyOfRange(x, s * features, (s + 1) * features)).toArray(double[][]::new), noise);
    }

    /** Of standard normal inputs: the squared distance from the truth. */
    private static double error(LeastSquares fit) {
        return StatUtils.sumSq(fit.model().coefficients());
    }

    private double[] ratios(int moreFeatures, int moreSamples) {
        DoubleStream.Builder ratios = DoubleStream.builder();
        for (int c = moreFeatures; c < FEATURES.length; c++) {
            for (int n = moreSamples; n < SAMPLES.length; n++) {
                ratios.add(gap(c, n) / gap(c - moreFeatures, n - moreSamples));
            }
        }
        return ratios.build().toArray();
    }

    double gap(int c, int n) {
        return StatUtils.mean(validation[c][n]) - StatUtils.mean(train[c][n]);
    }

    static List<String> header() {
        return List.of("features", "samples", "training loss", "its theory", "validation loss", "its theory", "gap");
    }

    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < FEATURES.length; c++) {
            for (int n = 0; n < SAMPLES.length; n++) {
                rows.add(List.of(String.valueOf(FEATURES[c]), String.valueOf(SAMPLES[n]), number(StatUtils.mean(train[c][n])),
                        number(trainTheory(FEATURES[c], SAMPLES[n])), number(StatUtils.mean(validation[c][n])),
                        number(validationTheory(FEATURES[c], SAMPLES[n])), number(gap(c, n))));
            }
        }
        return rows;
    }

    private static String number(double loss) {
        return Document.format("%.5f", loss);
    }

    Picture picture() {
        List<Series> curves = new ArrayList<>();
        for (int n = 0; n < SAMPLES.length; n++) {
            int samples = n;
            curves.add(Series.of(SAMPLES[n] + " samples", Palette.series(n), Arrays.stream(FEATURES).asDoubleStream().toArray(),
                    IntStream.range(0, FEATURES.length).mapToDouble(c -> gap(c, samples)).toArray()));
        }
        return SeriesPicture.ofCurves("A larger class needs more samples", "Least squares, mean over " + SETS + " data sets",
                Axis.log("Features of the class"), Axis.log("Validation loss less training loss"), curves, List.of()).picture();
    }
}
