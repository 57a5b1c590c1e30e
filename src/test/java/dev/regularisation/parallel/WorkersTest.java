package dev.regularisation.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class WorkersTest {

    private static final int A_WHILE = 1_000_000;

    @Test
    @DisplayName("a failure is told when no job is under way any more: what they work on may be released then")
    void failure() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean underWay = new AtomicBoolean();
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() -> workers.each(2, job -> {
                if (job == 0) {
                    while (begun.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    throw new IllegalArgumentException("job 0");
                }
                underWay.set(true);
                begun.countDown();
                for (int i = 0; i < A_WHILE; i++) {
                    Thread.onSpinWait();
                }
                underWay.set(false);
            })).isInstanceOf(IllegalArgumentException.class).hasMessage("job 0");
            assertThat(underWay).isFalse();
        }
    }

    @Test
    @DisplayName("every job is done once, and an interrupt is told when those under way have ended")
    void everyJob() {
        assertThatThrownBy(() -> new Workers(0)).hasMessageContaining("threads: wanted at least 1 and at most 1024, got 0");
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        AtomicBoolean ended = new AtomicBoolean();
        try (Workers workers = new Workers(3)) {
            workers.each(0, job -> done.incrementAndGet(0));
            workers.each(100, done::incrementAndGet);
            assertThat(IntStream.range(0, 100).map(done::get)).containsOnly(1);

            Thread caller = Thread.currentThread();
            assertThatThrownBy(() -> workers.each(1, job -> {
                // From here, since a job that has not begun when the caller is interrupted does not begin.
                caller.interrupt();
                for (int i = 0; i < A_WHILE; i++) {
                    Thread.onSpinWait();
                }
                ended.set(true);
            })).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ended).isTrue();
        }
        assertThatThrownBy(() -> {
            Workers closed = new Workers(1);
            closed.close();
            closed.each(1, job -> { });
        }).isInstanceOf(RejectedExecutionException.class);
    }
}
