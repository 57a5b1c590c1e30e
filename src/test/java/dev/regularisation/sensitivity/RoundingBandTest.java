package dev.regularisation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingResult;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundingBandTest {

    private static final TrainingResult REFERENCE = TrainingLoop.train(
            PostExperiment.MLP.plan(1, 60).toBuilder().epochs(3).build(), new CpuBackend(Kernel.LOOPS));
    private static final Figure FIGURE =
            new Figure(PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS, "0.2814", "a test");

    @Test
    @DisplayName("A neighbour begins one unit in the last place of one weight away, each of another weight")
    void neighbours() {
        RoundingBand band = RoundingBand.around(REFERENCE, 4, () -> new CpuBackend(Kernel.LOOPS), 2);

        assertThat(band.runs()).extracting(RoundingBand.Run::weight).containsExactly(-1, 243, 731, 1219, 1707);
        assertThat(band.runs().get(0).parting().distances()).containsOnly(0);
        for (RoundingBand.Run run : band.runs().subList(1, 5)) {
            float weight = (float) REFERENCE.history().parameter(0, run.weight());
            assertThat(run.parting().distance(0)).isBetween(Math.ulp(weight) / 2.0, (double) Math.ulp(weight));
        }
    }

    @Test
    @DisplayName("The reference comes first, with its own figures, and the number of threads changes nothing")
    void deterministic() {
        RoundingBand one = RoundingBand.around(REFERENCE, 3, () -> new CpuBackend(Kernel.LOOPS), 1);
        RoundingBand three = RoundingBand.around(REFERENCE, 3, () -> new CpuBackend(Kernel.LOOPS), 3);

        for (Quantity quantity : Quantity.values()) {
            assertThat(one.values(quantity)).hasSize(4).containsExactly(three.values(quantity))
                    .startsWith(quantity.of(REFERENCE));
        }
        assertThat(one.partings()).hasSize(3);
        assertThat(one.partings().get(2).distances()).containsExactly(three.partings().get(2).distances());
    }

    @Test
    @DisplayName("Another backend and an impossible number of neighbours are refused")
    void refuses() {
        Kernel other = Kernel.fastest();
        if (other != Kernel.LOOPS) {
            assertThatThrownBy(() -> RoundingBand.around(REFERENCE, 1, () -> new CpuBackend(other), 1))
                    .hasMessageContaining("hand in the same backend");
        }
        assertThatThrownBy(() -> RoundingBand.around(REFERENCE, 0, CpuBackend::new, 1))
                .hasMessageContaining("between 1 and 1951 neighbours");
        assertThatThrownBy(() -> RoundingBand.around(REFERENCE, 1952, CpuBackend::new, 1)).hasMessageContaining("got 1952");
    }

    @Property(tries = 200)
    @Label("Between a number and its neighbour up or down there is no other of the format")
    void movesByOne(@ForAll float weight, @ForAll boolean up) {
        double[] parameters = {1, weight, 3};

        double narrow = RoundingBand.moved(parameters, 1, up, Precision.FLOAT32)[1];
        double wide = RoundingBand.moved(parameters, 1, up, Precision.FLOAT64)[1];

        assertThat((float) narrow).isEqualTo(up ? Math.nextUp(weight) : Math.nextDown(weight));
        assertThat(wide).isEqualTo(up ? Math.nextUp((double) weight) : Math.nextDown((double) weight));
        assertThat(parameters).containsExactly(1, weight, 3);
    }

    @Test
    @DisplayName("A figure is reproduced, inside the band or outside, as far as its printed digits tell")
    void grades() {
        assertThat(Grade.of(FIGURE, new double[] {0.28144, 0.5}).mark()).isEqualTo(Grade.Mark.REPRODUCED);
        assertThat(Grade.of(FIGURE, new double[] {0.3, 0.28144}).mark()).isEqualTo(Grade.Mark.INSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.2, 0.28136}).mark()).isEqualTo(Grade.Mark.INSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.3, 0.28146}).mark()).isEqualTo(Grade.Mark.OUTSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.2, 0.28134}).mark()).isEqualTo(Grade.Mark.OUTSIDE);
        assertThat(Grade.of(FIGURE, new double[] {0.3, 0.25, 0.27}).inWords())
                .isEqualTo("inside the band [0.2500, 0.3000] of 3 runs");
        assertThat(Grade.of(FIGURE, new double[] {0.2814}).inWords()).isEqualTo("reproduced to the last printed digit");
        assertThatThrownBy(() -> Grade.of(FIGURE, new double[] {0.28, Double.NaN})).hasMessageContaining("finite values");
        assertThatThrownBy(() -> Grade.of(FIGURE, new double[0])).hasMessageContaining("finite values");
    }

    @Test
    @DisplayName("All printed figures of an experiment can be graded")
    void gradesPublished() {
        RoundingBand band = RoundingBand.around(REFERENCE, 1, () -> new CpuBackend(Kernel.LOOPS), 1);

        assertThat(PublishedFigures.of(PostExperiment.MLP)).extracting(band::grade)
                .hasSize(4).allMatch(grade -> grade.runs() == 2)
                .allMatch(grade -> grade.from() <= grade.ours() && grade.ours() <= grade.to());
        assertThat(IntStream.range(0, 2).mapToObj(band.runs()::get)).allMatch(run -> run.figures().size() == 4);
    }
}
