package dev.regularisation.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Work that a test asks for before it needs the results, on two threads that do not keep the JVM alive. */
public final class TwoAtATime {

    private static final Executor THREADS = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "two-at-a-time");
        thread.setDaemon(true);
        return thread;
    });

    private TwoAtATime() {
    }

    /** Begins as soon as one of the threads is free, in the order of the calls. */
    public static <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, THREADS);
    }
}
