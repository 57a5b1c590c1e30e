package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Dropout;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DropoutSubnetworksTest {

    private static final int SAMPLES = 100;
    /** 256 terms in float64; measured: below 2e-15 of the predictions. */
    private static final double ROUNDING = 1e-12;
    /**
     * The mean over masks of two layers was 0.19 of the masks' spread away from evaluation with layers of 5, 0.01 with
     * 6.
     */
    private static final double CLOSE = 0.3;

    @Test
    @Shows(OldRule.DROPOUT_SUBNETWORKS)
    @DisplayName("dropout.subnetworks: all masks enumerated; with one hidden layer evaluation is their mean, with two "
            + "nearly")
    void everySubnetwork() {
        Masks one = Masks.of(trained(List.of(50, 8, 1)));
        Masks two = Masks.of(trained(List.of(50, 5, 5, 1)));
        page(one, two).publish();

        requireAllDifferent(one);
        requireMeanIsEvaluation(one, ROUNDING);
        requireClose(two);
    }

    @Property(tries = 25)
    @Shows(OldRule.DROPOUT_SUBNETWORKS)
    @Label("dropout.subnetworks: with one hidden layer the mean over all masks is evaluation mode, whatever p")
    void oneLayerIsExact(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int units,
            @ForAll @DoubleRange(min = 0.05, max = 0.95) double p) {
        List<Integer> layers = List.of(3, units, 1);
        LinearProblem problem = new LinearProblem(3, 10, 1, 0.2);
        double[] parameters = new Gradients(layers, problem.draw(seed).train()).initial(seed);

        requireMeanIsEvaluation(Masks.of(EveryMask.of(layers, parameters, problem.draw(seed).train(), 10,
                new Dropout(p))), ROUNDING);
    }

    @Test
    @Teeth(OldRule.DROPOUT_SUBNETWORKS)
    @DisplayName("dropout.subnetworks: rejects kept units without their factor, two layers taken for exact, and masks "
            + "without effect")
    void teeth() {
        TrainingResult run = trained(List.of(50, 8, 1));
        Masks unscaled = Masks.of(new EveryMask(run.plan().layers(), run.last().parameters(), run.data().validation(),
                SAMPLES,
                new Dropout(run.plan().dropout()), 1));
        Masks two = Masks.of(trained(List.of(50, 5, 5, 1)));
        double[][] same = new double[4][];
        Arrays.fill(same, new double[] {1, 2});

        assertThatThrownBy(() -> requireMeanIsEvaluation(unscaled, ROUNDING)).hasMessageContaining("mean over masks");
        assertThatThrownBy(() -> requireMeanIsEvaluation(two, ROUNDING)).hasMessageContaining("mean over masks");
        assertThatThrownBy(() -> requireClose(unscaled)).hasMessageContaining("away from evaluation");
        assertThatThrownBy(() -> requireAllDifferent(new Masks(same, new double[] {1, 2}, new double[] {1, 2}, 0)))
                .hasMessageContaining("4 masks make only 1");
    }

    /**
     * What all subnetworks of a network predict.
     *
     * @param predictions masks × samples
     * @param mean        over masks, each with its probability
     * @param evaluation  of the whole network in evaluation mode
     * @param spread      root mean square, over masks and samples, of the distance to the mean
     */
    private record Masks(double[][] predictions, double[] mean, double[] evaluation, double spread) {

        static Masks of(TrainingResult run) {
            return of(EveryMask.of(run.plan().layers(), run.last().parameters(), run.data().validation(), SAMPLES,
                    new Dropout(run.plan().dropout())));
        }

        static Masks of(EveryMask network) {
            double[][] predictions = IntStream.range(0, network.count()).mapToObj(network::predict)
                    .toArray(double[][]::new);
            double[] mean = new double[predictions[0].length];
            for (int mask = 0; mask < predictions.length; mask++) {
                for (int s = 0; s < mean.length; s++) {
                    mean[s] += network.probability(mask) * predictions[mask][s];
                }
            }
            double square = 0;
            for (int mask = 0; mask < predictions.length; mask++) {
                square += network.probability(mask) * meanSquare(predictions[mask], mean);
            }
            return new Masks(predictions, mean, network.evaluate(), Math.sqrt(square));
        }

        /** Root mean square over samples of the distance between mean and evaluation. */
        double gap() {
            return Math.sqrt(meanSquare(mean, evaluation));
        }
    }

    static void requireMeanIsEvaluation(Masks masks, double tolerance) {
        double size = Math.sqrt(meanSquare(masks.evaluation(), new double[masks.evaluation().length]));
        Check.that(masks.gap() <= tolerance * (1 + size), "the mean over masks is %s away from evaluation, of size "
                + "%s", masks.gap(), size);
    }

    static void requireClose(Masks masks) {
        Check.that(masks.gap() <= CLOSE * masks.spread(), "the mean over masks is %.2f spreads away from evaluation",
                masks.gap() / masks.spread());
    }

    static void requireAllDifferent(Masks masks) {
        Set<String> different = new HashSet<>();
        for (double[] prediction : masks.predictions()) {
            different.add(Arrays.toString(prediction));
        }
        Check.that(different.size() == masks.predictions().length, "%d masks make only %d different networks",
                masks.predictions().length, different.size());
    }

    private static double meanSquare(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).average().orElseThrow();
    }

    private static TrainingResult trained(List<Integer> layers) {
        return TrainingLoop.train(TrainingPlan.builder().problem(new LinearProblem(50, 200, 1000, 0.2)).layers(layers)
                .dropout(0.1)
                .epochs(300).build(), new CpuBackend());
    }

    private static Page page(Masks one, Masks two) {
        return Page.of(OldRule.DROPOUT_SUBNETWORKS)
                .formula("<msub><mo>∑</mo><mi>m</mi></msub><mi>P</mi><mo>(</mo><mi>m</mi><mo>)</mo><mspace "
                        + "width=\"0.2em\"/>"
                        + "<msub><mi>f</mi><mi>m</mi></msub><mo>(</mo><mi>x</mi><mo>)</mo><mo>=</mo><mi>f</mi>"
                        + "<mo>(</mo><mi>x</mi><mo>)</mo>"
                        + "<mtext>   with one hidden layer</mtext>")
                .setup("Networks trained with dropout 0.1 for 300 epochs on the post's data, one with 8 hidden units, "
                        + "one with two layers of 5. A mask m keeps some hidden units; P(m) is its probability, f_m "
                        + "the subnetwork that it leaves, f the whole network in evaluation mode. All masks are tried "
                        + "on 100 validation samples. All subnetworks use one parameter vector: dropout adds none.")
                .table("All subnetworks",
                        List.of("hidden layers", "masks", "different networks", "spread of their predictions",
                        "mean over masks minus evaluation", "share of the spread"),
                                List.of(row("8", one), row("5, 5", two)))
                .picture(new SeriesPicture("Mean over all subnetworks against evaluation mode",
                        "100 validation samples, seed 42, dropout 0.1", Axis.linear("Prediction in evaluation mode"),
                        Axis.linear("Mean over all masks"), List.of(
                                Series.of("one hidden layer: 256 masks", Palette.BLUE, one.evaluation(),
                                        one.mean()),
                                Series.of("two hidden layers: 1,024 masks", Palette.VERMILION,
                                        two.evaluation(), two.mean())),
                        List.of(), List.of(ReferenceLine.identity("mean = evaluation")), true).picture())
                .paragraph("Why two layers differ", "A rectifier bends: the mean of its outputs is not its output at "
                        + "the mean. A first layer sees its inputs without dropout, so with one layer nothing is "
                        + "bent; the second sees masked ones. The post's network has 50 hidden units and so 2 to the "
                        + "power of 50 subnetworks, too many to try. Not all masks of two layers make different "
                        + "networks: where the second layer is zeroed whole, or a unit never lights up, masks "
                        + "coincide.")
                .series("predictions",
                        Text.csv("one_layer_evaluation,one_layer_mean,two_layers_evaluation,two_layers_mean",
                        one.evaluation(), one.mean(), two.evaluation(), two.mean()))
                .figure(Text.of("256 subnetworks: mean equals evaluation; 1,024 of two layers: off by %.2f of their "
                        + "spread", two.gap() / two.spread()))
                .sure("Every mask is tried, in float64: exact to rounding. The law for one layer is a property over "
                        + "random networks and p.")
                .reproduce("mvn verify -Dtest=DropoutSubnetworksTest");
    }

    private static List<String> row(String layers, Masks masks) {
        long different = Arrays.stream(masks.predictions()).map(Arrays::toString).distinct().count();
        return List.of(layers, Text.of("%,d", masks.predictions().length), Text.of("%,d", different),
                Text.of("%.3g", masks.spread()),
                Text.of("%.2g", masks.gap()), Text.of("%.2g", masks.gap() / masks.spread()));
    }
}
