package dev.regularisation.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs in parallel give what they give one after another. */
final class ParallelRunsTest {

    private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 4, 200})
    @DisplayName("results come in the order of the jobs, whatever their length")
    void order(int threads) {
        assertThat(ParallelRuns.run(ITEMS, i -> (i * 37) % 11, i -> i * i, threads))
                .isEqualTo(ITEMS.stream().map(i -> i * i).toList());
    }

    @Test
    @DisplayName("the first failure is thrown as it is, and ends jobs that would never end")
    void failure() {
        AtomicInteger ended = new AtomicInteger();

        assertThatThrownBy(() -> ParallelRuns.run(ITEMS, i -> i, i -> {
            if (i == 99) {
                throw new IllegalArgumentException("job 99");
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.incrementAndGet();
            }
            return i;
        }, 2)).isInstanceOf(IllegalArgumentException.class).hasMessage("job 99");
        assertThat(ended).as("jobs under way, ended before the failure is told").hasValueBetween(1, 2);
    }

    @Test
    @DisplayName("an interrupt ends the wait and is kept")
    void interrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ParallelRuns.run(ITEMS, i -> i, i -> i, 2)).isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("threads are from 1 to 1024, and keep no JVM from ending")
    void threads() {
        for (int threads : new int[] {0, 1025}) {
            assertThatThrownBy(() -> ParallelRuns.run(ITEMS, i -> i, i -> i, threads))
                    .hasMessage("threads: wanted at least 1 and at most 1024, got " + threads);
        }
        assertThat(ParallelRuns.run(List.of(1), i -> i, i -> Thread.currentThread().isDaemon(), 1024)).containsExactly(true);
    }
}
