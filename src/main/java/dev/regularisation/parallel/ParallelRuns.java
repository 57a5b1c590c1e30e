package dev.regularisation.parallel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Does independent jobs on several threads, the longest first. Results come in the order of the jobs and depend on
 * neither the number of threads nor their timing; the first failure ends them all.
 */
public final class ParallelRuns {

    /** More than the cores of any machine so far; a system that runs out of threads may take other programs with it. */
    private static final int MAX_THREADS = 1024;
    /** An interrupted job ends with its epoch. */
    private static final long PATIENCE_SECONDS = 10;

    private ParallelRuns() {
    }

    /**
     * Carries out {@code job} for every item.
     *
     * @param items   what to do, not modified
     * @param length  an estimate of how long an item takes, in any unit
     * @param job     does one item; must share nothing that it changes with the others
     * @param threads from 1 to 1024
     * @return one result per item, in the order of {@code items}
     * @throws CancellationException when this thread is interrupted; jobs under way are interrupted too
     */
    public static <T, R> List<R> run(List<T> items, ToLongFunction<T> length, Function<T, R> job, int threads) {
        requireThreads(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads, ParallelRuns::daemon);
        try {
            List<Integer> order = new ArrayList<>();
            List<Future<R>> futures = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                order.add(i);
                futures.add(null);
            }
            order.sort(Comparator.comparingLong((Integer i) -> length.applyAsLong(items.get(i))).reversed());
            CompletionService<R> ended = new ExecutorCompletionService<>(executor);
            for (int i : order) {
                futures.set(i, ended.submit(() -> job.apply(items.get(i))));
            }
            for (int i = 0; i < items.size(); i++) {
                // As they end, so that the first failure stops the others.
                ended.take().get();
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while runs were under way");
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            stop(executor);
        }
    }

    /** What a job threw, to be thrown again; an error is thrown here. */
    static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof Error failure) {
            throw failure;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }

    /** Throws where {@code threads} cannot be meant. */
    public static void requireThreads(int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads: wanted at least 1 and at most " + MAX_THREADS + ", got " + threads);
        }
    }

    /** A job must not go on writing files after the caller has heard of a failure, and perhaps ended the JVM. */
    static void stop(ExecutorService executor) {
        executor.shutdownNow();
        try {
            executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "run");
        thread.setDaemon(true);
        return thread;
    }
}
