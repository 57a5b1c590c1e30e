package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.spec.rules.Norms;
import dev.regularisation.study.Jumps;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How Σθ² goes in a run.
 *
 * @param path  by epoch, from 0
 * @param jumps how often the training loss jumps
 */
record SquaredNorm(double[] path, double jumps) {

    static SquaredNorm of(History history) {
        return new SquaredNorm(Norms.squared(history), Jumps.count(history.trainLosses()));
    }

    /** The factor from epoch 500 to 1,000, the second half of the post's run. */
    double postsHalf() {
        return path[1000] / path[500];
    }

    /** From a quarter to half of the run. */
    double early() {
        return path[path.length / 2] / path[path.length / 4];
    }

    /** In its second half. */
    double late() {
        return path[path.length - 1] / path[path.length / 2];
    }

    /** The least value in the second half. */
    double least() {
        return secondHalf().min().orElseThrow();
    }

    /** The greatest there. */
    double most() {
        return secondHalf().max().orElseThrow();
    }

    private DoubleStream secondHalf() {
        return Arrays.stream(path, path.length / 2, path.length);
    }

    /** The same with all values multiplied. */
    SquaredNorm times(double factor) {
        return new SquaredNorm(Arrays.stream(path).map(norm -> factor * norm).toArray(), jumps);
    }

    /** As much at every epoch up to half of the run as there, and from then on as it was. */
    SquaredNorm growingLate() {
        int half = path.length / 2;
        return new SquaredNorm(IntStream.range(0, path.length).mapToDouble(epoch -> path[Math.max(epoch, half)]).toArray(),
                jumps);
    }
}
