package dev.regularisation.nn;

import static dev.regularisation.support.Golden.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.support.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout zeroes activations in training as PyTorch does, keeps their mean, and does nothing in evaluation. */
class DropoutTest {

    private static final List<Integer> POST = List.of(50, 25, 25, 1);

    private final CpuBackend backend = new CpuBackend();

    @Test
    @DisplayName("the masks of the post's first pass have PyTorch's bits, layer after layer")
    void masksOfTheFirstPass() {
        JsonNode section = member(Golden.read("streams.json"), "dropout 0.1 after one shuffle");
        TorchGenerator generator = new TorchGenerator(42);
        LoaderOrder.shuffledPass(generator, 200);

        DropoutMasks masks = DropoutMasks.draw(new Dropout(0.1), new Mlp(backend, POST), 200, generator);

        for (int layer = 0; layer < 2; layer++) {
            float[] factors = samplesFirst(factors(masks, layer, 0, 200), 25, 200);
            assertThat(Golden.sha256(factors)).as("layer %d", layer + 1)
                    .isEqualTo(member(section, "sha256_layer" + (layer + 1)).textValue());
        }
    }

    /** What {@code write} makes of a layer's mask, {@code units × samples}. */
    private double[] factors(DropoutMasks masks, int layer, int from, int samples) {
        Tensor factor = backend.zeros(25, samples);
        backend.mask(masks.kept(layer), from, masks.dropout().scale(backend.precision()), factor);
        return backend.read(factor);
    }

    /** PyTorch has activations the other way round. */
    private static float[] samplesFirst(double[] values, int units, int samples) {
        float[] turned = new float[values.length];
        for (int s = 0; s < samples; s++) {
            for (int unit = 0; unit < units; unit++) {
                turned[s * units + unit] = (float) values[unit * samples + s];
            }
        }
        return turned;
    }

    @Property(tries = 100)
    @Label("dropout.evaluation-is-identity: evaluation, and training at probability 0, use no mask and draw nothing")
    void identityInEvaluation(@ForAll long seed) {
        Mlp network = network(seed);
        Tensor x = inputs(7, seed);
        TorchGenerator generator = new TorchGenerator(seed);
        Activations evaluated = network.activations(7);
        Activations trained = network.activations(7);

        network.forward(x, evaluated);
        network.forward(x, trained, DropoutMasks.draw(new Dropout(0), network, 7, generator), 0);

        assertThat(backend.read(trained.prediction())).isEqualTo(backend.read(evaluated.prediction()));
        assertThat(generator.nextInt64()).isEqualTo(new TorchGenerator(seed).nextInt64());
    }

    @Property(tries = 100)
    @Label("dropout.blocks-do-not-matter: a pass taken in two blocks has the bits of a pass taken whole")
    void blocksDoNotMatter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 29) int first) {
        Mlp network = network(seed);
        double[] x = backend.read(inputs(30, seed));
        DropoutMasks masks = DropoutMasks.draw(new Dropout(0.4), network, 30, new TorchGenerator(seed));

        double[] whole = predictions(network, x, 0, 30, masks);

        assertThat(predictions(network, x, 0, first, masks)).isEqualTo(Arrays.copyOf(whole, first));
        assertThat(predictions(network, x, first, 30, masks)).isEqualTo(Arrays.copyOfRange(whole, first, 30));
    }

    private double[] predictions(Mlp network, double[] x, int from, int to, DropoutMasks masks) {
        double[] part = new double[50 * (to - from)];
        for (int i = 0; i < 50; i++) {
            System.arraycopy(x, i * 30 + from, part, i * (to - from), to - from);
        }
        Activations activations = network.activations(to - from);
        network.forward(backend.tensor(50, to - from, part), activations, masks, from);
        return backend.read(activations.prediction());
    }

    @Property
    @Label("dropout.keeps-the-mean: chance of being kept times factor is 1, to the rounding of a float32 quotient")
    void keepsTheMean(@ForAll @DoubleRange(min = 0, max = 0.99) double p) {
        Dropout dropout = new Dropout(p);

        // Two roundings, of 1 - p and of the quotient, of 2^-24 each.
        assertThat((1 - p) * dropout.scale(Precision.FLOAT32)).isCloseTo(1, offset(0x1p-22));
        assertThat((1 - p) * dropout.scale(Precision.FLOAT64)).isCloseTo(1, offset(0x1p-52));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    @DisplayName("the mean factor over many masks is 1")
    void meanFactor(double p) {
        TorchGenerator generator = new TorchGenerator(42);
        DropoutMasks masks = DropoutMasks.draw(new Dropout(p), new Mlp(backend, POST), 20_000, generator);

        double sum = 0;
        for (int layer = 0; layer < 2; layer++) {
            for (double factor : factors(masks, layer, 0, 20_000)) {
                sum += factor;
            }
        }

        // n = 1,000,000 factors of deviation sqrt(p / (1 - p)). Five standard errors: with another seed a right
        // implementation would fail once in 1.7 million.
        int n = 2 * 25 * 20_000;
        assertThat(sum / n).isCloseTo(1, offset(5 * Math.sqrt(p / (1 - p) / n)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    @DisplayName("a probability outside [0, 1) is refused")
    void probabilityIsChecked(double p) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(p))
                .withMessage("dropout: wanted a probability in [0, 1), got " + p + "; 0 switches it off");
    }

    @Test
    @DisplayName("masks that fit no array are refused before a draw")
    void masksThatFitNoArray() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dropout(0.5).draw(new TorchGenerator(42), 10_000, 300_000))
                .withMessage("dropout: wanted at most 2147483583 activations in a layer's pass, got 10000 samples x 300000"
                        + " units; ask for fewer, or switch dropout off with 0");
    }

    private Mlp network(long seed) {
        Mlp network = new Mlp(backend, POST);
        network.initialise(new TorchGenerator(seed));
        return network;
    }

    private Tensor inputs(int samples, long seed) {
        return backend.tensor(50, samples, new Random(seed).doubles(50L * samples, -2, 2).toArray());
    }
}
