package dev.regularisation.spec.rules.setup;

import static dev.regularisation.support.Golden.member;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.data.LinearData;
import dev.regularisation.data.Samples;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.support.Golden;
import dev.regularisation.support.LinearArrays;
import dev.regularisation.theory.Residuals;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * What a draw of a linear problem is.
 *
 * @param wanted   dimensions, training and validation samples that were asked for
 * @param sizes    those that were drawn
 * @param residual the largest difference of label minus true model from the noise, in parts of what rounding allows
 * @param laws     of the post's data, how they were drawn
 */
record DrawnData(List<Integer> wanted, List<Integer> sizes, double residual, Optional<Laws> laws) {

    private static final double SIGMA = 0.2;

    /**
     * How numbers were drawn.
     *
     * @param unlike  arrays whose bits are not those of the reference run
     * @param noise   Kolmogorov and Smirnov's p value of the noise
     * @param inputs  of the inputs
     * @param weights of the weights
     */
    record Laws(double unlike, double noise, double inputs, double weights) {

        static Laws of(LinearData data) {
            return of(data, 1, 1, 1);
        }

        /** Of data whose noise, inputs and weights are so many times as strong. */
        static Laws of(LinearData data, double noise, double inputs, double weights) {
            JsonNode golden = member(Golden.read("streams.json"), "data train=200");
            return new Laws((int) LinearArrays.of(data).entrySet().stream().filter(array -> !Golden.sha256(array.getValue())
                    .equals(member(member(golden, array.getKey()), "sha256").textValue())).count(),
                    p(scaled(residuals(data, data.validation()), noise), SIGMA),
                    p(scaled(Regressions.widen(data.validation().x()), inputs), 1),
                    p(scaled(Regressions.widen(data.trueWeights()), weights), 3 / Math.sqrt(50)));
        }
    }

    static DrawnData of(List<Integer> wanted, LinearData data) {
        return new DrawnData(wanted, List.of(data.trueWeights().length, data.train().size(), data.validation().size()),
                Math.max(residual(data, data.train(), data.trainNoise()),
                residual(data, data.validation(), data.validationNoise())),
                Optional.empty());
    }

    DrawnData with(Laws others) {
        return new DrawnData(wanted, sizes, residual, Optional.of(others));
    }

    /** A label is rounded once to float32, by half its last place; the rest allows for the order of a sum in double. */
    private static double residual(LinearData data, Samples samples, float[] noise) {
        double[] residuals = residuals(data, samples);
        return IntStream.range(0, residuals.length)
                .mapToDouble(s -> Math.abs(residuals[s] - noise[s]) / (0.5 * Math.ulp(samples.y()[s]) + 1e-12))
                .reduce(0, Math::max);
    }

    private static double[] residuals(LinearData data, Samples samples) {
        return Residuals.of(Regressions.truth(data), Regressions.inputs(samples), Regressions.labels(samples));
    }

    static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    /** By the limit for many samples. */
    private static double p(double[] values, double sigma) {
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double distance = test.kolmogorovSmirnovStatistic(new NormalDistribution(null, 0, sigma), values);
        return 1 - test.ksSum(Math.sqrt(values.length) * distance, 1e-12, 1000);
    }

    /** The same data, but training labels that are the true model's answers, without noise. */
    static LinearData withoutNoise(LinearData data) {
        Samples train = data.train();
        double[][] x = Regressions.inputs(train);
        float[] y = new float[train.size()];
        for (int s = 0; s < y.length; s++) {
            y[s] = (float) Regressions.truth(data).predict(x[s]);
        }
        return new LinearData(data.trueWeights(), data.intercept(), new Samples(train.size(), train.features(), train.x(), y),
                data.validation(), data.trainNoise(), data.validationNoise());
    }

    static double mean(LinearData data) {
        return StatUtils.mean(residuals(data, data.validation()));
    }

    static double deviation(LinearData data) {
        return Math.sqrt(StatUtils.variance(residuals(data, data.validation())));
    }

    /** How many validation labels have other bits when they are summed in float32, in order. */
    static long roundedOtherwise(LinearData data) {
        return Arrays.stream(differences(data)).filter(d -> d != 0).count();
    }

    static double largestDifference(LinearData data) {
        return StatUtils.max(differences(data));
    }

    private static double[] differences(LinearData data) {
        Samples samples = data.validation();
        double[] differences = new double[samples.size()];
        for (int s = 0; s < differences.length; s++) {
            float sum = 0;
            for (int i = 0; i < samples.features(); i++) {
                sum += samples.x()[s * samples.features() + i] * data.trueWeights()[i];
            }
            sum += data.intercept();
            sum += data.validationNoise()[s];
            differences[s] = Math.abs((double) sum - samples.y()[s]);
        }
        return differences;
    }

    static List<String> header() {
        return List.of("array", "numbers", "first", "SHA-256");
    }

    static List<List<String>> rows(LinearData data) {
        return LinearArrays.of(data).entrySet().stream().map(array -> List.of(array.getKey().replace('_', ' '),
                Document.format("%,d", array.getValue().length), Document.format("%.7f", array.getValue()[0]),
                Golden.sha256(array.getValue()).substring(0, 16) + "…")).toList();
    }

    static Picture picture(LinearData data) {
        double[] sorted = Arrays.stream(residuals(data, data.validation())).sorted().toArray();
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] quantiles = new double[sorted.length];
        Arrays.setAll(quantiles, i -> normal.inverseCumulativeProbability((i + 0.5) / quantiles.length));
        double[] ends = {-4, 4};
        return new SeriesPicture("Label minus true model is Gaussian noise of standard deviation 0.2",
                "10,000 validation samples of seed 42, sorted, against the quantiles of the normal distribution",
                Axis.linear("Quantile of N(0, 1)"), Axis.linear("Label minus true model"),
                List.of(Series.of("Samples", Palette.BLUE, quantiles, sorted)),
                List.of(Series.of("0.2 × quantile", Palette.VERMILION, ends, scaled(ends, SIGMA))), List.of(), false).picture();
    }
}
