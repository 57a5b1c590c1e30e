package dev.regularisation.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.random.Streams;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DrawsTest {

    private static final LinearProblem SMALL = new LinearProblem(3, 5, 7, 0.2);

    private final Draws draws = new Draws();

    @Test
    @DisplayName("A draw has the bits that the problem draws")
    void sameBits() {
        Dataset shared = draws.of(SMALL, 42, Streams.TORCH);
        Dataset own = SMALL.draw(42);
        assertThat(shared.train().x()).isEqualTo(own.train().x());
        assertThat(shared.train().y()).isEqualTo(own.train().y());
        assertThat(shared.validation().x()).isEqualTo(own.validation().x());
        assertThat(shared.validation().y()).isEqualTo(own.validation().y());
    }

    @Test
    @DisplayName("Runs of one seed and size share a draw; another seed, size, problem or stream has its own")
    void sharedByKey() {
        Dataset first = draws.of(SMALL, 42, Streams.TORCH);
        assertThat(draws.of(new LinearProblem(3, 5, 7, 0.2), 42, Streams.TORCH)).isSameAs(first);
        assertThat(draws.of(SMALL, 43, Streams.TORCH)).isNotSameAs(first);
        assertThat(draws.of(SMALL.withTrainSize(6), 42, Streams.TORCH)).isNotSameAs(first);
        assertThat(draws.of(SMALL, 42, Streams.TORCH_LIBM)).isNotSameAs(first);
        assertThat(new Draws().of(SMALL, 42, Streams.TORCH)).isNotSameAs(first);
    }

    @Test
    @DisplayName("Threads that ask at once get the same draw")
    void onceForAllThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Dataset>> asked =
                    threads.invokeAll(Collections.<Callable<Dataset>>nCopies(16, () -> draws.of(SMALL, 7, Streams.TORCH)));
            for (Future<Dataset> answer : asked) {
                assertThat(answer.get()).isSameAs(asked.get(0).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
