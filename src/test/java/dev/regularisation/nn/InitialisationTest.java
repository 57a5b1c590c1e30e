package dev.regularisation.nn;

import static dev.regularisation.support.Golden.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.Activation;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.support.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks begin with PyTorch's weights, and keep all parameters in one vector. */
class InitialisationTest {

    private final CpuBackend backend = new CpuBackend();

    @ParameterizedTest(name = "{0}")
    @MethodSource("postsNetworks")
    @DisplayName("the initial weights and biases of the post's networks have PyTorch's bits")
    void initialWeights(String name, List<Integer> sizes) {
        JsonNode section = member(Golden.read("streams.json"), "init " + name);
        Mlp network = new Mlp(backend, sizes);

        network.initialise(new TorchGenerator(42));

        assertThat(section).hasSize(2 * network.layers());
        for (int i = 0; i < network.layers(); i++) {
            // In PyTorch's sequence a hidden layer is three modules: linear, dropout, rectifier.
            String module = String.valueOf(3 * i);
            assertThat(Golden.sha256(backend.read(network.layer(i).weights()))).as("weights %d", i)
                    .isEqualTo(member(member(section, module + ".weight"), "sha256").textValue());
            assertThat(Golden.sha256(backend.read(network.layer(i).bias()))).as("bias %d", i)
                    .isEqualTo(member(member(section, module + ".bias"), "sha256").textValue());
        }
    }

    static Stream<Arguments> postsNetworks() {
        return Stream.of(Arguments.of("50-1", List.of(50, 1)),
                Arguments.of("50-25-25-1", List.of(50, 25, 25, 1)));
    }

    /**
     * {@code torch.manual_seed(42); [torch.nn.Linear(i, o, bias=False).weight.flatten().tolist() for i, o in ((5, 4), (4, 1))]}
     * in PyTorch 2.13.0.
     */
    @Test
    @DisplayName("without biases none are drawn or kept: the weights of the second layer follow those of the first")
    void withoutBias() {
        Architecture unbiased = new Architecture(List.of(5, 4, 1), Activation.RELU, false);
        Mlp network = new Mlp(backend, unbiased);

        network.initialise(new TorchGenerator(42));

        double[] parameters = backend.read(network.parameters());
        assertThat(parameters).hasSize(5 * 4 + 4).hasSize(unbiased.parameterCount());
        assertThat(new Architecture(unbiased.sizes()).parameterCount()).isEqualTo(5 * 4 + 4 + 4 + 1);
        assertThat(Arrays.copyOf(parameters, 3)).containsExactly(0x1.5e1e3p-2, 0x1.7c1972p-2, -0x1.ad2322p-4);
        assertThat(Arrays.copyOfRange(parameters, 19, 24)).containsExactly(
                0x1.d2eb5cp-4, -0x1.d7cb58p-3, -0x1.e0598p-5, -0x1.9fe7f8p-3, 0x1.53a55cp-2);
        assertThat(network.layer(0).bias()).isNull();
        Activations activations = network.activations(2);
        network.forward(backend.zeros(5, 2), activations);
        assertThat(backend.read(activations.prediction())).as("at 0").containsExactly(0, 0);
    }

    @Test
    @DisplayName("parameters stand layer by layer, weights row by row before biases, and layers are windows on them")
    void parametersAreOneVector() {
        Mlp network = new Mlp(backend, List.of(3, 2, 1));
        double[] numbered = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

        backend.write(numbered, network.parameters());

        assertThat(backend.read(network.layer(0).weights())).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(backend.read(network.layer(0).bias())).containsExactly(7, 8);
        assertThat(backend.read(network.layer(1).weights())).containsExactly(9, 10);
        assertThat(backend.read(network.layer(1).bias())).containsExactly(11);
        assertThat(network.layer(0).weights().shape()).isEqualTo("[2 x 3]");
        assertThat(new Architecture(List.of(3, 2, 1)).parameterCount()).isEqualTo(numbered.length);
    }

    @Test
    @DisplayName("a network of no hidden layer computes W x + b")
    void linearModel() {
        Mlp network = new Mlp(backend, List.of(2, 1));
        backend.write(new double[] {2, -3, 0.5}, network.parameters());
        Activations activations = network.activations(3);

        network.forward(backend.tensor(2, 3, new double[] {1, 0, 4, 0, 1, 5}), activations);

        assertThat(backend.read(activations.prediction())).containsExactly(2.5, -2.5, -6.5);
        assertThat(network.hiddenLayers()).isZero();
    }

    @Test
    @DisplayName("the loss is the mean of squared errors, without a half, its gradient 2/n times the error")
    void meanSquaredError() {
        var prediction = backend.tensor(1, 4, new double[] {1, 2, 3, 4});
        var target = backend.tensor(1, 4, new double[] {0, 4, 3, 7});
        var gradient = backend.zeros(1, 4);

        new MeanSquaredError().gradient(backend, prediction, target, gradient);

        assertThat(new MeanSquaredError().value(backend, prediction, target)).isEqualTo((1 + 4 + 0 + 9) / 4.0);
        assertThat(backend.read(gradient)).containsExactly(0.5, -1, 0, -1.5);
    }

    @Test
    @DisplayName("after a pass the output of a hidden layer is there to see, rectified")
    void hiddenOutput() {
        Mlp network = new Mlp(backend, List.of(1, 2, 1));
        // W = (2, -3), b = (0.5, 1), then an output that nobody looks at.
        backend.write(new double[] {2, -3, 0.5, 1, 1, 1, 0}, network.parameters());
        Activations activations = network.activations(3);

        network.forward(backend.tensor(1, 3, new double[] {1, 0, -1}), activations);

        assertThat(backend.read(activations.hidden(0))).containsExactly(2.5, 0.5, 0, 0, 1, 4);
    }

    @Test
    @DisplayName("as many parameters as an epoch's record holds in one array are accepted, one more is refused")
    void parametersFitOneArray() {
        int most = (Integer.MAX_VALUE - 64) / Double.BYTES;
        // A layer from n units to one has n weights and a bias; from one unit to n, n weights and n biases.
        assertThatNoException().isThrownBy(() -> new Architecture(List.of(most - 1, 1)));
        assertThatNoException().isThrownBy(() -> new Architecture(List.of(most / 2 - 1, 1, (most - most / 2) / 2)));

        for (List<Integer> sizes : List.of(List.of(most, 1), List.of(most / 2 + 1, 1, (most - most / 2) / 2),
                List.of(Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Architecture(sizes)).withMessage(
                    "layers: wanted at most 268435447 weights and biases, got " + sizes + "; ask for fewer units");
        }
    }

    @ParameterizedTest
    @MethodSource("sizesThatCannotBe")
    @DisplayName("sizes that are no network are refused, with an example of one")
    void sizesAreChecked(List<Integer> sizes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Mlp(backend, sizes))
                .withMessage("layers: wanted at least two positive sizes such as 50,25,25,1, got " + sizes);
    }

    static Stream<List<Integer>> sizesThatCannotBe() {
        return Stream.of(List.of(), List.of(50), List.of(50, 0, 1), Arrays.asList(-1, 1));
    }
}
