package dev.regularisation.random;

/**
 * What a pass over PyTorch's {@code DataLoader} takes from the global stream, and the order in which it visits the
 * samples.
 *
 * <p>Every pass first draws one int64, the base seed of worker processes, whether it has any or not. A shuffled pass
 * draws a second, with which it seeds a stream of its own for the order. So a shuffled pass takes four draws, a plain
 * pass two.
 */
public final class LoaderOrder {
    private LoaderOrder() {
    }

    /**
     * The order of a pass with {@code shuffle=True}.
     *
     * @param global the stream that {@code torch.manual_seed} seeded; advanced by four draws
     * @param n number of samples
     * @return the sample indices 0 … n − 1 in the order of the pass
     * @throws IllegalArgumentException if n is not positive; PyTorch too refuses to shuffle an empty data set
     */
    public static int[] shuffledPass(TorchGenerator global, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("LoaderOrder.shuffledPass: wanted n >= 1 samples, got n = " + n
                    + "; an empty data set has no order");
        }
        int[] order = new int[n];
        shuffledPass(global, new TorchGenerator(0), order);
        return order;
    }

    /**
     * The same, without allocating.
     *
     * @param own   a generator for the order's own stream, seeded anew
     * @param order overwritten with the order of as many samples as it has entries, at least one
     */
    public static void shuffledPass(TorchGenerator global, TorchGenerator own, int[] order) {
        plainPass(global);
        own.seed(global.nextInt64());
        own.permutation(order);
    }

    /**
     * Takes from the stream what a pass with {@code shuffle=False} takes; such a pass visits the samples as they stand.
     *
     * @param global the stream that {@code torch.manual_seed} seeded; advanced by two draws
     */
    public static void plainPass(TorchGenerator global) {
        global.nextInt64();
    }
}
