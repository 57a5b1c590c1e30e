package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L2WalksUphillTest {

    @Test
    @DisplayName("l2.walks-uphill: on the post's data, the trained linear model stands uphill by the price")
    @Shows(OldRule.L2_WALKS_UPHILL)
    void showcase() {
        QuadraticLoss loss = PostRegression.loss();

        page(loss).publish();
        for (double lambda : PostRegression.STRENGTHS) {
            double rise = measuredRise(loss, lambda);
            assertThat(rise).as("rise of the training loss at λ = %s", lambda).isPositive();
            // Losses of float32 predictions, in double: 5e-7 of the rise was the largest error measured.
            assertThat(Math.abs(rise / price(loss, lambda) - 1)).as("relative error of the rise at λ = %s", lambda)
                    .isLessThanOrEqualTo(1e-5);
        }
    }

    private static Page page(QuadraticLoss loss) {
        double[] strengths = PostRegression.STRENGTHS.stream().mapToDouble(l -> l).toArray();
        double[] rises = PostRegression.STRENGTHS.stream().mapToDouble(l -> measuredRise(loss, l)).toArray();
        double[] grid = IntStream.rangeClosed(0, 80).mapToDouble(i -> StrictMath.pow(10, -2 + i / 20.0)).toArray();
        double[] predicted = Arrays.stream(grid).map(lambda -> price(loss, lambda)).toArray();
        return Page.of(OldRule.L2_WALKS_UPHILL)
                .formula("<mi>J</mi><mo>(</mo><msub><mi>θ</mi><mi>λ</mi></msub><mo>)</mo><mo>−</mo><mi>J</mi>"
                        + "<mo>(</mo><mi>w</mi><mo>)</mo><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><munder>"
                        + "<mo>∑</mo><mi>i</mi></munder><msub><mi>h</mi><mi>i</mi></msub><msup><mrow><mo>(</mo>"
                        + "<mfrac><mi>λ</mi><mrow><msub><mi>h</mi><mi>i</mi></msub><mo>+</mo>"
                        + "<mi>λ</mi></mrow></mfrac><mo>)</mo></mrow><mn>2</mn></msup><msubsup><mi>w</mi><mi>i</mi>"
                        + "<mn>2</mn></msubsup><mo>≥</mo><mn>0</mn>")
                .setup("w minimises the training loss J, θ the sum of loss and penalty: so θ stands uphill from w."
                        + " How far, follows from the eigenvalues h of the loss's Hessian and the coordinates of w"
                        + " along its eigenvectors. The post's linear model, whose loss is exactly quadratic, is"
                        + " trained on the post's 200 samples with five strengths, and its training loss compared"
                        + " with that of least squares.")
                .table("Rise of the training loss", List.of("λ", "Trained", "Formula", "Least squares' loss"),
                        IntStream.range(0, strengths.length).mapToObj(i -> List.of(Double.toString(strengths[i]),
                                Text.of("%.7f", rises[i]), Text.of("%.7f", price(loss, strengths[i])),
                                Text.of("%.7f", loss.minimum()))).toList())
                .picture(new SeriesPicture("How far uphill L2 takes the linear model",
                        "Post's data, 200 samples, seed 42", Axis.log("Strength λ"),
                        Axis.log("Rise of the training loss"),
                        List.of(Series.of("Trained", Palette.VERMILION, strengths, rises)),
                        List.of(Series.of("½ Σ h (λ/(h + λ))² w²", Palette.BLUE, grid, predicted)), List.of(),
                        false).picture())
                .series("price", Text.csv("lambda,measured_rise", strengths, rises))
                .figure(Text.of("at λ = 0.085 a rise of %.4f, predicted %.4f", rises[0], price(loss, strengths[0])))
                .sure("A theorem, tried on 1,000 random Hessians (ill conditioned, with repeated and with zero"
                        + " eigenvalues) to within rounding; and on trained models to five digits.")
                .reproduce("mvn verify -Dtest=L2WalksUphillTest");
    }

    private static double measuredRise(QuadraticLoss loss, double lambda) {
        return PostRegression.trained(lambda).last().fit().trainLoss() - loss.minimum();
    }

    @Provide
    Arbitrary<RandomQuadratic> quadratics() {
        return RandomQuadratic.any();
    }

    @Provide
    Arbitrary<Double> lambdas() {
        return RandomQuadratic.lambdas();
    }

    @Property(tries = 1000)
    @Label("l2.walks-uphill: the loss at the penalised minimiser exceeds the minimum by ½ Σ h (λ/(h + λ))² w²")
    @Shows(OldRule.L2_WALKS_UPHILL)
    void walksUphill(@ForAll("quadratics") RandomQuadratic quadratic, @ForAll("lambdas") double lambda) {
        QuadraticLoss loss = quadratic.loss();

        requirePrice(loss, lambda, new QuadraticWithL2(loss, lambda).linearSolve());
    }

    @Test
    @DisplayName("l2.walks-uphill: a model that stays, walks half as far, twice as far, or downhill is rejected")
    @Teeth(OldRule.L2_WALKS_UPHILL)
    void rejectsOtherWalks() {
        QuadraticLoss loss = QuadraticLoss.diagonal(new double[] {4, 0.25}, new double[] {1, -2});

        for (double[] elsewhere : List.of(
                loss.minimiser(),
                new QuadraticWithL2(loss, 0.5).linearSolve(),
                new QuadraticWithL2(loss, 2).linearSolve(),
                new double[2])) {
            assertThatThrownBy(() -> requirePrice(loss, 1, elsewhere)).hasMessageContaining("uphill by");
        }
        requirePrice(loss, 1, new QuadraticWithL2(loss, 1).linearSolve());
    }

    /** Fails unless the solution stands uphill from the loss's minimiser, by the price. */
    static void requirePrice(QuadraticLoss loss, double lambda, double[] solution) {
        double rise = loss.value(solution) - loss.minimum();
        double price = price(loss, lambda);
        double size = RandomQuadratic.norm(loss.minimiser());
        QuadraticWithL2 penalised = new QuadraticWithL2(loss, lambda);
        // 1.3 n ε h₁‖w‖² was the largest error that QuadraticWithL2's tests saw; the minimum, below 1, is rounded too.
        double tolerance = 16 * loss.dimensions() * RandomQuadratic.EPSILON * (penalised.curvature() * size * size + 1);
        assertThat(price).as("price").isGreaterThanOrEqualTo(0);
        assertThat(Math.abs(rise - price))
                .as("stands uphill by %s, wanted ½ Σ h (λ/(h + λ))² w² = %s: error", rise, price)
                .isLessThanOrEqualTo(tolerance);
    }

    /** ½ Σ h (λ/(h + λ))² w², written out here. */
    private static double price(QuadraticLoss loss, double lambda) {
        double[] h = loss.eigenbasis().eigenvalues();
        double[] w = loss.eigenbasis().coordinates(loss.minimiser());
        return IntStream.range(0, h.length).mapToDouble(i -> {
            double lost = lambda / (h[i] + lambda) * w[i];
            return h[i] * lost * lost / 2;
        }).sum();
    }
}
