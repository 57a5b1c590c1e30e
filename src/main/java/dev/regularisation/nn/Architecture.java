package dev.regularisation.nn;

import dev.regularisation.backend.Activation;
import dev.regularisation.setting.Limits;
import dev.regularisation.setting.Setting;
import java.util.List;

/**
 * What a network is made of, but for its parameters: Linear, Dropout, activation for each hidden layer, then Linear. With two
 * sizes it is a linear model.
 *
 * @param sizes      units of each layer, inputs first, at least two, all positive
 * @param activation of the hidden layers
 * @param bias       whether linear layers add one
 */
public record Architecture(List<Integer> sizes, Activation activation, boolean bias) {

    /** The function of the hidden layers. */
    public static final Setting<Activation> ACTIVATION = Setting.choice(
                    "activation", List.of(Activation.values()), Activation::id, Activation::title)
            .means("{}, on hidden layers.").reads("{}").standard(Activation.RELU);

    /** Whether linear layers have weights only. */
    public static final Setting<Boolean> NO_BIAS = Setting.flag("no bias").means("Linear layers without bias.")
            .reads("no bias").standard(false);

    /** As many that an epoch's record of them, eight bytes each, fits one array. */
    private static final int MAX_PARAMETERS = Limits.LARGEST_ARRAY / Double.BYTES;

    public Architecture {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "layers: wanted at least two positive sizes such as 50,25,25,1, got " + sizes);
        }
        long count = 0;
        for (int i = 0; i + 1 < sizes.size(); i++) {
            count += (sizes.get(i) + (bias ? 1L : 0)) * sizes.get(i + 1);
            if (count > MAX_PARAMETERS) {
                throw new IllegalArgumentException("layers: wanted at most " + MAX_PARAMETERS
                        + " weights and biases, got " + sizes + "; ask for fewer units");
            }
        }
    }

    /** The post's: rectifiers and biases. */
    public Architecture(List<Integer> sizes) {
        this(sizes, Activation.RELU, true);
    }

    /** Number of linear layers. */
    public int layers() {
        return sizes.size() - 1;
    }

    /** Number of weights and biases of a linear layer, the one next to the input being 0. */
    public int parameterCount(int layer) {
        return (sizes.get(layer) + (bias ? 1 : 0)) * sizes.get(layer + 1);
    }

    /** Number of all weights and biases. */
    public int parameterCount() {
        int count = 0;
        for (int layer = 0; layer < layers(); layer++) {
            count += parameterCount(layer);
        }
        return count;
    }
}
