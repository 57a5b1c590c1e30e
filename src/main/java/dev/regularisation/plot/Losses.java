package dev.regularisation.plot;

import dev.regularisation.training.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
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

    /**
     * What a logarithmic axis cannot show of these losses.
     *
     * @param whose empty, or such as {@code " of Dropout"}
     */
    static List<String> notes(String whose, History history) {
        List<String> notes = new ArrayList<>();
        notes(notes, whose, history, loss -> !Double.isFinite(loss), "Diverged", "not finite");
        notes(notes, whose, history, loss -> loss == 0, "Not on a log axis", "exactly 0");
        return notes;
    }

    private static void notes(List<String> notes, String whose, History history, DoublePredicate hidden, String what,
            String how) {
        long train = Arrays.stream(history.trainLosses()).filter(hidden).count();
        long validation = Arrays.stream(history.validationLosses()).filter(hidden).count();
        if (train + validation > 0) {
            int first = IntStream.rangeClosed(0, history.epochs())
                    .filter(e -> hidden.test(history.trainLoss(e)) || hidden.test(history.validationLoss(e)))
                    .findFirst().orElseThrow();
            notes.add(what + ": of " + Numbers.count(history.epochs() + 1L) + " epochs, the training loss" + whose
                    + " is " + how + " in " + Numbers.count(train)
                    + ", the validation loss in " + Numbers.count(validation)
                    + "; first in epoch " + Numbers.count(first) + ".");
        }
    }
}
