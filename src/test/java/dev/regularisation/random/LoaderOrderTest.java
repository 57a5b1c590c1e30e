package dev.regularisation.random;

import static dev.regularisation.random.StreamPosition.assertAdvancedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes over a loader take from the global stream; the orders themselves are among PyTorch's vectors. */
class LoaderOrderTest {
    @Property(tries = 100)
    @Label("a shuffled pass takes four draws whatever its length, and orders the samples from the second int64")
    void shuffledPass(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2_000) int n) {
        TorchGenerator global = new TorchGenerator(seed);

        int[] order = LoaderOrder.shuffledPass(global, n);

        assertAdvancedBy(4, seed, global);
        TorchGenerator again = new TorchGenerator(seed);
        again.nextInt64();
        assertThat(order).containsExactly(new TorchGenerator(again.nextInt64()).permutation(n));
    }

    @Property(tries = 100)
    @Label("a plain pass takes two draws")
    void plainPass(@ForAll long seed) {
        TorchGenerator global = new TorchGenerator(seed);

        LoaderOrder.plainPass(global);

        assertAdvancedBy(2, seed, global);
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {0, -1})
    @DisplayName("an empty data set has no order and takes no draws")
    void emptyDataSet(int n) {
        TorchGenerator global = new TorchGenerator(42);

        assertThatIllegalArgumentException().isThrownBy(() -> LoaderOrder.shuffledPass(global, n))
                .withMessageContaining("got n = " + n);
        assertAdvancedBy(0, 42, global);
    }
}
