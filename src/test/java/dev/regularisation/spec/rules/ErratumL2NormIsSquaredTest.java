package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ErratumL2NormIsSquaredTest {

    private static final List<PostExperiment> SHOWN = List.of(PostExperiment.MLP, PostExperiment.L2, PostExperiment.L1);

    private static double sumOfSquares(double[] theta) {
        return Arrays.stream(theta).map(v -> v * v).sum();
    }

    private static double meanOfSquares(double[] theta) {
        return sumOfSquares(theta) / theta.length;
    }

    private static double l2Norm(double[] theta) {
        return Math.sqrt(sumOfSquares(theta));
    }

    private static double[] parameters(History history, int epoch) {
        return IntStream.range(0, history.parameterCount()).mapToDouble(i -> history.parameter(epoch, i)).toArray();
    }

    /** A curve is the sum of squares of the parameters, at every hundredth epoch. */
    static void requireSumOfSquares(History history, IntToDoubleFunction curve) {
        for (int epoch = 0; epoch <= history.epochs(); epoch += 100) {
            double wanted = sumOfSquares(parameters(history, epoch));
            // Two sums of 1,951 positive terms in double, in whatever order.
            if (!(Math.abs(curve.applyAsDouble(epoch) - wanted) <= 2 * 1951 * 0x1p-53 * wanted)) {
                throw new AssertionError("at epoch " + epoch + " the curve is at " + curve.applyAsDouble(epoch)
                        + ", the sum of squares is " + wanted);
            }
        }
    }

    /** A norm of twice a vector is twice its norm; that it is exact needs no tolerance, as doubling does not round. */
    static void requireNorm(ToDoubleFunction<double[]> candidate, double[] theta) {
        double[] doubled = Arrays.stream(theta).map(v -> 2 * v).toArray();
        double ratio = candidate.applyAsDouble(doubled) / candidate.applyAsDouble(theta);
        if (!(ratio == 2)) {
            throw new AssertionError("twice the vector has " + ratio + " times the value: not a norm");
        }
    }

    @Shows(OldRule.ERRATUM_L2_NORM_IS_SQUARED)
    @Property(tries = 100)
    @Label("erratum.l2-norm-is-squared: the root of the sum of squares doubles with the vector")
    void onlyTheRootIsANorm(@ForAll @IntRange(min = 1, max = 50) int parameters, @ForAll long seed) {
        requireNorm(ErratumL2NormIsSquaredTest::l2Norm, new Random(seed).doubles(parameters, 0.1, 9).toArray());
    }

    @Shows(OldRule.ERRATUM_L2_NORM_IS_SQUARED)
    @Test
    @DisplayName("erratum.l2-norm-is-squared: our curve is the sum of squares and is called so")
    void showcase() {
        History plain = PostRuns.of(PostExperiment.MLP).history();
        List<List<String>> rows = new ArrayList<>();
        for (PostExperiment experiment : SHOWN) {
            History history = PostRuns.of(experiment).history();
            for (int epoch : new int[] {0, history.epochs()}) {
                double[] theta = parameters(history, epoch);
                rows.add(List.of(experiment.title(), Integer.toString(epoch), text(history.l1Norm(epoch)), text(l2Norm(theta)),
                        text(sumOfSquares(theta)), text(meanOfSquares(theta))));
            }
        }
        String alt = TrainingPicture.of(PostRuns.of(PostExperiment.MLP), "Plain MLP").altText();

        Page.of(OldRule.ERRATUM_L2_NORM_IS_SQUARED)
                .formula("<msub><mrow><mo>‖</mo><mi>θ</mi><mo>‖</mo></mrow><mn>2</mn></msub><mo>=</mo><msqrt><munder>"
                        + "<mo>∑</mo><mi>i</mi></munder><msubsup><mi>θ</mi><mi>i</mi><mn>2</mn></msubsup></msqrt>"
                        + "<mspace width='2em'/><mtext>but drawn is</mtext><mspace width='2em'/><munder><mo>∑</mo><mi>i"
                        + "</mi></munder><msubsup><mi>θ</mi><mi>i</mi><mn>2</mn></msubsup><mtext> or </mtext><mfrac>"
                        + "<mn>1</mn><mi>n</mi></mfrac><munder><mo>∑</mo><mi>i</mi></munder><msubsup><mi>θ</mi><mi>i"
                        + "</mi><mn>2</mn></msubsup>")
                .setup("The post draws a curve of the parameters' \"L2 norm\" beside the losses. Its code takes the "
                        + "sum of the squares, in the post, or their mean, in the notebook; neither takes the root. "
                        + "Here are all readings for our runs at seed 42, with n = 1,951 parameters.")
                .table("The readings", List.of("method", "epoch", "Σ|θ|, the L1 norm", "L2 norm", "sum of squares (post)",
                        "mean of squares (notebook)"), rows)
                .picture(SeriesPicture.ofCurves("Three readings of the \"L2 norm\"",
                        "L1 of 0.021, 200 samples, seed 42", Axis.epochs(), Axis.log("Value"), curves(), List.of()).picture())
                .paragraph("What follows", "All three rise and fall together, so no statement of direction changes. "
                        + "Sizes do: where the squares fall to a quarter, the norm falls to a half. The penalty λ/2 "
                        + "Σθ² is about the squares, which is likely why they were drawn. Our pictures draw the sum "
                        + "and call it \"Squared L2 norm Σθ²\".")
                .series("norms.csv", csv(PostRuns.of(PostExperiment.L1).history()))
                .figure(String.format(Locale.ROOT, "plain MLP before training: norm %.2f, sum of squares %.2f, mean "
                        + "%.4f",
                        l2Norm(parameters(plain, 0)), sumOfSquares(parameters(plain, 0)), meanOfSquares(parameters(plain, 0))))
                .sure("Exact but for the rounding of a sum of 1,951 terms in double.")
                .reproduce("mvn verify -Dtest=ErratumL2NormIsSquaredTest")
                .publish();

        SHOWN.forEach(experiment -> requireSumOfSquares(PostRuns.of(experiment).history(),
                PostRuns.of(experiment).history()::squaredL2Norm));
        assertThat(alt).contains(String.format(Locale.ROOT, "the squared L2 norm, from %.4g",
                sumOfSquares(parameters(plain, 0))));
    }

    private static List<Series> curves() {
        History history = PostRuns.of(PostExperiment.L1).history();
        double[] sums = IntStream.rangeClosed(0, history.epochs()).mapToDouble(history::squaredL2Norm).toArray();
        return List.of(Series.byEpoch("Sum of squares", Palette.PURPLE, sums),
                Series.byEpoch("L2 norm", Palette.BLUE, Arrays.stream(sums).map(Math::sqrt).toArray()),
                Series.byEpoch("Mean of squares", Palette.ORANGE,
                        Arrays.stream(sums).map(v -> v / history.parameterCount()).toArray()));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String csv(History history) {
        StringBuilder csv = new StringBuilder("epoch,sum_of_squares,l2_norm,mean_of_squares\n");
        for (int epoch = 0; epoch <= history.epochs(); epoch++) {
            double sum = history.squaredL2Norm(epoch);
            csv.append(epoch).append(',').append(sum).append(',').append(Math.sqrt(sum)).append(',')
                    .append(sum / history.parameterCount()).append('\n');
        }
        return csv.toString();
    }

    @Teeth(OldRule.ERRATUM_L2_NORM_IS_SQUARED)
    @Test
    @DisplayName("erratum.l2-norm-is-squared: the norm and the mean in the sum's place, and squares in the norm's, are "
            + "rejected")
    void teeth() {
        History history = PostRuns.of(PostExperiment.MLP).history();
        double[] theta = parameters(history, 0);

        assertThatThrownBy(() -> requireSumOfSquares(history, epoch -> l2Norm(parameters(history, epoch))))
                .isInstanceOf(AssertionError.class).hasMessageContaining("at epoch 0 the curve is at 4.1");
        assertThatThrownBy(() -> requireSumOfSquares(history, epoch -> meanOfSquares(parameters(history, epoch))))
                .hasMessageContaining("the sum of squares is 17.3");
        assertThatThrownBy(() -> requireNorm(ErratumL2NormIsSquaredTest::sumOfSquares, theta))
                .hasMessageContaining("4.0 times the value: not a norm");
        assertThatThrownBy(() -> requireNorm(ErratumL2NormIsSquaredTest::meanOfSquares, theta))
                .hasMessageContaining("not a norm");
    }
}
