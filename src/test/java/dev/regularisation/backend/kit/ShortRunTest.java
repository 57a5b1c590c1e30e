package dev.regularisation.backend.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Activation;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.setting.Settings;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShortRunTest {

    @Test
    @DisplayName("between them the kit's runs use every activation, loss, optimiser and penalty, as its page says")
    void everyChoice() {
        List<Settings> runs = ShortRun.all().stream().map(run -> run.plan().settings()).toList();

        assertThat(runs).hasSize(12);
        assertThat(runs).extracting(run -> run.get(Architecture.ACTIVATION)).contains(Activation.values());
        assertThat(runs).extracting(run -> run.get(Loss.Of.SETTING)).contains(Loss.Of.values());
        assertThat(runs).extracting(run -> run.get(OptimiserPlan.RULE)).contains(OptimiserPlan.UpdateRule.values());
        assertThat(Regularisers.strengths()).allSatisfy(strength ->
                assertThat(runs).as("a run with " + strength.title()).anyMatch(run -> run.get(strength) != 0));
    }
}
