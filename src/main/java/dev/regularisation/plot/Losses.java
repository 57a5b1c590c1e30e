package dev.regularisation.plot;

import dev.regularisation.training.History;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What to say of the losses of a run. */
final class Losses {

    private Losses() {
    }

    /** The epochs of a history: 0, 1, …. */
    static double[] epochs(History history) {
        return IntStream.rangeClosed(0, history.epochs()).asDoubleStream().toArray();
    }

    /** Whether some validation loss is finite, so that the history has a best epoch. */
    static boolean hasBest(History history) {
        return Double.isFinite(history.validationLoss(history.bestEpoch()));
    }

    /** Such as {@code 0.5975 at epoch 54}. */
    static String best(History history) {
        return hasBest(history)
                ? Numbers.of(history.validationLoss(history.bestEpoch())) + " at epoch "
                        + Numbers.count(history.bestEpoch())
                : "no finite value";
    }

    /** What a logarithmic axis cannot show of these losses. */
    static List<String> notes(String name, double[] losses) {
        List<String> notes = new ArrayList<>();
        int first = -1;
        int broken = 0;
        int zeros = 0;
        for (int epoch = 0; epoch < losses.length; epoch++) {
            if (!Double.isFinite(losses[epoch])) {
                first = first < 0 ? epoch : first;
                broken++;
            } else if (losses[epoch] == 0) {
                zeros++;
            }
        }
        if (broken > 0) {
            notes.add("Diverged: the " + name + " is not finite in " + Numbers.count(broken) + " of "
                    + Numbers.count(losses.length) + " epochs, first in epoch " + Numbers.count(first) + ".");
        }
        if (zeros > 0) {
            notes.add("The " + name + " is exactly 0, which a log axis cannot show, in " + Numbers.count(zeros) + " of "
                    + Numbers.count(losses.length) + " epochs.");
        }
        return notes;
    }
}
