package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.study.Measure;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.Residuals;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

@Rule(id = "linear.floor-is-noise", section = Section.BENCHMARKS, strength = Strength.CLAIM,
        statement = "Noise on the labels leaves a loss at the end that no model can avoid.",
        related = {"setup.linear-plus-noise", "linear.finds-least-squares", "mlp.contains-linear"})
final class NoiseFloorTest extends BackendRuleTest<NoiseFloorTest.Evidence> {

    private static final double VARIANCE = 0.04;
    /** Relative; measured: 8e-9, of labels that are rounded to float32. */
    private static final double ROUNDING = 1e-6;
    /** Five standard errors of a mean of 10,000 squares, which are exceeded with probability 6e-7. */
    private static final double FIVE_ERRORS = 5 * VARIANCE * Math.sqrt(2.0 / LinearProblem.POST.validationSize());

    /**
     * The mean square of the validation samples' noise; what the true model's loss has above it, as a part; and in units
     * of it the least loss of any epoch: of each method, and at each seed.
     */
    record Evidence(double floor, double truth, double[] runs, double[] seeds) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        double floor = Regressions.noiseFloor(LinearProblem.POST.draw(PostRuns.SEED).validationNoise());
        return new Evidence(floor, tried(runs.of(PostExperiment.LINEAR)) / floor - 1, Stream.of(PostExperiment.values())
                .mapToDouble(method -> least(runs.of(method).history().validationLosses()) / floor).toArray(),
                Stream.of(PostExperiment.values()).flatMapToDouble(method -> Arrays.stream(ofSeeds(runs, method))).toArray());
    }

    private static double[] ofSeeds(Runs runs, PostExperiment method) {
        return runs.seeds().of(method).stream()
                .mapToDouble(row -> row.bestValidationLoss() / row.get(Measure.NOISE_LOSS)).toArray();
    }

    /** The true model's loss on the validation samples of a run. */
    private static double tried(TrainingResult run) {
        return Residuals.meanSquare(Regressions.truth(LinearProblem.POST.draw(PostRuns.SEED)),
                Regressions.inputs(run.data().validation()), Regressions.labels(run.data().validation()));
    }

    /** The least of all; NaN where one is. */
    private static double least(double[] losses) {
        return DoubleStream.of(losses).reduce(Double.POSITIVE_INFINITY, Math::min);
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(within("the true model, tried on the validation samples, leaves more than their noise by a part of",
                        -ROUNDING, ROUNDING, e.truth),
                within("the true model's own loss is 0.04, to five standard errors", VARIANCE - FIVE_ERRORS,
                        VARIANCE + FIVE_ERRORS, e.floor),
                each("no epoch of the post's runs goes below the true model's loss on the same samples", e.runs, r -> r > 1),
                each("nor of any method at any seed", e.seeds, r -> r > 1),
                within("the nearest is at most half as high again", 1, 1.5, least(e.runs)));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        double peeked = Regressions.leastSquares(data.validation()).meanSquaredError() / e.floor;
        return Map.of("a model fitted to the validation samples", new Evidence(e.floor, peeked - 1, new double[] {2, peeked},
                        new double[] {2, peeked}),
                "noise of another variance", new Evidence(1.1 * e.floor, e.truth, e.runs, e.seeds),
                "a floor far below what models reach", new Evidence(e.floor, e.truth, new double[] {3, 4}, e.seeds),
                "no number", new Evidence(e.floor, e.truth, e.runs, new double[] {2, Double.NaN}));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("floor %.4f; the best model stays %.0f %% above it", e.floor, 100 * (least(e.seeds) - 1))
                .table("losses", Floors.header(), Floors.rows(e.floor, e.truth, e.runs,
                        method -> least(ofSeeds(Runs.CPU, method))))
                .picture("runs", Floors.picture(e.floor))
                .number("floor", "%.4f", e.floor).number("error", "%.4f", FIVE_ERRORS / 5)
                .number("seeds", "%d", Runs.CPU.seeds().seeds().size());
    }
}
