package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseFloorTest {

    private static final double VARIANCE = 0.04;
    /** √(2/10,000) relative is one standard error of a mean of squares; five are exceeded with probability 6e-7. */
    private static final double STANDARD_ERRORS = 5;

    @Test
    @Shows(OldRule.LINEAR_FLOOR_IS_NOISE)
    @DisplayName("linear.floor-is-noise: the true model itself has loss 0.04, and no trained model goes below it")
    void postsRuns() {
        List<TrainingResult> runs = Stream.of(PostExperiment.values()).map(PostRuns::of).toList();
        float[] noise = LinearProblem.POST.draw(PostRuns.SEED).validationNoise();
        page(runs, noise).publish();

        requireNoiseVariance(noise);
        runs.forEach(run -> requireAbove(Regressions.noiseFloor(noise), run.history().validationLosses()));
    }

    @ParameterizedTest(name = "on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.LINEAR_FLOOR_IS_NOISE)
    @DisplayName("linear.floor-is-noise: no epoch of any of the seven runs goes below the noise")
    void everyBackend(String backend) {
        double floor = Regressions.noiseFloor(LinearProblem.POST.draw(PostRuns.SEED).validationNoise());
        for (PostExperiment experiment : PostExperiment.values()) {
            TrainingResult run = BackendRuns.of(backend, experiment, PostRuns.TRAIN_SIZE);

            requireAbove(floor, run.history().validationLosses());
        }
    }

    @Test
    @Shows(OldRule.LINEAR_FLOOR_IS_NOISE)
    @DisplayName("linear.floor-is-noise: nor does any method at any seed")
    void everySeed() {
        Map<Long, Double> floors = floors();
        for (PostExperiment experiment : PostExperiment.values()) {
            for (Ensemble.Member member : Ensembles.post(PostRuns.TRAIN_SIZE).of(experiment)) {
                requireAbove(floors.get(member.plan().seed()), member.history().validationLosses());
            }
        }
    }

    @Test
    @Teeth(OldRule.LINEAR_FLOOR_IS_NOISE)
    @DisplayName(
            "linear.floor-is-noise: rejects a model fitted to the validation samples, and noise of another variance")
    void teeth() {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        double peeked = Regressions.leastSquares(data.validation()).meanSquaredError();
        float[] louder = data.validationNoise().clone();
        for (int s = 0; s < louder.length; s++) {
            louder[s] *= 1.05f;
        }

        assertThatThrownBy(() -> requireAbove(Regressions.noiseFloor(data.validationNoise()), new double[] {0.5, peeked}))
                .hasMessageContaining("below the noise");
        assertThatThrownBy(() -> requireAbove(0.04, new double[] {0.5, Double.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> requireNoiseVariance(louder)).hasMessageContaining("not 0.04");
    }

    static void requireAbove(double floor, double[] losses) {
        for (int epoch = 0; epoch < losses.length; epoch++) {
            Check.that(losses[epoch] > floor,
                    "validation loss %s at epoch %d is below the noise, %s", losses[epoch], epoch, floor);
        }
    }

    static void requireNoiseVariance(float[] noise) {
        double tolerance = STANDARD_ERRORS * VARIANCE * Math.sqrt(2.0 / noise.length);
        double floor = Regressions.noiseFloor(noise);
        Check.that(Math.abs(floor - VARIANCE) <= tolerance,
                "the true model's loss %.5f is not 0.04 ± %.5f", floor, tolerance);
    }

    /** The true model's loss on the validation samples of each seed of the ensemble. */
    private static Map<Long, Double> floors() {
        Map<Long, Double> floors = new HashMap<>();
        Ensembles.post(PostRuns.TRAIN_SIZE).of(PostExperiment.LINEAR).forEach(member -> floors.put(member.plan().seed(),
                Regressions.noiseFloor(LinearProblem.POST.draw(member.plan().seed()).validationNoise())));
        return floors;
    }

    private static double lossOfTruth(TrainingResult run) {
        LinearModel truth = Regressions.truth(LinearProblem.POST.draw(PostRuns.SEED));
        return truth.meanSquaredError(Regressions.inputs(run.data().validation()),
                Regressions.labels(run.data().validation()));
    }

    private static Page page(List<TrainingResult> runs, float[] noise) {
        double floor = Regressions.noiseFloor(noise);
        Map<Long, Double> floors = floors();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("The true model", Check.text("%.4f", lossOfTruth(runs.get(0))), "0.0000", ""));
        double nearest = Double.POSITIVE_INFINITY;
        for (PostExperiment experiment : PostExperiment.values()) {
            double best = runs.get(experiment.ordinal()).best().fit().validationLoss();
            double closest = Ensembles.post(PostRuns.TRAIN_SIZE).of(experiment).stream()
                    .mapToDouble(m -> m.bestValidationLoss() / floors.get(m.plan().seed())).min().orElseThrow();
            nearest = Math.min(nearest, closest);
            rows.add(List.of(experiment.title(), Check.text("%.4f", best), Check.text("%.4f", best - floor),
                    Check.text("%.2f", closest)));
        }
        return Page.of(OldRule.LINEAR_FLOOR_IS_NOISE)
                .formula("<mi>E</mi><mo>[</mo><msup><mrow><mo>(</mo><mi>y</mi><mo>−</mo><mi>f</mi><mo>(</mo>"
                        + "<mi mathvariant=\"bold\">x</mi><mo>)</mo><mo>)</mo></mrow><mn>2</mn></msup><mo>]</mo>"
                        + "<mo>=</mo><msup><mi>σ</mi><mn>2</mn></msup><mo>+</mo><mi>E</mi><mo>[</mo><msup><mrow>"
                        + "<mo>(</mo><mi mathvariant=\"bold\">w</mi><mo>·</mo><mi mathvariant=\"bold\">x</mi><mo>+</mo>"
                        + "<mi>b</mi><mo>−</mo><mi>f</mi><mo>(</mo><mi mathvariant=\"bold\">x</mi><mo>)</mo><mo>)</mo>"
                        + "</mrow><mn>2</mn></msup><mo>]</mo><mo>≥</mo><msup><mi>σ</mi><mn>2</mn></msup><mo>=</mo>"
                        + "<mn>0.04</mn>")
                .setup("The model that made the data is itself tried on the 10,000 validation samples: what is left is "
                        + "the mean square of their noise. Every epoch of the post's seven runs is compared with it, "
                        + "at seed 42 and over an ensemble of seeds.")
                .table("Best validation losses at seed 42, and the least ratio to the floor over the ensemble",
                        List.of("model", "validation loss", "above the true model", "closest ratio of all seeds"), rows)
                .picture(picture(runs, floor))
                .figure(Check.text("floor %.4f; the best model stays %.0f %% above it", floor, 100 * (nearest - 1)))
                .sure(Check.text("On infinitely many samples no model can go below, by the formula. On 10,000 the true "
                        + "model's loss is %.4f, 0.04 to within its standard error of 0.0006; losses are compared on "
                        + "the same samples, so that this error is shared. All epochs of all seven methods at %d seeds "
                        + "stay above.", floor, floors.size()))
                .reproduce("mvn verify -Dtest=NoiseFloorTest");
    }

    private static Picture picture(List<TrainingResult> runs, double floor) {
        List<Series> curves = new ArrayList<>();
        for (PostExperiment experiment : PostExperiment.values()) {
            double[] losses = runs.get(experiment.ordinal()).history().validationLosses();
            curves.add(Series.byEpoch(experiment.title(), Palette.of(experiment), losses)
                    .drawn(Palette.line(experiment)));
        }
        return SeriesPicture.ofCurves("No model goes below the noise", "Validation losses of the post's seven runs, seed 42",
                Axis.epochs(), Axis.log("Validation loss").covering(0.03, 10), curves,
                List.of(ReferenceLine.horizontal("Loss of the true model", floor).in(Palette.GREY))).picture();
    }
}
