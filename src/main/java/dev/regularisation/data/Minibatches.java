package dev.regularisation.data;

/**
 * How a shuffled pass is cut into batches: {@code ⌊samples / batchSize⌋} full ones; the samples left over sit out this
 * pass, as with PyTorch's {@code drop_last}.
 *
 * @param samples   number of training samples, at least 1
 * @param batchSize samples in a batch, between 1 and {@code samples}
 */
public record Minibatches(int samples, int batchSize) {

    public Minibatches {
        if (!(batchSize >= 1 && batchSize <= samples)) {
            throw new IllegalArgumentException("batch size: wanted between 1 and the " + samples
                    + " training samples, got " + batchSize + "; leave it out to use the full batch");
        }
    }

    /** Number of batches of a pass. */
    public int count() {
        return samples / batchSize;
    }

    /** Where batch {@code index} begins in the pass's order. */
    public int start(int index) {
        return index * batchSize;
    }
}
