package dev.regularisation.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that stay, for many short loops one after the other over independent items. */
public final class Workers implements AutoCloseable {

    private final ExecutorService executor;
    private final int threads;

    /** {@code threads} of them, from 1 to 1024. */
    public Workers(int threads) {
        ParallelRuns.requireThreads(threads);
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, ParallelRuns::daemon);
    }

    /**
     * Does {@code job} for 0 … count − 1, in no order, and waits; after a failure too, until no job is under way.
     *
     * @param job must share nothing that it changes with the others
     * @throws CancellationException when this thread is interrupted
     */
    public void each(int count, IntConsumer job) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> futures = new ArrayList<>();
        for (int thread = 0; thread < Math.min(threads, count); thread++) {
            futures.add(executor.submit(() -> {
                try {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        job.accept(i);
                    }
                } finally {
                    // After a failure nothing begins any more.
                    next.set(count);
                }
            }));
        }
        try {
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while work was under way");
        } catch (ExecutionException e) {
            throw ParallelRuns.failure(e);
        } finally {
            // Nor after an interruption; and what the jobs work on may be released when this returns.
            next.set(count);
            awaitAll(futures);
        }
    }

    private static void awaitAll(List<Future<?>> futures) {
        boolean interrupted = false;
        for (Future<?> future : futures) {
            while (!future.isDone()) {
                try {
                    future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException told) {
                    // The first failure, or the interruption, is what the caller hears of.
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ParallelRuns.stop(executor);
    }
}
