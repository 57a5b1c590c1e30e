package dev.regularisation.spec.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Jumps of a loss: rises to more than a hundred times the least value since it last lay low. After a jump it lies low
 * again once it has fallen a hundredfold from the jump's peak, so that one unrest counts once.
 */
public final class Jumps {

    private static final double FACTOR = 100;

    private Jumps() {
    }

    /**
     * A jump.
     *
     * @param epoch when the loss passed a hundred times {@code from}
     * @param from  the least loss before
     * @param to    the greatest before it lay low again
     */
    public record Jump(int epoch, double from, double to) {
    }

    /** All jumps, in order; epoch 0 comes first in {@code losses}. */
    public static List<Jump> of(double[] losses) {
        List<Jump> jumps = new ArrayList<>();
        double least = losses[0];
        boolean low = true;
        for (int epoch = 1; epoch < losses.length; epoch++) {
            double loss = losses[epoch];
            if (low) {
                least = Math.min(least, loss);
                if (loss > FACTOR * least) {
                    jumps.add(new Jump(epoch, least, loss));
                    low = false;
                }
            } else {
                Jump last = jumps.get(jumps.size() - 1);
                jumps.set(jumps.size() - 1, new Jump(last.epoch(), last.from(), Math.max(last.to(), loss)));
                if (loss < last.to() / FACTOR) {
                    least = loss;
                    low = true;
                }
            }
        }
        return jumps;
    }

    /** The epoch of the first jump, or −1. */
    public static int first(double[] losses) {
        return of(losses).stream().mapToInt(Jump::epoch).findFirst().orElse(-1);
    }
}
