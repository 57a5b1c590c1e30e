package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.spec.rules.Norms;
import dev.regularisation.study.Jumps;
import dev.regularisation.training.History;
import java.util.Arrays;

/**
 * How Σθ² goes in a run.
 *
 * @param postsHalf factor from epoch 500 to 1,000, the second half of the post's run
 * @param early     factor from a quarter to half of the run
 * @param late      factor in its second half
 * @param least     least value in the second half
 * @param most      greatest one
 * @param jumps     how often the training loss jumps
 */
record SquaredNorm(double postsHalf, double early, double late, double least, double most, double jumps) {

    static SquaredNorm of(History history) {
        int n = history.epochs();
        double[] half = Arrays.copyOfRange(Norms.squared(history), n / 2, n + 1);
        return new SquaredNorm(history.squaredL2Norm(1000) / history.squaredL2Norm(500), early(history), Norms.lateGrowth(history),
                Arrays.stream(half).min().orElseThrow(), Arrays.stream(half).max().orElseThrow(),
                Jumps.count(history.trainLosses()));
    }

    /** Σθ² half way over Σθ² at a quarter of a run. */
    static double early(History history) {
        int n = history.epochs();
        return history.squaredL2Norm(n / 2) / history.squaredL2Norm(n / 4);
    }

    /** The same with other factors. */
    SquaredNorm with(double otherEarly, double otherLate) {
        return new SquaredNorm(postsHalf, otherEarly, otherLate, least, most, jumps);
    }

    /** The same with all values multiplied. */
    SquaredNorm times(double factor) {
        return new SquaredNorm(postsHalf, early, late, factor * least, factor * most, jumps);
    }
}
