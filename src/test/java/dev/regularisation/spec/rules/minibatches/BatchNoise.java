package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.data.Minibatches;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.Gradients;
import dev.regularisation.support.PostRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Noise of the gradients of batches, the mean over batches of Σᵢ (g_B,i − gᵢ)², beside its law.
 *
 * @param size          samples in a batch
 * @param batches       how many were measured
 * @param measured      the noise
 * @param standardError of the mean over batches
 * @param expected      by the law
 * @param bias          distance of the batches' mean from the full gradient, in units of what rounding explains
 */
record BatchNoise(int size, int batches, double measured, double standardError, double expected, double bias) {

    /** Sums of at most 200 terms in float64 leave errors near 1e-14 of the largest; measured: below 1e-15. */
    private static final double ROUNDING = 1e-12;
    private static final int PASSES = 100;

    /** Over some batches of the samples whose gradients are given one by one. */
    static BatchNoise of(int size, double[][] each, List<double[]> batches) {
        double[] full = mean(each);
        double[] squares = batches.stream().mapToDouble(g -> distance(g, full)).toArray();
        double mean = Arrays.stream(squares).average().orElseThrow();
        double variance = Arrays.stream(squares).map(s -> (s - mean) * (s - mean)).sum() / (squares.length - 1);
        double single = Arrays.stream(each).mapToDouble(g -> distance(g, full)).average().orElseThrow();
        double norm = Math.sqrt(distance(new double[full.length], full));
        return new BatchNoise(size, squares.length, mean, Math.sqrt(variance / squares.length),
                single * law(each.length, size),
                Math.sqrt(distance(mean(batches.toArray(double[][]::new)), full)) / (ROUNDING * (1 + norm)));
    }

    /** (1/B)(n − B)/(n − 1): what a batch of B of n samples, drawn without replacement, leaves of one sample's noise. */
    private static double law(int n, int size) {
        return n == 1 ? 0 : (double) (n - size) / (n - 1) / size;
    }

    /** Over all batches of each size, of at most 7 samples. */
    static List<BatchNoise> everyBatch(Gradients gradients, double[] parameters) {
        double[][] each = gradients.perSample(parameters);
        return IntStream.rangeClosed(1, each.length).mapToObj(size -> of(size, each, subsets(each.length, size).stream()
                .map(batch -> gradients.of(parameters, batch)).toList())).toList();
    }

    /** Over a hundred shuffled passes; with one sample a batch, a single pass sees every batch there is. */
    static BatchNoise shuffled(double[][] each, int size) {
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        List<double[]> batches = new ArrayList<>();
        for (int pass = 0; pass < (size == 1 ? 1 : PASSES); pass++) {
            batches.addAll(pass(each, size, generator));
        }
        return of(size, each, batches);
    }

    /** The batches of one shuffled pass, whose last is left out where it is smaller. */
    static List<double[]> pass(double[][] each, int size, TorchGenerator generator) {
        int[] order = LoaderOrder.shuffledPass(generator, each.length);
        Minibatches cut = new Minibatches(each.length, size);
        return IntStream.range(0, cut.count()).mapToObj(k -> mean(IntStream.range(cut.start(k), cut.start(k) + size)
                .mapToObj(i -> each[order[i]]).toArray(double[][]::new))).toList();
    }

    /** All batches of a size, of so many samples. */
    private static List<int[]> subsets(int n, int size) {
        return IntStream.range(0, 1 << n).filter(bits -> Integer.bitCount(bits) == size)
                .mapToObj(bits -> IntStream.range(0, n).filter(i -> (bits >> i & 1) == 1).toArray()).toList();
    }

    static double[] mean(double[]... rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i];
            }
        }
        return Arrays.stream(mean).map(sum -> sum / rows.length).toArray();
    }

    private static double distance(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum();
    }

    /** Standard errors by which the law is missed, rounding let pass. */
    double z() {
        return Math.abs(measured - expected) / (standardError + ROUNDING * (1 + expected));
    }

    /** Distance from the law in units of what rounding explains: of batches that are all there are. */
    double rounding() {
        return Math.abs(measured - expected) / (ROUNDING * (1 + expected * size));
    }

    List<String> row() {
        return List.of("" + size, "" + batches, Document.format("%.4g", measured), Document.format("%.2g", standardError),
                Document.format("%.4g", expected));
    }

    static double[] values(List<BatchNoise> noise, ToDoubleFunction<BatchNoise> value) {
        return noise.stream().mapToDouble(value).toArray();
    }

    static Picture picture(List<BatchNoise> noise) {
        double[] sizes = values(noise, BatchNoise::size);
        double[] expected = values(noise, BatchNoise::expected);
        double[] simple = Arrays.stream(sizes).map(size -> expected[0] / size).toArray();
        return new SeriesPicture("Noise of the batch gradient",
                "post's network, initial weights, seed 42, 200 training samples",
                Axis.log("Samples in a batch"), Axis.log("Mean square distance to the full gradient"),
                List.of(Series.of("measured", Palette.VERMILION, sizes, values(noise, BatchNoise::measured))),
                List.of(Series.of("law, without replacement", Palette.BLUE, sizes, expected),
                        Series.of("σ²/B", Palette.GREY, sizes, simple)), List.of(), false).picture();
    }
}
