package dev.regularisation.study;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.data.Problem;
import dev.regularisation.parallel.ParallelRuns;
import java.util.List;
import java.util.function.Supplier;

/** Trains a run on each of some threads of this machine. */
public final class LocalThreads implements StudyEngine {

    private final Supplier<Backend> backends;
    private final int threads;

    /**
     * An engine of {@code threads} threads, which begin with each study and end with it.
     *
     * @param backends makes a backend for each run
     * @param threads  runs at a time, from 1 to 1024
     */
    public LocalThreads(Supplier<Backend> backends, int threads) {
        ParallelRuns.requireThreads(threads);
        this.backends = backends;
        this.threads = threads;
    }

    @Override
    public void run(Problem problem, List<StudyCell> cells, StudyListener listener) {
        Draws draws = new Draws();
        ParallelRuns.run(cells, cell -> cell.plan().epochs(), cell -> {
            try (Backend backend = backends.get()) {
                listener.ended(cell.train(problem, draws, backend));
                return null;
            }
        }, threads);
    }
}
