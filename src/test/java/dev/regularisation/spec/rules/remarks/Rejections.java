package dev.regularisation.spec.rules.remarks;

import dev.regularisation.post.PostExperiment;
import java.util.List;
import java.util.Map;

/**
 * What the notebook's pictures reject, before rounding can show in them.
 *
 * @param printed the notebook's curves
 * @param ours    our runs, which must not be an epoch late
 * @param changes runs that are not the post's
 */
record Rejections(List<PrintedCurve> printed, Map<PostExperiment, Curves> ours, List<ChangedRun> changes) {

    /** The first epoch at which a printed curve rejects a changed run, before rounding can show; else after its end. */
    static int from(PrintedCurve curve, Curves changed) {
        int leaves = curve.leaves(changed.of(curve.column()));
        return leaves <= Following.until(curve) ? leaves : curve.end();
    }

    /** The same of our run, its epochs counted one later. */
    int fromShifted(PrintedCurve curve) {
        return from(curve, ours.get(curve.experiment()).later());
    }

    private boolean isRejected(ChangedRun change) {
        return printed.stream().anyMatch(curve -> curve.experiment() == change.experiment()
                && from(curve, change.curves()) < curve.end());
    }

    /** Of the changes of that name, how many the pictures reject. */
    long rejected(String what) {
        return changes.stream().filter(change -> change.what().equals(what) && isRejected(change)).count();
    }

    long tried(String what) {
        return changes.stream().filter(change -> change.what().equals(what)).count();
    }

    /** The least share of one of a run's numbers that its pictures reject; infinite where they reject none. */
    double leastRejected(PostExperiment run) {
        return changes.stream().filter(change -> change.experiment() == run && change.isOfNumber() && isRejected(change))
                .mapToDouble(ChangedRun::share).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** Curves that would do for a run whose epochs are counted one later. */
    long blindToAShift() {
        return printed.stream().filter(curve -> fromShifted(curve) == curve.end()).count();
    }

    /** The curves of the changed run of that name. */
    Curves changed(String what) {
        return changes.stream().filter(change -> change.what().equals(what)).findFirst().orElseThrow().curves();
    }
}
