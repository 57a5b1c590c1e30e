package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

    @Test
    void linearLabelsAreRoundNumbers() {
        assertThat(labels(Scale.LINEAR, -13.2, 11.1, 6)).containsExactly("−10", "−5", "0", "5", "10");
        assertThat(labels(Scale.LINEAR, 0, 0.31, 5)).containsExactly("0", "0.1", "0.2", "0.3");
        assertThat(labels(Scale.LINEAR, 0, 2400, 4)).containsExactly("0", "1,000", "2,000");
        assertThat(labels(Scale.LINEAR, 0, 3e37, 5)).containsExactly("0", "1e37", "2e37", "3e37");
    }

    @Test
    @DisplayName("14 decades and more: powers of ten, as many as there is room for")
    void manyDecades() {
        assertThat(labels(Scale.LOG, 1e-14, 20, 8)).containsExactly("10⁻¹⁴", "10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴",
                "10⁻²", "10⁰");
        assertThat(labels(Scale.LOG, 1e-90, 1e90, 8)).hasSizeBetween(5, 8);
    }

    @Test
    @DisplayName("few decades: plain numbers; less than two: 2 and 5 too; hardly any: as on a linear axis")
    void fewDecades() {
        assertThat(labels(Scale.LOG, 0.04, 12, 8)).containsExactly("0.1", "1", "10");
        assertThat(labels(Scale.LOG, 0.04, 0.7, 8)).containsExactly("0.05", "0.1", "0.2", "0.5");
        assertThat(labels(Scale.LOG, 0.61, 0.69, 5)).containsExactly("0.62", "0.64", "0.66", "0.68");
    }

    @Test
    @DisplayName("epoch 0 has a label of its own, at one half")
    void epochs() {
        assertThat(Ticks.of(Scale.EPOCH, 0.45, 2100, 5)).first().isEqualTo(new Ticks.Tick(0.5, "0"));
        assertThat(labels(Scale.EPOCH, 0.45, 2100, 5)).containsExactly("0", "1", "10", "100", "1,000");
        assertThat(labels(Scale.EPOCH, 0.45, 33, 5)).containsExactly("0", "1", "2", "5", "10", "20");
        assertThat(labels(Scale.EPOCH, 0.45, 1.1, 5)).containsExactly("0", "1");
    }

    @ParameterizedTest
    @CsvSource({"LINEAR, -1e100, 1e100", "LINEAR, 0, 1e-100", "LINEAR, 1e20, 1.000001e20", "LOG, 1e-100, 1e100",
        "LOG, 1, 1.0000001", "LOG, 9.9, 10.1", "LINEAR, 999999, 1000001", "EPOCH, 0.45, 1e9"})
    void fewAndInsideAndRisingWhateverTheRange(Scale scale, double lower, double upper) {
        List<Ticks.Tick> ticks = Ticks.of(scale, lower, upper, 6);

        assertThat(ticks).isNotEmpty().allSatisfy(tick -> assertThat(tick.place()).isBetween(lower, upper));
        assertThat(ticks.stream().map(Ticks.Tick::place).toList()).isSorted().doesNotHaveDuplicates();
        assertThat(labels(scale, lower, upper, 6)).hasSizeBetween(1, 12);
    }

    private static List<String> labels(Scale scale, double lower, double upper, int most) {
        return Ticks.of(scale, lower, upper, most).stream().map(Ticks.Tick::label)
                .filter(label -> !label.isEmpty()).toList();
    }
}
