package dev.regularisation.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class WorkersTest {

    private static final int A_WHILE = 1_000_000;

    /** Waits until a thread waits, for work or for the end of it, and no interrupt is about to wake it. */
    private static void untilWaiting(Thread thread) {
        while (thread.isInterrupted() || thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("a failure, on whichever thread, is told when no job is under way any more: what they work on may be released "
            + "then; none begins after it")
    void failure() {
        for (boolean onTheFirst : new boolean[] {true, false}) {
            AtomicReference<Thread> made = new AtomicReference<>();
            AtomicReferenceArray<Thread> at = new AtomicReferenceArray<>(9);
            AtomicBoolean underWay = new AtomicBoolean();
            try (Workers workers = new Workers(2)) {
                // The thread that is there already is the second of the next call, for whose first one is made.
                workers.each(1, job -> made.set(Thread.currentThread()));
                assertThatThrownBy(() -> workers.each(at.length(), job -> {
                    at.set(job, Thread.currentThread());
                    while (at.get(0) == null || at.get(1) == null) {
                        Thread.onSpinWait();
                    }
                    if (onTheFirst == (Thread.currentThread() != made.get())) {
                        throw new IllegalArgumentException("a job");
                    }
                    underWay.set(true);
                    untilWaiting(at.get(1 - job));
                    for (int i = 0; i < A_WHILE; i++) {
                        Thread.onSpinWait();
                    }
                    underWay.set(false);
                })).isInstanceOf(IllegalArgumentException.class).hasMessage("a job");
                assertThat(underWay).isFalse();
                assertThat(at.get(2)).isNull();
            }
        }
    }

    @Test
    @DisplayName("every job is done once, and an interrupt is told when those under way have ended; none begins after it")
    void everyJob() {
        assertThatThrownBy(() -> new Workers(0)).hasMessageContaining("threads: wanted at least 1 and at most 1024, got 0");
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        try (Workers workers = new Workers(3)) {
            workers.each(0, job -> done.incrementAndGet(0));
            workers.each(100, done::incrementAndGet);
            assertThat(IntStream.range(0, 100).map(done::get)).containsOnly(1);
        }

        Thread caller = Thread.currentThread();
        List<String> jobs = new CopyOnWriteArrayList<>();
        Workers one = new Workers(1);
        assertThatThrownBy(() -> one.each(2, job -> {
            jobs.add("begun " + job);
            // From here, since a job that has not begun when the caller is interrupted does not begin.
            caller.interrupt();
            untilWaiting(caller);
            jobs.add("ended " + job);
        })).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(jobs).containsExactly("begun 0", "ended 0");
        caller.interrupt();
        one.close();
        assertThat(Thread.interrupted()).as("an interrupt is kept when threads end").isTrue();
        one.each(0, job -> { });
        assertThatThrownBy(() -> one.each(1, job -> { })).isInstanceOf(RejectedExecutionException.class);
    }
}
