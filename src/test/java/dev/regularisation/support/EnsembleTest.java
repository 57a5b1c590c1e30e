package dev.regularisation.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class EnsembleTest {

    private final Ensemble<String> ensemble = Ensemble.train(
            Map.of("linear", PostExperiment.LINEAR.plan(42, 20).toBuilder().epochs(2).build()), Ensemble.seeds(2),
            CpuBackend::new, 1);

    @Test
    @DisplayName("an alias names the same runs, and leaves the ensemble as it was")
    void alias() {
        Ensemble<String> named = ensemble.withAlias("again", "linear");

        assertThat(named.of("again")).isSameAs(ensemble.of("linear"));
        assertThat(named.of("linear")).isSameAs(ensemble.of("linear"));
        assertThat(named.seeds()).containsExactly(1L, 2L);
        assertThatThrownBy(() -> ensemble.of("again")).hasMessageContaining("wanted one of [linear], got again");
    }

    @Test
    @DisplayName("an alias for nothing, or over runs of its own, is refused")
    void badAlias() {
        assertThatThrownBy(() -> ensemble.withAlias("again", "mlp")).hasMessageContaining("got mlp");
        assertThatThrownBy(() -> ensemble.withAlias("linear", "linear")).hasMessageContaining("which has runs");
    }
}
