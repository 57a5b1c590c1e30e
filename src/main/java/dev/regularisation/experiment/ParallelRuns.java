package dev.regularisation.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Does independent jobs on several threads, the longest first. Results come in the order of the jobs and depend on
 * neither the number of threads nor their timing.
 */
public final class ParallelRuns {

    private ParallelRuns() {
    }

    /**
     * Carries out {@code job} for every item.
     *
     * @param items   what to do, not modified
     * @param length  an estimate of how long an item takes, in any unit
     * @param job     does one item; must share nothing that it changes with the others
     * @param threads at least 1
     * @return one result per item, in the order of {@code items}
     * @throws CancellationException when this thread is interrupted; jobs under way are interrupted too
     */
    public static <T, R> List<R> run(List<T> items, ToLongFunction<T> length, Function<T, R> job, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: wanted at least 1, got " + threads);
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads, ParallelRuns::daemon);
        try {
            List<Integer> order = new ArrayList<>();
            List<Future<R>> futures = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                order.add(i);
                futures.add(null);
            }
            order.sort(Comparator.comparingLong((Integer i) -> length.applyAsLong(items.get(i))).reversed());
            for (int i : order) {
                futures.set(i, executor.submit(() -> job.apply(items.get(i))));
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
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "run");
        thread.setDaemon(true);
        return thread;
    }
}
