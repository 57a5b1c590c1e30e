package dev.regularisation.study;

import java.util.ArrayList;
import java.util.Arrays;
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
     * @param peak  the epoch of {@code to}
     * @param end   when it lay low again; one past the last epoch where it did not
     */
    public record Jump(int epoch, double from, double to, int peak, int end) {
    }

    /**
     * All jumps, in order; epoch 0 comes first in {@code losses}.
     *
     * @throws IllegalArgumentException where a loss is NaN: whether it jumped nobody can say
     */
    public static List<Jump> of(double[] losses) {
        if (hasNaN(losses)) {
            throw new IllegalArgumentException("jumps: wanted losses that are numbers, got NaN; look for why the run diverged");
        }
        List<Jump> jumps = new ArrayList<>();
        double least = losses[0];
        boolean low = true;
        for (int epoch = 1; epoch < losses.length; epoch++) {
            double loss = losses[epoch];
            if (low) {
                least = Math.min(least, loss);
                if (loss > FACTOR * least) {
                    jumps.add(new Jump(epoch, least, loss, epoch, losses.length));
                    low = false;
                }
            } else {
                Jump last = jumps.get(jumps.size() - 1);
                boolean higher = loss > last.to();
                low = loss < last.to() / FACTOR;
                jumps.set(jumps.size() - 1, new Jump(last.epoch(), last.from(), higher ? loss : last.to(),
                        higher ? epoch : last.peak(), low ? epoch : losses.length));
                least = low ? loss : least;
            }
        }
        return jumps;
    }

    private static boolean hasNaN(double... losses) {
        return Arrays.stream(losses).anyMatch(Double::isNaN);
    }

    /** How many; NaN where a loss is. */
    public static double count(double[] losses) {
        return hasNaN(losses) ? Double.NaN : of(losses).size();
    }

    /** The greatest ratio of a loss to the least one before; NaN where a loss is. */
    public static double greatestRise(double[] losses) {
        double least = Double.POSITIVE_INFINITY;
        double rise = 0;
        for (double loss : losses) {
            rise = Math.max(rise, loss / least);
            least = Math.min(least, loss);
        }
        return rise;
    }

    /** The epoch of the first jump, or −1; throws as {@link #of} does. */
    public static int first(double[] losses) {
        return of(losses).stream().mapToInt(Jump::epoch).findFirst().orElse(-1);
    }
}
