package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DropoutZeroesAtRandomTest {

    private static final int SAMPLES = 200;
    private static final int UNITS = 25;
    private static final int PASSES = 100;
    private static final double P = 0.1;
    /** Numbers of zeros in a row of 25 beyond this are counted together: 8 or more have probability 0.2 %. */
    private static final int TAIL = 8;
    private static final double MOST_Z = 5;
    private static final double LEAST_P = 1e-6;

    @Test
    @Shows(OldRule.DROPOUT_ZEROES_AT_RANDOM)
    @DisplayName("dropout.zeroes-at-random: each activation is zeroed with probability p, alone and afresh in every "
            + "pass")
    void binomialLaw() {
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        List<boolean[]> zeroed = zeroed(() -> masks(new Dropout(P), generator)[0]);
        page(zeroed).publish();

        requireRandom(zeroed);
    }

    @Test
    @Shows(OldRule.DROPOUT_ZEROES_AT_RANDOM)
    @DisplayName("dropout.zeroes-at-random: both layers' masks of the post's first pass equal PyTorch's, bit for bit")
    void masksEqualPyTorchs() {
        JsonNode golden = Golden.member(Golden.read("streams.json"), "dropout 0.1 after one shuffle");
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        LoaderOrder.shuffledPass(generator, SAMPLES);

        requirePyTorchs(golden, masks(new Dropout(P), generator));
    }

    @Test
    @Teeth(OldRule.DROPOUT_ZEROES_AT_RANDOM)
    @DisplayName("dropout.zeroes-at-random: rejects another probability, one mask for all samples, one for all "
            + "passes, another seed")
    void teeth() {
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        List<boolean[]> often = zeroed(() -> masks(new Dropout(0.105), generator)[0]);
        List<boolean[]> shared = zeroed(() -> firstForAll(masks(new Dropout(P), generator)[0]));
        double[] frozen = masks(new Dropout(P), generator)[0];
        JsonNode golden = Golden.member(Golden.read("streams.json"), "dropout 0.1 after one shuffle");

        assertThatThrownBy(() -> requireRandom(often)).hasMessageContaining("of activations are zeroed");
        assertThatThrownBy(() -> requireRandom(shared)).hasMessageContaining("neighbouring samples");
        assertThatThrownBy(() -> requireRandom(zeroed(() -> frozen))).hasMessageContaining("successive passes");
        assertThatThrownBy(() -> requirePyTorchs(golden, masks(new Dropout(P), new TorchGenerator(7))))
                .hasMessageContaining("layer 1 differs from PyTorch's");
    }

    static void requireRandom(List<boolean[]> passes) {
        long n = (long) passes.size() * SAMPLES * UNITS;
        long zeros = passes.stream().mapToLong(pass -> both(pass, 0, pass, 0, SAMPLES)).sum();
        long neighbours = passes.stream().mapToLong(pass -> both(pass, 0, pass, 1, SAMPLES - 1)).sum();
        long successive = IntStream.range(1, passes.size())
                .mapToLong(t -> both(passes.get(t - 1), 0, passes.get(t), 0, SAMPLES)).sum();

        // Against the measured rate: that masks are drawn afresh is another question than how often they zero.
        double rate = (double) zeros / n;
        double chance = new ChiSquareTest().chiSquareTest(expectedRows(passes.size()), rows(passes));
        String wrong = String.join("; ", List.of(
                far(zeros, n, P, "of activations are zeroed"),
                far(neighbours, n / SAMPLES * (SAMPLES - 1), rate * rate, "of units are zeroed in neighbouring "
                        + "samples of a pass at once"),
                far(successive, n / passes.size() * (passes.size() - 1), rate * rate,
                        "of activations are zeroed in successive passes at once"),
                chance >= LEAST_P ? "" : Text.of("zeros in a row are not binomial, chi-square test p = %.2g", chance)));
        Check.that(wrong.replace("; ", "").isEmpty(), "masks are not random: %s", wrong);
    }

    /**
     * What is wrong with a count, or nothing. In the normal limit of the binomial law; with n near 10⁶ and p at least
     * 0.01 its
     * error is a hundredth of a standard deviation.
     */
    private static String far(long count, long n, double p, String what) {
        double z = (count - n * p) / Math.sqrt(n * p * (1 - p));
        return Math.abs(z) <= MOST_Z ? ""
                : Text.of("%.5f %s, wanted %.5f: %.1f standard deviations off", (double) count / n, what, p, z);
    }

    static void requirePyTorchs(JsonNode golden, double[][] masks) {
        for (int layer = 1; layer <= masks.length; layer++) {
            String wanted = Golden.member(golden, "sha256_layer" + layer).textValue();
            Check.that(Golden.sha256(masks[layer - 1]).equals(wanted), "the mask of hidden layer %d differs from "
                    + "PyTorch's", layer);
        }
    }

    /**
     * The factors that a pass of the product's network multiplies its hidden activations with, both layers, row-major
     * {@code samples × units}: with weights 0 and biases 1 they are the activations themselves.
     */
    private static double[][] masks(Dropout dropout, TorchGenerator generator) {
        Backend backend = new CpuBackend();
        Mlp network = new Mlp(backend, List.of(1, UNITS, UNITS, 1));
        double[] ones = new double[UNITS];
        Arrays.fill(ones, 1);
        backend.write(ones, network.layer(0).bias());
        backend.write(ones, network.layer(1).bias());
        Activations activations = network.activations(SAMPLES);
        network.forward(backend.zeros(1, SAMPLES), activations,
                DropoutMasks.draw(dropout, network, SAMPLES, generator), 0);
        return Stream.of(0, 1).map(layer -> transposed(backend.read(activations.hidden(layer))))
                .toArray(double[][]::new);
    }

    private static double[] transposed(double[] unitsBySamples) {
        return IntStream.range(0, SAMPLES * UNITS).mapToDouble(i -> unitsBySamples[i % UNITS * SAMPLES + i / UNITS])
                .toArray();
    }

    private static double[] firstForAll(double[] mask) {
        return IntStream.range(0, mask.length).mapToDouble(i -> mask[i % UNITS]).toArray();
    }

    private static List<boolean[]> zeroed(Supplier<double[]> pass) {
        return IntStream.range(0, PASSES).mapToObj(t -> {
            double[] mask = pass.get();
            boolean[] zero = new boolean[mask.length];
            for (int i = 0; i < mask.length; i++) {
                zero[i] = mask[i] == 0;
            }
            return zero;
        }).toList();
    }

    /** How many units are zeroed in samples {@code s + fromA} of a and {@code s + fromB} of b at once, over s. */
    private static long both(boolean[] a, int fromA, boolean[] b, int fromB, int samples) {
        return IntStream.range(0, samples * UNITS).filter(i -> a[i + fromA * UNITS] && b[i + fromB * UNITS]).count();
    }

    /** How many rows of 25 activations have 0, 1, … 7, at least 8 zeros. */
    private static long[] rows(List<boolean[]> passes) {
        long[] counts = new long[TAIL + 1];
        for (boolean[] pass : passes) {
            for (int s = 0; s < SAMPLES; s++) {
                int from = s * UNITS;
                counts[Math.min(TAIL, (int) IntStream.range(from, from + UNITS).filter(i -> pass[i]).count())]++;
            }
        }
        return counts;
    }

    private static double[] expectedRows(int passes) {
        BinomialDistribution law = new BinomialDistribution(UNITS, P);
        return IntStream.rangeClosed(0, TAIL).mapToDouble(k -> (double) passes * SAMPLES
                * (k < TAIL ? law.probability(k) : 1 - law.cumulativeProbability(TAIL - 1))).toArray();
    }

    private static Page page(List<boolean[]> passes) {
        double[] zeros = IntStream.rangeClosed(0, TAIL).asDoubleStream().toArray();
        double[] measured = Arrays.stream(rows(passes)).asDoubleStream().toArray();
        double[] expected = expectedRows(passes.size());
        long count = passes.stream().mapToLong(pass -> both(pass, 0, pass, 0, SAMPLES)).sum();
        long n = (long) passes.size() * SAMPLES * UNITS;
        return Page.of(OldRule.DROPOUT_ZEROES_AT_RANDOM)
                .formula("<mi>P</mi><mo>(</mo><mi>k</mi><mtext> of </mtext><mn>25</mn><mtext> "
                        + "zeroed</mtext><mo>)</mo><mo>=</mo>"
                        + "<mrow><mo>(</mo><mfrac linethickness=\"0\"><mn>25</mn><mi>k</mi></mfrac><mo>)</mo></mrow>"
                        + "<msup><mi>p</mi><mi>k</mi></msup><msup><mrow><mo>(</mo><mn>1</mn><mo>−</mo><mi>p</mi>"
                        + "<mo>)</mo></mrow>"
                        + "<mrow><mn>25</mn><mo>−</mo><mi>k</mi></mrow></msup>")
                .setup("The first hidden layer of 25 units in " + PASSES + " passes of 200 samples with p = 0.1, read "
                        + "off a network with weights 0 and biases 1, whose activations are the masks. Zeros are "
                        + "counted, in all, in each row of 25, in neighbouring samples at once and in successive "
                        + "passes at once; and the masks of the post's first pass are compared with PyTorch's by "
                        + "their SHA-256.")
                .picture(new SeriesPicture("Zeros among the 25 activations of a sample",
                                Text.of("seed 42, %d samples; 8 stands for 8 or more", passes.size() * SAMPLES),
                                        Axis.linear("Activations zeroed"),
                                        Axis.linear("Samples"),
                        List.of(Series.of("counted", Palette.VERMILION, zeros, measured)),
                        List.of(Series.of("binomial law", Palette.BLUE, zeros, expected)), List.of(), false).picture())
                .series("zeros in a row", Text.csv("zeros,counted,expected", zeros, measured, expected))
                .figure(Text.of("%.4f of %,d activations zeroed; masks equal PyTorch's", (double) count / n, n))
                .sure("The masks are PyTorch's bit for bit. The counts may lie " + (int) MOST_Z
                        + " standard deviations off, the chi-square test's p as low as 1e-6: a false alarm has "
                        + "probability below 3e-6 at another seed, none at this one.")
                .reproduce("mvn verify -Dtest=DropoutZeroesAtRandomTest");
    }
}
