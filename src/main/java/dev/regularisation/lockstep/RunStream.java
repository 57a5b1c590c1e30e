package dev.regularisation.lockstep;

import dev.regularisation.nn.Dropout;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.training.TrainingPlan;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run draws while it trains, an epoch at a time, in PyTorch's order: the shuffle of its training samples and, with
 * dropout, a mask for each batch. Runs that draw alike share one.
 *
 * <p>A mask has a bit for each hidden unit of a sample, in words of 32, the layers one after the other.
 */
final class RunStream {

    private static final int WORD = 32;

    /** What distinguishes streams of one training size. A run without dropout draws no masks, whatever its batches. */
    record Key(long seed, double dropout, int batchSize) {

        static Key of(TrainingPlan plan) {
            return new Key(plan.seed(), plan.dropout(), plan.dropout() == 0 ? 0 : plan.batchSize());
        }
    }

    private final TorchGenerator generator;
    private final TorchGenerator own = new TorchGenerator(0);
    private final Dropout dropout;
    private final int batchSize;
    private final List<Integer> hidden = new ArrayList<>();
    private final int[] order;
    private final List<boolean[]> kept = new ArrayList<>();

    /** The stream of a run that has not begun. */
    RunStream(TrainingPlan plan) {
        generator = plan.generator();
        dropout = new Dropout(plan.dropout());
        batchSize = plan.batchSize();
        order = new int[plan.problem().trainSize()];
        List<Integer> layers = plan.layers();
        for (int units : layers.subList(1, layers.size() - 1)) {
            hidden.add(units);
            kept.add(dropout.isActive() ? new boolean[batchSize * units] : new boolean[0]);
        }
    }

    /** Words of a sample's mask in a network of these layers. */
    static int maskWords(List<Integer> layers) {
        return layers.subList(1, layers.size() - 1).stream().mapToInt(RunStream::words).sum();
    }

    private static int words(int units) {
        return (units + WORD - 1) / WORD;
    }

    boolean isDropping() {
        return dropout.isActive() && !hidden.isEmpty();
    }

    /**
     * The draws of the next epoch.
     *
     * @param orders overwritten from {@code at} on with the order of the training samples
     * @param masks  overwritten from {@code maskAt} on with the masks of the pass, where there is dropout
     */
    void drawEpoch(IntBuffer orders, int at, IntBuffer masks, int maskAt) {
        LoaderOrder.shuffledPass(generator, own, order);
        orders.put(at, order);
        if (!isDropping()) {
            return;
        }
        int words = hidden.stream().mapToInt(RunStream::words).sum();
        for (int from = 0; from + batchSize <= order.length; from += batchSize) {
            for (boolean[] layer : kept) {
                dropout.draw(generator, layer);
            }
            pack(kept, batchSize, words, masks, maskAt + from * words);
        }
    }

    /**
     * The draws of the validation pass that follows.
     *
     * @param samples of that pass, if it is in training mode; 0 if it is not
     */
    void drawValidation(int samples, IntBuffer masks, int maskAt) {
        LoaderOrder.plainPass(generator);
        if (samples == 0 || !isDropping()) {
            return;
        }
        List<boolean[]> layers = hidden.stream().map(units -> dropout.draw(generator, samples, units)).toList();
        pack(layers, samples, hidden.stream().mapToInt(RunStream::words).sum(), masks, maskAt);
    }

    private void pack(List<boolean[]> layers, int samples, int words, IntBuffer masks, int at) {
        int first = 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            boolean[] choices = layers.get(layer);
            int units = hidden.get(layer);
            for (int s = 0; s < samples; s++) {
                for (int unit = 0; unit < units; unit += WORD) {
                    int word = 0;
                    for (int bit = 0; bit < Math.min(WORD, units - unit); bit++) {
                        word |= (choices[s * units + unit + bit] ? 1 : 0) << bit;
                    }
                    masks.put(at + s * words + first + unit / WORD, word);
                }
            }
            first += words(units);
        }
    }
}
