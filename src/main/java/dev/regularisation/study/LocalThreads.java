package dev.regularisation.study;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.data.Problem;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import java.util.List;
import java.util.function.Supplier;

/**
 * Trains a run on each of some threads of this machine.
 *
 * @param backends makes a backend for each run
 * @param threads  runs at a time
 */
public record LocalThreads(Supplier<Backend> backends, int threads) implements StudyEngine {

    public LocalThreads {
        ParallelRuns.requireThreads(threads);
    }

    @Override
    public void run(Problem problem, List<StudyCell> cells, StudyListener listener) {
        Draws draws = new Draws();
        ParallelRuns.run(cells, cell -> cell.plan().epochs(), cell -> {
            try (Backend backend = backends.get()) {
                listener.ended(StudyRow.of(cell,
                        TrainingLoop.train(cell.plan(problem), draws, backend, Recording.LOSSES, ProgressListener.NONE)));
                return null;
            }
        }, threads);
    }
}
