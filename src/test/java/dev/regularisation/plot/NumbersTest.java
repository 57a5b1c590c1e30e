package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.optim.AdamMoments;
import dev.regularisation.post.PostExperiment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0.59749|0.5975", "0|0.0000", "9.9536|9.9536", "52.734|52.73", "157.69|157.7",
        "123456.7|123,456.7", "5.53e-14|5.53e-14", "1e37|1.00e+37", "-0.174|-0.1740", "NaN|NaN", "Infinity|infinite",
        "-Infinity|minus infinite"})
    void lossesAndNorms(double value, String text) {
        assertThat(Numbers.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0.01|0.01", "0.085|0.085", "1|1", "2000|2,000", "1e-4|1e-4", "2.5e-8|2.5e-8"})
    void settings(double value, String text) {
        assertThat(Numbers.setting(value)).isEqualTo(text);
    }

    @Test
    @DisplayName("a plan in one line says what is switched on")
    void planLine() {
        assertThat(Texts.plan(PostExperiment.WEIGHT_DECAY.plan(42, 200))).isEqualTo("50-25-25-1 · Adam · η = 0.01"
                + " · weight decay 0.085 · full batch · 1,000 epochs · 200 training, 10,000 validation samples"
                + " · seed 42");
        assertThat(Texts.plan(PostExperiment.MINIBATCH.plan(7, 400)))
                .contains("batches of 32", "400 training", "seed 7")
                .doesNotContain("decay", "dropout", "L1", "L2");
        assertThat(Texts.plan(PostExperiment.L1.plan(42, 200))).contains("L1 0.021");
        assertThat(Texts.plan(PostExperiment.DROPOUT.plan(42, 200).toBuilder().set(AdamMoments.EPSILON, 1e-4).build()))
                .contains("dropout 0.1", "ε = 1e-4");
    }
}
