package dev.regularisation.results;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a network by the names of PyTorch's {@code state_dict}.
 *
 * <p>The module is the post's: {@code nn.Sequential(Linear, Dropout, ReLU, Linear, Dropout, ReLU, ..., Linear)}, so that the
 * linear layers are {@code 0}, {@code 3}, {@code 6}; each has a {@code weight}, outputs × inputs, and a {@code bias}, outputs.
 */
final class StateDict {

    private static final int MODULES_PER_LAYER = 3;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private StateDict() {
    }

    /**
     * The weights or the biases of a layer.
     *
     * @param name   in the {@code state_dict}
     * @param shape  outputs, inputs; or outputs
     * @param offset place of the first in the network's parameter vector; the others follow in row-major order
     * @param size   how many they are
     */
    record Part(String name, List<Long> shape, int offset, int size) {
    }

    /**
     * All parts, in the order of the parameter vector.
     *
     * @param layers sizes of the network, inputs first, at least two, all positive
     */
    static List<Part> parts(List<Integer> layers, boolean bias) {
        if (layers.size() < 2 || layers.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("layers: wanted at least two positive sizes such as 50,25,25,1, got " + layers);
        }
        List<Part> parts = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i + 1 < layers.size(); i++) {
            long inputs = layers.get(i);
            long outputs = layers.get(i + 1);
            offset = add(parts, MODULES_PER_LAYER * i + ".weight", List.of(outputs, inputs), offset, inputs * outputs, layers);
            if (bias) {
                offset = add(parts, MODULES_PER_LAYER * i + ".bias", List.of(outputs), offset, outputs, layers);
            }
        }
        return parts;
    }

    private static int add(
            List<Part> parts, String name, List<Long> shape, int offset, long size, List<Integer> layers) {
        if (offset + size > LARGEST_ARRAY) {
            throw new IllegalArgumentException(
                    "layers: wanted at most " + LARGEST_ARRAY + " weights and biases, got " + layers);
        }
        parts.add(new Part(name, shape, offset, (int) size));
        return (int) (offset + size);
    }

    /** Number of parameters in all {@code parts}. */
    static int count(List<Part> parts) {
        return parts.stream().mapToInt(Part::size).sum();
    }
}
