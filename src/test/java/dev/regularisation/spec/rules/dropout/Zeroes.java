package dev.regularisation.spec.rules.dropout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;

/**
 * What dropout zeroes of a hidden layer of 25 units in several passes of 200 samples.
 *
 * @param passes for each, whether an activation is zeroed, row-major {@code samples × units}
 */
record Zeroes(List<boolean[]> passes) {

    private static final double POSTS = 0.1;
    private static final int SAMPLES = 200;
    private static final int UNITS = 25;
    private static final int PASSES = 100;
    /** Numbers of zeros in a row of 25 beyond this are counted together: 8 or more have probability 0.2 %. */
    private static final int TAIL = 8;

    /** In the passes of a stream of the post's seed. */
    static Zeroes ofPost(double p) {
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        return of(() -> factors(new Dropout(p), generator)[0]);
    }

    /** How many layers' masks of the post's first pass, at a seed, are PyTorch's bit for bit. */
    static int layersAsPyTorch(long seed) {
        JsonNode golden = Golden.member(Golden.read("streams.json"), "dropout 0.1 after one shuffle");
        TorchGenerator generator = new TorchGenerator(seed);
        LoaderOrder.shuffledPass(generator, SAMPLES);
        double[][] factors = factors(new Dropout(POSTS), generator);
        return (int) IntStream.rangeClosed(1, 2).filter(layer -> Golden.sha256(factors[layer - 1])
                .equals(Golden.member(golden, "sha256_layer" + layer).textValue())).count();
    }

    /** Whether a pass keeps every activation and leaves the stream where it was. */
    static boolean drawsNothing(Dropout dropout) {
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        boolean kept = DoubleStream.of(factors(dropout, generator)[0]).allMatch(factor -> factor == 1);
        return kept && generator.randn(16)[0] == new TorchGenerator(PostRuns.SEED).randn(16)[0];
    }

    /** Whether dropout refuses a probability, and says which it wants. */
    static boolean isRefused(double p) {
        try {
            new Dropout(p);
            return false;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage().startsWith("dropout: wanted a probability in [0, 1)");
        }
    }

    /** A hundred passes, each with the factors that a supplier gives. */
    static Zeroes of(Supplier<double[]> pass) {
        return new Zeroes(IntStream.range(0, PASSES).mapToObj(t -> {
            double[] factors = pass.get();
            boolean[] zero = new boolean[factors.length];
            for (int i = 0; i < factors.length; i++) {
                zero[i] = factors[i] == 0;
            }
            return zero;
        }).toList());
    }

    /**
     * The factors that a pass of the product's network multiplies its hidden activations with, both layers, row-major
     * {@code samples × units}: with weights 0 and biases 1 they are the activations themselves.
     */
    static double[][] factors(Dropout dropout, TorchGenerator generator) {
        Backend backend = new CpuBackend();
        Mlp network = new Mlp(backend, List.of(1, UNITS, UNITS, 1));
        double[] ones = new double[UNITS];
        Arrays.fill(ones, 1);
        backend.write(ones, network.layer(0).bias());
        backend.write(ones, network.layer(1).bias());
        Activations activations = network.activations(SAMPLES);
        network.forward(backend.zeros(1, SAMPLES), activations, DropoutMasks.draw(dropout, network, SAMPLES, generator), 0);
        return Stream.of(0, 1).map(layer -> transposed(backend.read(activations.hidden(layer)))).toArray(double[][]::new);
    }

    private static double[] transposed(double[] unitsBySamples) {
        return IntStream.range(0, SAMPLES * UNITS)
                .mapToDouble(i -> unitsBySamples[i % UNITS * SAMPLES + i / UNITS]).toArray();
    }

    /** The factors of the first sample for all samples. */
    static double[] firstForAll(double[] factors) {
        return IntStream.range(0, factors.length).mapToDouble(i -> factors[i % UNITS]).toArray();
    }

    /** How many activations there are. */
    long count() {
        return (long) passes.size() * SAMPLES * UNITS;
    }

    private long zeros() {
        return passes.stream().mapToLong(pass -> both(pass, 0, pass, 0, SAMPLES)).sum();
    }

    /** The share that is zeroed. */
    double rate() {
        return (double) zeros() / count();
    }

    /** How many standard deviations the number of zeros is from its mean under a probability. */
    double deviation(double p) {
        return deviation(zeros(), count(), p);
    }

    /** The same of units zeroed in neighbouring samples of a pass at once; p is the measured rate, a question of its own. */
    double neighbours() {
        return deviation(passes.stream().mapToLong(pass -> both(pass, 0, pass, 1, SAMPLES - 1)).sum(),
                count() / SAMPLES * (SAMPLES - 1), rate() * rate());
    }

    /** The same of activations zeroed in successive passes at once. */
    double successive() {
        return deviation(IntStream.range(1, passes.size()).mapToLong(t -> both(passes.get(t - 1), 0, passes.get(t), 0, SAMPLES))
                .sum(),
                count() / passes.size() * (passes.size() - 1), rate() * rate());
    }

    /** In the normal limit of the binomial law; with n near 10⁶ and p at least 0.01 its error is a hundredth of a deviation. */
    private static double deviation(long zeros, long n, double p) {
        return (zeros - n * p) / Math.sqrt(n * p * (1 - p));
    }

    /** The p value of the chi-square test that zeros in a row of 25 are binomial. */
    double binomialP(double p) {
        return new ChiSquareTest().chiSquareTest(expected(p), rows());
    }

    /** How many units are zeroed in samples {@code s + fromA} of a and {@code s + fromB} of b at once, over s. */
    private static long both(boolean[] a, int fromA, boolean[] b, int fromB, int samples) {
        return IntStream.range(0, samples * UNITS).filter(i -> a[i + fromA * UNITS] && b[i + fromB * UNITS]).count();
    }

    /** How many rows of 25 activations have 0, 1, … 7, at least 8 zeros. */
    private long[] rows() {
        long[] counts = new long[TAIL + 1];
        for (boolean[] pass : passes) {
            for (int s = 0; s < SAMPLES; s++) {
                int from = s * UNITS;
                counts[Math.min(TAIL, (int) IntStream.range(from, from + UNITS).filter(i -> pass[i]).count())]++;
            }
        }
        return counts;
    }

    private double[] expected(double p) {
        BinomialDistribution law = new BinomialDistribution(UNITS, p);
        return IntStream.rangeClosed(0, TAIL).mapToDouble(k -> (double) passes.size() * SAMPLES
                * (k < TAIL ? law.probability(k) : 1 - law.cumulativeProbability(TAIL - 1))).toArray();
    }

    Map<String, double[]> series(double p) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("zeros", IntStream.rangeClosed(0, TAIL).asDoubleStream().toArray());
        columns.put("counted", Arrays.stream(rows()).asDoubleStream().toArray());
        columns.put("expected", expected(p));
        return columns;
    }

    static Picture picture(Map<String, double[]> series) {
        return new SeriesPicture("Zeros among the 25 activations of a sample", "seed 42, 20000 samples; 8 stands for 8 or more",
                Axis.linear("Activations zeroed"), Axis.linear("Samples"),
                List.of(Series.of("counted", Palette.VERMILION, series.get("zeros"), series.get("counted"))),
                List.of(Series.of("binomial law", Palette.BLUE, series.get("zeros"), series.get("expected"))), List.of(), false)
                        .picture();
    }
}
