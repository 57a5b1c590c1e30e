package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Mlp;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.AmbiguityDecomposition;
import dev.regularisation.theory.EnsembleVariance;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DropoutAveragingTest {

    private static final int NETWORKS = 16;
    private static final int EPOCHS = 300;
    private static final int VALIDATION = 1000;
    /** Sums of 16,000 squares in float64; measured: 1e-15. */
    private static final double ROUNDING = 1e-10;

    @Test
    @Shows(OldRule.DROPOUT_AVERAGING)
    @DisplayName("dropout.averaging: sixteen networks from other initial weights: their mean errs less than they do, "
            + "as far as correlation allows")
    void networks() {
        Members members = trained();
        page(members).publish();

        requireDecomposition(members, members.meanPrediction());
        requireHelps(members);
        requireLimited(members);
    }

    @Property(tries = 100)
    @Shows(OldRule.DROPOUT_AVERAGING)
    @Label("dropout.averaging: error of the mean = mean error less disagreement; its variance = ρσ² + (1 − ρ)σ²/k")
    void exactForAnyModels(@ForAll @Size(value = 12) List<@DoubleRange(min = -10, max = 10) Double> values) {
        double[] y = {1, -2, 0.5};
        double[][] predictions = IntStream.range(0, 4).mapToObj(k -> IntStream.range(0, 3)
                .mapToDouble(s -> values.get(3 * k + s)).toArray()).toArray(double[][]::new);
        Members members = new Members(predictions, y);

        requireDecomposition(members, members.meanPrediction());
        if (Arrays.stream(members.errors()).anyMatch(e -> spread(e) > 0)) {
            requireVarianceFormula(members);
        }
    }

    @Test
    @Teeth(OldRule.DROPOUT_AVERAGING)
    @DisplayName("dropout.averaging: rejects a median for the mean, copies of one network, uncorrelated errors")
    void teeth() {
        Members members = trained();
        double[][] copies = new double[NETWORKS][];
        Arrays.fill(copies, members.predictions()[0]);
        double[] zero = new double[64];
        double[][] independent = IntStream.range(0, 4).mapToObj(k -> IntStream.range(0, 64)
                .mapToDouble(s -> 1 - 2 * (s >> k & 1)).toArray()).toArray(double[][]::new);

        assertThatThrownBy(() -> requireDecomposition(members, members.medianPrediction()))
                .hasMessageContaining("less their disagreement");
        assertThatThrownBy(() -> requireHelps(new Members(copies, members.targets())))
                .hasMessageContaining("averaging does not help");
        assertThatThrownBy(() -> requireLimited(new Members(independent, zero)))
                .hasMessageContaining("correlation sets no limit");
    }

    /**
     * Models on the same samples.
     *
     * @param predictions models × samples
     * @param targets     of the samples
     */
    private record Members(double[][] predictions, double[] targets) {

        double[] meanPrediction() {
            return IntStream.range(0, targets.length)
                    .mapToDouble(s -> Arrays.stream(predictions).mapToDouble(p -> p[s]).average().orElseThrow())
                    .toArray();
        }

        double[] medianPrediction() {
            return IntStream.range(0, targets.length)
                    .mapToDouble(s -> Arrays.stream(predictions).mapToDouble(p -> p[s]).sorted()
                    .toArray()[predictions.length / 2]).toArray();
        }

        double[][] errors() {
            return Arrays.stream(predictions)
                    .map(p -> IntStream.range(0, p.length).mapToDouble(s -> p[s] - targets[s]).toArray())
                    .toArray(double[][]::new);
        }

        /** Models {@code from, from + 1, …}, k of them, the first again after the last. */
        Members window(int from, int k) {
            return new Members(IntStream.range(0, k).mapToObj(i -> predictions[(from + i) % predictions.length])
                    .toArray(double[][]::new), targets);
        }

        /** Loss of the mean of k models, on average over every window of k. */
        double lossOfMeanOf(int k) {
            return IntStream.range(0, predictions.length)
                    .mapToDouble(from -> loss(window(from, k).meanPrediction(), targets)).average().orElseThrow();
        }

        AmbiguityDecomposition decomposition() {
            return AmbiguityDecomposition.of(predictions, targets);
        }

        EnsembleVariance variance() {
            return EnsembleVariance.of(errors());
        }
    }

    static void requireDecomposition(Members members, double[] averaged) {
        AmbiguityDecomposition terms = members.decomposition();
        double error = loss(averaged, members.targets());
        Check.that(Math.abs(error - (terms.meanError() - terms.meanAmbiguity())) <= ROUNDING * (1 + terms.meanError()),
                "the averaged model's error %s is not the mean error %s of the models less their disagreement %s",
                error, terms.meanError(), terms.meanAmbiguity());
    }

    /** Averaging helps by more than rounding: measured, the mean's loss is 0.73 of the models' mean loss. */
    static void requireHelps(Members members) {
        double one = members.decomposition().meanError();
        double mean = loss(members.meanPrediction(), members.targets());
        Check.that(mean <= 0.9 * one, "averaging does not help: loss %.4f of the mean, %.4f of a model on average",
                mean, one);
    }

    /**
     * Correlation limits it: errors are correlated, and the variance of the mean is what the formula says, not σ²/k.
     */
    static void requireLimited(Members members) {
        requireVarianceFormula(members);
        EnsembleVariance variance = members.variance();
        double uncorrelated = variance.variance() / variance.members();
        Check.that(variance.ofMean() >= 2 * uncorrelated,
                "correlation sets no limit: the mean's variance is %.4f, without correlation it would be %.4f",
                        variance.ofMean(), uncorrelated);
    }

    static void requireVarianceFormula(Members members) {
        EnsembleVariance variance = members.variance();
        double[] meanError = IntStream.range(0, members.targets().length)
                .mapToDouble(s -> members.meanPrediction()[s] - members.targets()[s]).toArray();
        Check.that(Math.abs(spread(meanError) - variance.ofMean()) <= ROUNDING * (1 + variance.variance()),
                "the mean's error has variance %s, the formula says %s", spread(meanError), variance.ofMean());
    }

    private static double loss(double[] predictions, double[] targets) {
        return IntStream.range(0, targets.length)
                .mapToDouble(s -> (predictions[s] - targets[s]) * (predictions[s] - targets[s]))
                .average().orElseThrow();
    }

    /** Variance with divisor n − 1. */
    private static double spread(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }

    /** The plain network on the post's data, from the initial weights of other seeds. */
    private static Members trained() {
        TrainingPlan plan = PostExperiment.MLP.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, VALIDATION, 0.2)).epochs(EPOCHS).build();
        List<TrainingResult> runs = ParallelRuns.run(IntStream.rangeClosed(1, NETWORKS).boxed().toList(), k -> 1, k ->
                TrainingLoop.train(plan, new CpuBackend(), Recording.LOSSES, ProgressListener.NONE,
                        initial -> initial(plan, k)), 2);
        return new Members(runs.stream().map(run -> run.last().validationPredictions()).toArray(double[][]::new),
                Inputs.labels(runs.get(0).data().validation(), VALIDATION));
    }

    private static double[] initial(TrainingPlan plan, long seed) {
        Backend backend = new CpuBackend();
        Mlp network = new Mlp(backend, plan.layers());
        network.initialise(new TorchGenerator(seed));
        return backend.read(network.parameters());
    }

    private static Page page(Members members) {
        AmbiguityDecomposition terms = members.decomposition();
        EnsembleVariance all = members.variance();
        double[] sizes = IntStream.rangeClosed(1, NETWORKS).asDoubleStream().toArray();
        double[] measured = Arrays.stream(sizes).map(k -> members.lossOfMeanOf((int) k)).toArray();
        double[] formula = Arrays.stream(sizes)
                .map(k -> EnsembleVariance.correlatedMeanVariance(all.variance(), all.correlation(), (int) k))
                .toArray();
        double[] uncorrelated = Arrays.stream(sizes).map(k -> all.variance() / k).toArray();
        double best = Arrays.stream(members.predictions()).mapToDouble(p -> loss(p, members.targets())).min()
                .orElseThrow();
        return Page.of(OldRule.DROPOUT_AVERAGING)
                .formula("<msup><mrow><mo>(</mo><mover><mi>f</mi><mo>¯</mo></mover><mo>−</mo><mi>y</mi><mo>)</mo>"
                        + "</mrow><mn>2</mn></msup><mo>=</mo>"
                        + "<mo>⟨</mo><msup><mrow><mo>(</mo><msub><mi>f</mi><mi>k</mi></msub><mo>−</mo><mi>y</mi>"
                        + "<mo>)</mo></mrow><mn>2</mn></msup><mo>⟩</mo>"
                        + "<mo>−</mo><mo>⟨</mo><msup><mrow><mo>(</mo><msub><mi>f</mi><mi>k</mi></msub><mo>−</mo>"
                        + "<mover><mi>f</mi><mo>¯</mo></mover>"
                        + "<mo>)</mo></mrow><mn>2</mn></msup><mo>⟩</mo><mo>,</mo><mspace width=\"1em\"/>"
                        + "<mi>Var</mi><mo>=</mo><mi>ρ</mi><msup><mi>σ</mi><mn>2</mn></msup><mo>+</mo>"
                        + "<mfrac><mrow><mo>(</mo><mn>1</mn><mo>−</mo><mi>ρ</mi><mo>)</mo><msup><mi>σ</mi><mn>2</mn>"
                        + "</msup></mrow><mi>k</mi></mfrac>")
                .setup(NETWORKS + " plain networks trained for " + EPOCHS + " epochs on the post's 200 samples, each "
                        + "from other initial weights; their predictions for " + VALIDATION
                        + " validation samples are averaged. f̄ is the mean of the models f_k, ⟨·⟩ the mean over "
                        + "them, σ² the variance of one model's error and ρ the correlation of two models' errors.")
                .table("Validation loss", List.of("what", "value"), List.of(
                        List.of("mean of the networks' losses", Text.of("%.4f", terms.meanError())),
                        List.of("best network's loss", Text.of("%.4f", best)),
                        List.of("disagreement, mean square distance to the mean prediction",
                                Text.of("%.4f", terms.meanAmbiguity())),
                        List.of("loss of the mean prediction", Text.of("%.4f", terms.ensembleError())),
                        List.of("correlation ρ of two networks' errors", Text.of("%.3f", all.correlation())),
                        List.of("limit ρσ² of averaging ever more",
                                Text.of("%.4f", all.correlation() * all.variance()))))
                .picture(new SeriesPicture(
                        "Averaging networks helps until correlation stops it",
                        "plain network, 200 training samples, seed 42; other initial weights",
                        Axis.linear("Networks averaged").covering(0, 0),
                        Axis.linear("Validation loss of the mean prediction").covering(0, 0),
                        List.of(Series.of("measured, mean over 16 choices of k networks",
                                Palette.VERMILION, sizes, measured)),
                        List.of(Series.of("ρσ² + (1 − ρ)σ²/k", Palette.BLUE, sizes, formula),
                                Series.of("σ²/k, were errors uncorrelated", Palette.GREY, sizes, uncorrelated)),
                        List.of(ReferenceLine.horizontal("ρσ²", all.correlation() * all.variance())), false).picture())
                .paragraph("Why points lie above the curve", "A loss is variance and squared mean error; the mean error, which"
                        + " all networks share, no averaging takes away.")
                .series("losses", Text.csv("networks,measured,formula,uncorrelated", sizes, measured, formula,
                        uncorrelated))
                .figure(Text.of("%.4f for the mean of %d, %.4f for one on average; ρ = %.2f", terms.ensembleError(),
                        NETWORKS,
                        terms.meanError(), all.correlation()))
                .sure("Both formulas are identities, checked to rounding on these networks and, as a property, on "
                        + "arbitrary predictions. The networks are the same bit for bit on every machine.")
                .reproduce("mvn verify -Dtest=DropoutAveragingTest");
    }
}
