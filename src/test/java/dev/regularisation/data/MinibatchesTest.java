package dev.regularisation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pass is cut into full batches; what is left over sits out. */
class MinibatchesTest {

    @Property
    @Label("minibatch.full-batches-only: batches follow one another and leave fewer than one batch over")
    void fullBatchesOnly(
            @ForAll @IntRange(min = 1, max = 1000) int samples, @ForAll @IntRange(min = 1, max = 1000) int size) {
        int batch = 1 + size % samples;
        Minibatches minibatches = new Minibatches(samples, batch);

        for (int i = 0; i < minibatches.count(); i++) {
            assertThat(minibatches.start(i)).isEqualTo(i * batch);
        }
        int used = minibatches.count() * batch;
        assertThat(samples - used).isBetween(0, batch - 1);
    }

    @Test
    @DisplayName("the post's batches: 6 of 32 from 200, 8 left over; one full batch")
    void postsBatches() {
        assertThat(new Minibatches(200, 32).count()).isEqualTo(6);
        assertThat(new Minibatches(200, 200).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"200, 201", "200, 0", "200, -1", "5, 2147483647"})
    @DisplayName("a batch that the training samples cannot fill is refused, with the remedy")
    void batchThatCannotBe(int samples, int batch) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Minibatches(samples, batch))
                .withMessage("batch size: wanted between 1 and the " + samples + " training samples, got " + batch
                        + "; leave it out to use the full batch");
    }

    @Test
    @DisplayName("samples whose arrays do not fit together are refused, with all their lengths")
    void samplesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Samples(2, 3, new float[6], new float[1]))
                .withMessage("samples: 2 x 3 wants 6 inputs and 2 labels, got 6 inputs and 1 labels");
    }
}
