package dev.regularisation.spec.rules.remarks;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.support.ForwardingBackend;

/** Dropout with a bit of its masks turned over: of the first sample and one unit of the first hidden layer. */
final class OtherMask extends ForwardingBackend {

    /** Two hidden layers draw masks in each pass over the training samples; the first pass, of epoch 0, takes no step. */
    private static final int MASK = 200 * 25;
    private static final int LAYERS = 2;
    private final int unit;
    private final int lastEpoch;
    private int masks;

    /**
     * A run's backend.
     *
     * @param unit      of the first hidden layer
     * @param lastEpoch from epoch 1 to which the bit is turned over
     */
    OtherMask(int unit, int lastEpoch) {
        super(new CpuBackend());
        this.unit = unit;
        this.lastEpoch = lastEpoch;
    }

    @Override
    public void mask(boolean[] kept, int from, double scale, Tensor factor) {
        boolean[] own = kept;
        if (kept.length == MASK && from == 0) {
            int epoch = masks / LAYERS;
            if (masks % LAYERS == 0 && epoch >= 1 && epoch <= lastEpoch) {
                own = kept.clone();
                own[unit] = !own[unit];
            }
            masks++;
        }
        super.mask(own, from, scale, factor);
    }
}
