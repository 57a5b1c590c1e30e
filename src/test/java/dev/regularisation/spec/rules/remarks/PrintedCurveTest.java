package dev.regularisation.spec.rules.remarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.spec.rules.remarks.PrintedCurve.Reading;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PrintedCurveTest {

    private static final List<Reading> READINGS = List.of(new Reading(1, 1, 3, 3, 0.5), new Reading(2, 4, 1, 2, 0.5));
    private static final PrintedCurve LOSS = new PrintedCurve(PostExperiment.L1, Column.TRAIN_LOSS, READINGS);
    private static final PrintedCurve NORM = new PrintedCurve(PostExperiment.L1, Column.L1_NORM, READINGS);

    @Test
    @DisplayName("A loss leaves a curve with the first of its epochs, a norm with their mean; what is missing leaves none")
    void leaves() {
        assertThat(LOSS.leaves(new double[] {9, 3.5, 0.5, 2.5, 1})).isEqualTo(LOSS.end()).isEqualTo(5);
        assertThat(LOSS.leaves(new double[] {9, 3, 1, 2.6, 1})).isEqualTo(3);
        assertThat(LOSS.leaves(new double[] {9, 3, Double.NaN, 2, Double.NEGATIVE_INFINITY})).isEqualTo(4);
        assertThat(NORM.leaves(new double[] {9, 3, 1, 2.6, 1})).isEqualTo(5);
        assertThat(NORM.leaves(new double[] {9, 3, 2.6, 2.6, 2.6})).isEqualTo(2);
    }

    @Test
    @DisplayName("Redrawn with another run, a picture has its range in each column of pixels")
    void redrawn() {
        assertThat(LOSS.redrawn(new double[] {0, 5, 7, 6, 8}).readings())
                .containsExactly(new Reading(1, 1, 5, 5, 0.5), new Reading(2, 4, 6, 8, 0.5));
        assertThat(NORM.redrawn(new double[] {0, 5, 7, 6, 8}).readings())
                .containsExactly(new Reading(1, 1, 5, 5, 0.5), new Reading(2, 4, 7, 7, 0.5));
    }

    @Test
    @DisplayName("The files have four curves of each run, in the order of their epochs")
    void files() {
        assertThat(PrintedCurve.all()).hasSize(4 * PostExperiment.values().length).allSatisfy(curve -> {
            assertThat(curve.readings()).isNotEmpty().allMatch(reading -> reading.from() <= reading.to()
                    && reading.low() <= reading.high() && reading.halfWidth() > 0);
            assertThat(curve.readings()).extracting(Reading::from).isSorted().doesNotHaveDuplicates();
        });
    }
}
