package dev.regularisation.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
}
