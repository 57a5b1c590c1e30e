package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.study.Measure;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.theory.Residuals;
import dev.regularisation.theory.Ridge;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "linear.finds-least-squares", section = Section.BENCHMARKS, strength = Strength.CLAIM,
        statement = "Linear regression is the obvious choice for these data, and reaches a validation loss of 0.05.",
        related = {"linear.unbiased", "linear.floor-is-noise", "class.size-needs-samples", "compare.none-beats-linear"})
final class FindsLeastSquaresTest extends BackendRuleTest<FindsLeastSquaresTest.Evidence> {

    /**
     * Of a coefficient. A prediction near 3 carries a float32 error of 2e-7; averaged over 200 samples and divided by the
     * smallest curvature, near 0.5, it moves a weight by 1e-7. Measured: 1.5e-7 at the post's seed.
     */
    private static final double TOLERANCE = 1e-6;
    /** Relative, of the least training loss: squares of the above. Measured: 1.9e-6 at worst of 1,000 seeds. */
    private static final double LOSS_TOLERANCE = 5e-6;
    /** Standard errors that a mean exceeds with a probability of 0.1 %. */
    private static final double CRITICAL = 3.2905;

    /**
     * A trained model at the post's seed, the sum of its squared parameters at the first and last epoch over that of least
     * squares, least training losses over the minimum at others, and means over data sets.
     */
    record Evidence(double distance, double best, double last, double unlikePrinted, double startNorm, double endNorm,
            double[] excess, LinearFits.Mean loss) {

        static Evidence of(TrainingResult run, double[] parameters, double[] excess, LinearFits.Mean loss) {
            LinearModel exact = Regressions.leastSquares(run.data().train()).model();
            double norm = StatUtils.sumSq(exact.coefficients());
            return new Evidence(LinearFits.distance(parameters, exact),
                    run.best().fit().validationLoss(), run.last().fit().validationLoss(),
                    (int) PublishedFigures.of(PostExperiment.LINEAR).stream().filter(f -> !f.agrees(f.quantity().of(run)))
                    .count(),
                    run.history().squaredL2Norm(0) / norm, StatUtils.sumSq(parameters) / norm, excess, loss);
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        TrainingResult run = runs.of(PostExperiment.LINEAR);
        return Evidence.of(run, run.last().parameters(),
                LinearFits.excess(runs, PostExperiment.LINEAR),
                LinearFits.Mean.of((x, y) -> LeastSquares.fit(x, y).model()));
    }

    /**
     * Measured: 0.033 of the norm at the beginning. At the end it is least squares' to twice the relative error of coefficients of
     * size 0.4 or so, a millionth.
     */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(within("the least validation loss rounds to 0.05", 0.045, 0.055, e.best),
                within("so does the last", 0.045, 0.055, e.last),
                atMost("figures that the notebook prints otherwise", 0, e.unlikePrinted),
                within("no coefficient is farther from least squares than float32 explains", 1e-9, TOLERANCE, e.distance),
                within("the sum of squared parameters is that of least squares at the end, as a part", 0.9999, 1.0001,
                e.endNorm),
                within("and a small part of it at the beginning", 0, 0.2, e.startNorm),
                each("at every seed the training loss comes down to the minimum", e.excess, x -> Math.abs(x) <= LOSS_TOLERANCE),
                within("standard errors from the theory to the mean loss of many data sets", -CRITICAL, CRITICAL,
                        e.loss.deviation()));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        TrainingResult run = Runs.CPU.of(PostExperiment.LINEAR);
        LinearModel ridge = new Ridge(1e-3, Ridge.Intercept.PENALISED)
                .fit(Regressions.inputs(run.data().train()), Regressions.labels(run.data().train()));
        return Map.of("training that stops at the best epoch", Evidence.of(run, run.best().parameters(), e.excess, e.loss),
                "ridge regression", Evidence.of(run, ridge.coefficients(), e.excess, e.loss),
                "the network in its place", network(e),
                "a loss without error of estimation", Evidence.of(run, run.last().parameters(), e.excess,
                        LinearFits.Mean.of((x, y) -> RepeatedData.truth())));
    }

    /** Of which no coefficient can be compared. */
    private static Evidence network(Evidence e) {
        TrainingResult run = Runs.CPU.of(PostExperiment.MLP);
        Evidence network = Evidence.of(run, run.last().parameters(),
                LinearFits.excess(Runs.CPU, PostExperiment.MLP), e.loss);
        return new Evidence(e.distance, network.best, network.last, network.unlikePrinted, network.startNorm, network.endNorm,
                network.excess, e.loss);
    }

    @Override
    protected void describe(Document page, Evidence e) {
        TrainingResult run = Runs.CPU.of(PostExperiment.LINEAR);
        LinearModel exact = Regressions.leastSquares(run.data().train()).model();
        double[] distances = Runs.CPU.seeds().of(PostExperiment.LINEAR, Measure.COEFFICIENT_DISTANCE);
        page.figure("%.4f as published; weights within %.1g of least squares", e.best, e.distance)
                .table("published", Validation.header(), Validation.published(PostExperiment.LINEAR))
                .table("losses", List.of("model", "validation loss"), List.of(
                        List.of(Document.format("trained, best epoch %d, which the post prints", run.best().epoch()),
                                Document.format("%.6f", e.best)),
                        List.of("trained, last epoch", Document.format("%.6f", e.last)),
                        List.of("least squares by QR", Document.format("%.6f", Residuals.meanSquare(exact,
                                Regressions.inputs(run.data().validation()), Regressions.labels(run.data().validation())))),
                        List.of("least squares, mean over 400 data sets",
                        Document.format("%.5f ± %.5f", e.loss.mean(), e.loss.error())),
                        List.of("the formula", Document.format("%.5f", LinearFits.THEORY))))
                .picture("distance", LinearFits.picture(run, exact, TOLERANCE))
                .number("best", "%.4f", e.best).number("last", "%.4f", e.last).text("norms", LinearFits.norms(run))
                .number("seeds", "%d", distances.length)
                .number("close", "%d of %d", Arrays.stream(distances).filter(d -> d <= TOLERANCE).count(), distances.length)
                .number("furthest", "%.2g", StatUtils.max(distances)).number("deviation", "%.1f", Math.abs(e.loss.deviation()));
    }
}
