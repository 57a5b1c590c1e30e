package dev.regularisation.spark;

import dev.regularisation.study.StudyListener;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Looks after a study under way: who is at work, who was lost, and whether anything still arrives. */
final class Watch extends SparkListener implements AutoCloseable {

    private static final long LOOK_MILLIS = 1_000;

    private final SparkContext context;
    private final SparkSettings settings;
    private final StudyListener listener;
    private final AtomicInteger atWork = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "watch");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> looks;
    private volatile long arrived = System.nanoTime();
    private volatile boolean ended;

    /** Begins to look. */
    Watch(SparkContext context, SparkSettings settings, StudyListener listener) {
        this.context = context;
        this.settings = settings;
        this.listener = listener;
        long look = Math.min(LOOK_MILLIS, Math.max(1, settings.quiet().toMillis() / 2));
        looks = clock.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
        context.addSparkListener(this);
    }

    /** A row has arrived. */
    void arrived() {
        arrived = System.nanoTime();
    }

    private void look() {
        if (ended || context.isStopped()) {
            return;
        }
        int workers = (int) Stream.of(context.statusTracker().getExecutorInfos()).filter(each -> each.numRunningTasks() > 0).count();
        // Between two short runs a worker may seem idle.
        if (atWork.getAndSet(workers) != workers && workers > 0) {
            listener.atWork(workers);
        }
        Duration silence = Duration.ofNanos(System.nanoTime() - arrived);
        if (silence.compareTo(settings.quiet()) > 0) {
            arrived();
            listener.remark("warning: wanted a row, got none for " + silence.toSeconds() + " s, with " + workers
                    + " workers at work; look whether workers of " + settings.master() + " have a free core and spark.executor.memory="
                    + settings.conf().get("spark.executor.memory", "1g") + " and reach the driver at "
                    + context.conf().get("spark.driver.host", "its address") + ", and into their logs");
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        if (!ended && !context.isStopped()) {
            listener.remark("worker " + removed.executorId() + " was lost (" + removed.reason().lines().findFirst().orElse("no reason given")
                    + "); its runs are trained elsewhere");
        }
    }

    @Override
    public void close() {
        ended = true;
        looks.cancel(false);
        clock.shutdownNow();
        context.removeSparkListener(this);
    }
}
