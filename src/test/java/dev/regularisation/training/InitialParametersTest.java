package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Precision;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InitialParametersTest {

    @Property(tries = 200)
    @Label("Between a number and its neighbour up or down there is no other of the format")
    void movesByOne(@ForAll float weight, @ForAll boolean up) {
        int step = up ? 1 : -1;

        assertThat((float) InitialParameters.next(weight, step, Precision.FLOAT32)).isEqualTo(
                up ? Math.nextUp(weight) : Math.nextDown(weight));
        assertThat(InitialParameters.next(weight, step, Precision.FLOAT64)).isEqualTo(
                up ? Math.nextUp((double) weight) : Math.nextDown((double) weight));
    }

    @Test
    @DisplayName("A third of the parameters stays, a third goes up, a third down, the same in every call")
    void movesAtRandom() {
        double[] parameters = new double[3000];
        Arrays.fill(parameters, 1);

        double[] moved = InitialParameters.moved(parameters, 5, Precision.FLOAT32);

        // Binomial: six standard deviations of √(3000 · 2/9) around 1,000.
        for (double value : new double[] {1, Math.nextUp(1f), Math.nextDown(1f)}) {
            assertThat(Arrays.stream(moved).filter(each -> each == value).count()).isBetween(845L, 1155L);
        }
        assertThat(InitialParameters.moved(parameters, 5, Precision.FLOAT32)).containsExactly(moved);
        assertThat(InitialParameters.moved(parameters, 6, Precision.FLOAT32)).isNotEqualTo(moved);
        assertThat(parameters).containsOnly(1);
    }
}
