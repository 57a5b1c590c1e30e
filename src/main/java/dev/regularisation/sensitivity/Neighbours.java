package dev.regularisation.sensitivity;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Trains neighbours of a run, {@link TrainingPlan#NEIGHBOUR}, several at a time.
 *
 * @param plan      of the run itself
 * @param recording how much of them is kept
 * @param backends  makes a backend for each run
 * @param threads   runs at a time; nothing depends on it
 */
public record Neighbours(TrainingPlan plan, Recording recording, Supplier<Backend> backends, int threads) {

    /** The number of the run itself. */
    public static final int NONE = 0;

    /**
     * Trains some of them.
     *
     * @param numbers which, from 1 on; {@link #NONE} for the run itself
     * @param keep    what is kept of each, by its number; called from several threads
     * @return what was kept, in the order of {@code numbers}
     */
    public <T> List<T> train(List<Integer> numbers, BiFunction<Integer, TrainingResult, T> keep) {
        Draws draws = new Draws();
        return ParallelRuns.run(numbers, number -> 1, number -> {
            try (Backend backend = backends.get()) {
                TrainingPlan neighbour = plan.toBuilder().set(TrainingPlan.NEIGHBOUR, number).build();
                return keep.apply(number, TrainingLoop.train(neighbour, draws, backend, recording, ProgressListener.NONE));
            }
        }, threads);
    }
}
