package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxesTest {

    @Test
    void linearLabelsAreRoundNumbers() {
        assertThat(labels(Axis.linear("x"), -13.2, 11.1, 500)).containsExactly("−10", "−5", "0", "5", "10");
        assertThat(labels(Axis.linear("x"), 0, 0.31, 400)).containsExactly("0", "0.1", "0.2", "0.3");
        assertThat(labels(Axis.linear("x"), 0, 2400, 400)).containsExactly("0", "1,000", "2,000");
        assertThat(labels(Axis.linear("x"), 0, 3e37, 400)).containsExactly("0", "1e37", "2e37", "3e37");
    }

    @Test
    @DisplayName("14 decades and more: powers of ten, as many as there is room for")
    void manyDecades() {
        assertThat(labels(Axis.log("x"), 1e-14, 20, 480)).containsExactly("10⁻¹⁴", "10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴",
                "10⁻²", "10⁰");
        assertThat(labels(Axis.log("x"), 1e-90, 1e90, 480)).hasSizeBetween(5, 480);
    }

    @Test
    @DisplayName("few decades: plain numbers; less than two: 2 and 5 too; hardly any: as on a linear axis")
    void fewDecades() {
        assertThat(labels(Axis.log("x"), 0.04, 12, 480)).containsExactly("0.1", "1", "10");
        assertThat(labels(Axis.log("x"), 0.04, 0.7, 480)).containsExactly("0.05", "0.1", "0.2", "0.5");
        assertThat(labels(Axis.log("x"), 0.61, 0.69, 400)).containsExactly("0.62", "0.64", "0.66", "0.68");
    }

    @Test
    @DisplayName("epoch 0 has a label of its own, at one half")
    void epochs() {
        assertThat(ticks(Axis.epochs(), 0.45, 2100, 500).get(0).getValue()).isEqualTo(0.5);
        assertThat(labels(Axis.epochs(), 0.45, 2100, 400)).containsExactly("0", "1", "10", "100", "1,000");
        assertThat(labels(Axis.epochs(), 0.45, 33, 400)).containsExactly("0", "1", "2", "5", "10", "20");
        assertThat(labels(Axis.epochs(), 0.45, 1.1, 400)).containsExactly("0", "1");
    }

    @ParameterizedTest
    @CsvSource({"LINEAR, -1e100, 1e100", "LINEAR, 0, 1e-100", "LINEAR, 1e20, 1.000001e20", "LOG, 1e-100, 1e100",
        "LOG, 1, 1.0000001", "LOG, 9.9, 10.1", "LINEAR, 999999, 1000001", "EPOCH, 0.45, 1e9"})
    void fewAndInsideAndRisingWhateverTheRange(Scale scale, double lower, double upper) {
        List<ValueTick> ticks = ticks(new Axis("x", scale, Double.NaN, Double.NaN), lower, upper, 500);

        assertThat(ticks).isNotEmpty().allSatisfy(tick -> assertThat(tick.getValue()).isBetween(lower, upper));
        assertThat(ticks.stream().map(ValueTick::getValue).toList()).isSorted().doesNotHaveDuplicates();
        assertThat(ticks.stream().filter(tick -> !tick.getText().isEmpty())).hasSizeBetween(1, 12);
    }

    private static List<String> labels(Axis axis, double lower, double upper, int length) {
        return ticks(axis, lower, upper, length).stream().map(ValueTick::getText).filter(text -> !text.isEmpty()).toList();
    }

    private static List<ValueTick> ticks(Axis spec, double lower, double upper, int length) {
        ValueAxis axis = Axes.of(spec, true);
        axis.setRange(lower, upper);
        List<?> ticks = axis.refreshTicks(Style.graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)),
                new AxisState(), new Rectangle2D.Double(0, 0, length, 100), RectangleEdge.BOTTOM);
        return ticks.stream().map(ValueTick.class::cast).toList();
    }
}
