package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.Ensemble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class MinibatchSmallDecayTest {

    private static final double[] DECAYS = {0, 1e-4};
    private static final int EPOCHS = 3000;

    @Test
    @Shows(OldRule.MINIBATCH_SMALL_DECAY_STOPS_GROWTH)
    @DisplayName("minibatch.small-decay-stops-growth: with weight decay 1e-4 the norm levels off, without it goes on "
            + "growing")
    void levelsOff() {
        Ensemble<Double> runs = runs();
        double with = Norms.lateGrowth(runs.of(1e-4).get(0).history());
        double without = Norms.lateGrowth(runs.of(0.0).get(0).history());
        Page.of(OldRule.MINIBATCH_SMALL_DECAY_STOPS_GROWTH)
                .formula("<mi>g</mi><mo>←</mo><mi>g</mi><mo>+</mo><mi>λ</mi><mi>θ</mi><mo>,</mo><mspace "
                        + "width=\"1em\"/><mi>λ</mi><mo>=</mo>"
                        + "<msup><mn>10</mn><mrow><mo>−</mo><mn>4</mn></mrow></msup>")
                .setup("The post's minibatch run, three times as long, with the optimiser's weight decay at 0 and at "
                        + "1e-4, a thousandth of what the post uses as a regulariser (0.085), at two seeds.")
                .table("Squared L2 norm of the parameters", Norms.decayHeader(), Norms.decayRows(runs, DECAYS))
                .picture(Norms.decayPicture("A weight decay of 1e-4 stops the growth", runs, DECAYS))
                .series("norms", Norms.decayCsv(runs, DECAYS))
                .paragraph("Not the jumps", "The training loss goes on jumping (rule minibatch.unstable); only the "
                        + "drift it leaves is undone.")
                .figure(Text.of("second half: Σθ² times %.2f with 1e-4, times %.2f without", with, without))
                .sure("Two seeds here, alike to the last bit on every machine; measured at the post's and two others "
                        + "up to epoch 5,000, Σθ² stayed between 59 and 86 with the decay and went from 120 to over "
                        + "500 without.")
                .reproduce("mvn -q compile exec:java -Dexec.args=\"train --batch-size 32 --weight-decay 1e-4 --epochs "
                        + "3000\"")
                .publish();

        requireStopped(runs);
    }

    @Test
    @Teeth(OldRule.MINIBATCH_SMALL_DECAY_STOPS_GROWTH)
    @DisplayName("minibatch.small-decay-stops-growth: rejects a decay that reaches no parameter, and growth that was "
            + "never there")
    void teeth() {
        Ensemble<Double> runs = runs();
        Ensemble.Member grown = runs.of(0.0).get(0);
        Ensemble.Member still = runs.of(1e-4).get(0);

        assertThatThrownBy(() -> requireStopped(grown, grown))
                .hasMessageContaining("with weight decay 1e-4: parameters grow on");
        assertThatThrownBy(() -> requireStopped(still, still)).hasMessageContaining("without weight decay: parameters "
                + "do not grow");
    }

    static void requireStopped(Ensemble<Double> runs) {
        for (int s = 0; s < runs.seeds().size(); s++) {
            requireStopped(runs.of(1e-4).get(s), runs.of(0.0).get(s));
        }
    }

    static void requireStopped(Ensemble.Member with, Ensemble.Member without) {
        Norms.requireGrowing("without weight decay", without.history());
        Norms.requireSteady("with weight decay 1e-4", with.history());
    }

    private static Ensemble<Double> runs() {
        return Norms.longRuns(PostExperiment.MINIBATCH, EPOCHS, DECAYS);
    }
}
