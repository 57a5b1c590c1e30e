package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Loss;
import dev.regularisation.nn.Mlp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples laid out for passes without gradients, in blocks that stay in the cache. Block sizes do not change results:
 * samples are independent, and the loss is one sum continued from block to block.
 */
final class EvaluationSet {

    private record Block(int from, Tensor x, Tensor y, Activations activations) {
    }

    private final Backend backend;
    private final Mlp network;
    private final Loss loss;
    private final int samples;
    private final List<Block> blocks = new ArrayList<>();

    EvaluationSet(Backend backend, Mlp network, Loss loss, Samples samples) {
        this.backend = backend;
        this.network = network;
        this.loss = loss;
        this.samples = samples.size();
        Map<Integer, Activations> bySize = new HashMap<>();
        for (int from = 0; from < samples.size(); from += backend.preferredBlock()) {
            int size = Math.min(backend.preferredBlock(), samples.size() - from);
            blocks.add(new Block(from, Layout.inputs(backend, samples, from, size),
                    Layout.labels(backend, samples, from, size),
                    bySize.computeIfAbsent(size, network::activations)));
        }
    }

    int samples() {
        return samples;
    }

    /** Mean loss over all samples; {@code masks} were drawn for all of them, or are none. */
    double loss(DropoutMasks masks) {
        double sum = 0;
        for (Block block : blocks) {
            network.forward(block.x(), block.activations(), masks, block.from());
            sum = backend.sumOfLosses(loss, block.activations().prediction(), block.y(), sum);
        }
        return sum / samples;
    }

    /** Predictions for all samples in evaluation mode. */
    double[] predictions() {
        double[] result = new double[samples];
        for (Block block : blocks) {
            network.forward(block.x(), block.activations());
            double[] values = backend.read(block.activations().prediction());
            System.arraycopy(values, 0, result, block.from(), values.length);
        }
        return result;
    }
}
