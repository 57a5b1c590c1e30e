package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterPathsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 1000, 100_000})
    void epochsRiseFromZeroToTheLast(int last) {
        double[] epochs = TrainingPicture.epochs(last);

        assertThat(epochs).startsWith(0, 1).endsWith(last).hasSizeLessThanOrEqualTo(161);
        for (int i = 1; i < epochs.length; i++) {
            assertThat(epochs[i]).isGreaterThan(epochs[i - 1]).isEqualTo(Math.rint(epochs[i]));
        }
    }

    @Test
    @DisplayName("early epochs are all there, later ones evenly spaced on a logarithmic axis")
    void evenOnALogarithmicAxis() {
        double[] epochs = TrainingPicture.epochs(2000);

        assertThat(epochs).contains(2, 3, 4, 5, 6, 7, 8, 9, 10);
        for (int i = 1; i < epochs.length; i++) {
            // 2000 to the power of 1/159 is 1.049; rounding to whole epochs adds at most one.
            assertThat(epochs[i]).isLessThanOrEqualTo(Math.max(1, epochs[i - 1]) * 1.049 + 1);
        }
    }
}
