package dev.regularisation.nn;

import dev.regularisation.random.TorchGenerator;

/**
 * The masks of one pass in training mode, one for each hidden layer.
 *
 * <p>They are drawn for all samples of the pass before it begins. That is PyTorch's order, in which a layer sees the whole
 * batch before the next one draws, and it leaves the pass free to take the samples in blocks.
 */
public final class DropoutMasks {

    private static final DropoutMasks EVALUATION = new DropoutMasks(new Dropout(0), new boolean[0][]);

    private final Dropout dropout;
    private final boolean[][] kept;

    private DropoutMasks(Dropout dropout, boolean[][] kept) {
        this.dropout = dropout;
        this.kept = kept;
    }

    /** No masks: evaluation mode. */
    public static DropoutMasks evaluation() {
        return EVALUATION;
    }

    /** The masks of a pass of {@code samples} through the hidden layers of {@code network}; without dropout, no draws. */
    public static DropoutMasks draw(Dropout dropout, Mlp network, int samples, TorchGenerator generator) {
        DropoutMasks masks = undrawn(dropout, network, samples);
        masks.redraw(generator);
        return masks;
    }

    /** Masks of passes of {@code samples}, to be {@linkplain #redraw drawn} before each. */
    public static DropoutMasks undrawn(Dropout dropout, Mlp network, int samples) {
        if (!dropout.isActive()) {
            return evaluation();
        }
        boolean[][] kept = new boolean[network.hiddenLayers()][];
        for (int layer = 0; layer < kept.length; layer++) {
            kept[layer] = Dropout.choices(samples, network.layer(layer).outputs());
        }
        return new DropoutMasks(dropout, kept);
    }

    /** Draws all masks anew, without allocating; without dropout, no draws. */
    public void redraw(TorchGenerator generator) {
        for (boolean[] layer : kept) {
            dropout.draw(generator, layer);
        }
    }

    boolean isActive() {
        return kept.length > 0;
    }

    Dropout dropout() {
        return dropout;
    }

    boolean[] kept(int layer) {
        return kept[layer];
    }
}
