package dev.regularisation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PartingTest {

    private static final TrainingPlan SMALL =
            PostExperiment.LINEAR.plan(1, 60).toBuilder().epochs(4).build();

    @Property(tries = 200)
    @Label("The growth rate of an exponential is its exponent")
    void fitsExponentials(
            @ForAll @DoubleRange(min = -0.2, max = 0.2) @Scale(4) double rate,
            @ForAll @IntRange(max = 20) int from,
            @ForAll @IntRange(min = 2, max = 100) int length) {
        double[] distances = IntStream.rangeClosed(0, 120).mapToDouble(t -> 1e-9 * StrictMath.exp(rate * t)).toArray();

        Growth growth = Parting.of(distances).growth(from, from + length);

        // ln δ is rounded at 20, to 4e-15; spread over at least two epochs, the slope is off by at most that.
        assertThat(growth.rate()).isCloseTo(rate, Offset.offset(1e-14));
        assertThat(growth.from()).isEqualTo(from);
        assertThat(growth.to()).isEqualTo(from + length);
    }

    @Test
    @DisplayName("Epochs at which the runs are equal are left out of the fit")
    void leavesOutZeros() {
        Parting parting = Parting.of(1, 0, 4, 0, 16);

        Growth growth = parting.growth(0, 4);

        assertThat(growth.rate()).isCloseTo(Math.log(2), Offset.offset(1e-15));
        assertThat(growth.epochsPerDecade()).isCloseTo(Math.log(10) / Math.log(2), Offset.offset(1e-14));
        assertThatThrownBy(() -> parting.growth(0, 3)).hasMessageContaining("at least 3 epochs at which the runs differ, got 2");
        assertThatThrownBy(() -> parting.growth(0, 5)).hasMessageContaining("0 <= from < to <= 4, got 0 and 5");
        assertThatThrownBy(() -> parting.growth(2, 2)).hasMessageContaining("got 2 and 2");
        assertThatThrownBy(() -> parting.growth(-1, 2)).hasMessageContaining("got -1 and 2");
    }

    @Test
    @DisplayName("The first epoch that reaches a threshold, or one after the last")
    void firstReaching() {
        Parting parting = Parting.of(0, 1, 3, 2);

        assertThat(parting.firstReaching(3)).isEqualTo(2);
        assertThat(parting.firstReaching(0)).isZero();
        assertThat(parting.firstReaching(3.1)).isEqualTo(4);
        assertThat(parting.epochs()).isEqualTo(3);
    }

    @Test
    @DisplayName("Two runs are as far apart as the parameters that differ most")
    void between() {
        TrainingResult one = train(SMALL, 0);
        TrainingResult other = train(SMALL, 0.25);

        Parting parting = Parting.between(one.history(), other.history());

        // An initial weight of at most 1/√50 and 0.25 are added in double and rounded once to float32.
        assertThat(parting.distance(0)).isCloseTo(0.25, Offset.offset(2e-8));
        double greatest = 0;
        for (int i = 0; i < one.history().parameterCount(); i++) {
            greatest = Math.max(greatest, Math.abs(one.history().parameter(4, i) - other.history().parameter(4, i)));
        }
        assertThat(parting.distances()).hasSize(5).endsWith(greatest);
        assertThat(Parting.between(one.history(), one.history()).distances()).containsOnly(0);
    }

    @Test
    @DisplayName("Distances that are negative, NaN or none, and runs of two plans, are refused")
    void refuses() {
        TrainingResult one = train(SMALL, 0);
        TrainingResult longer = train(SMALL.toBuilder().epochs(5).build(), 0);

        assertThatThrownBy(Parting::of).hasMessageContaining("at least one distance");
        assertThatThrownBy(() -> Parting.of(1, Double.NaN)).hasMessageContaining("none negative or NaN");
        assertThatThrownBy(() -> Parting.of(-1)).hasMessageContaining("none negative or NaN");
        assertThatThrownBy(() -> Parting.between(one.history(), longer.history()))
                .hasMessageContaining("two runs of one plan, got 4 epochs");
    }

    private static TrainingResult train(TrainingPlan plan, double added) {
        return TrainingLoop.train(plan, new CpuBackend(), Recording.PARAMETERS, ProgressListener.NONE, initial -> {
            double[] moved = initial.clone();
            moved[7] += added;
            return moved;
        });
    }
}
