package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.Eigenbasis;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic.Spectrum;
import dev.regularisation.theory.RandomQuadratic;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L2KeepsWhatMattersTest {

    /** Eigenvalues from 10⁻⁴ to 10⁴, descending; λ = 1. */
    private static final double[] SPECTRUM =
            IntStream.rangeClosed(-80, 80).mapToDouble(i -> StrictMath.pow(10, -i / 20.0)).toArray();

    @Test
    @DisplayName("l2.keeps-what-matters: directions of large eigenvalue keep 99%, those of small eigenvalue 1%")
    @Shows(OldRule.L2_KEEPS_WHAT_MATTERS)
    void showcase() {
        double[] ones = new double[SPECTRUM.length];
        Arrays.fill(ones, 1);
        double[] kept = new QuadraticWithL2(QuadraticLoss.diagonal(SPECTRUM, ones), 1).linearSolve();

        page(kept).publish();
        requireKeepsWhatMatters(SPECTRUM, kept, 1, 8 * RandomQuadratic.EPSILON);
    }

    private static Page page(double[] kept) {
        double lambda = PostRegression.STRENGTHS.get(0);
        Eigenbasis ofPost = PostRegression.loss().eigenbasis();
        return Page.of(OldRule.L2_KEEPS_WHAT_MATTERS)
                .formula("<mfrac><mi>h</mi><mrow><mi>h</mi><mo>+</mo><mi>λ</mi></mrow></mfrac><mo>≈</mo><mrow>"
                        + "<mo>{</mo><mtable><mtr><mtd><mn>1</mn><mo>−</mo><mi>λ</mi><mo>/</mo><mi>h</mi></mtd><mtd>"
                        + "<mi>h</mi><mo>≫</mo><mi>λ</mi></mtd></mtr><mtr><mtd><mi>h</mi><mo>/</mo><mi>λ</mi></mtd>"
                        + "<mtd><mi>h</mi><mo>≪</mo><mi>λ</mi></mtd></mtr></mtable></mrow>")
                .setup("The eigenvalue h says how fast the loss rises along a direction: how much it matters. A loss"
                        + " with 161 directions, h from 0.0001 to 10,000, is minimised with the penalty (λ/2)‖θ‖², λ"
                        + " = 1, by solving the linear system; the table says what is left of each coordinate of the"
                        + " minimiser.")
                .table("What is left", List.of("h/λ", "kept", "1 − λ/h", "h/λ"),
                        DoubleStream.of(1e4, 100, 10, 1, 0.1, 0.01, 1e-4).mapToObj(h -> {
                            double k = kept[nearest(h)];
                            return List.of(Text.of("%g", h), Text.of("%.6f", k),
                                    h > 1 ? Text.of("%.6f", 1 - 1 / h) : "",
                                    h < 1 ? Text.of("%.6f", h) : "");
                        }).toList())
                .picture(SeriesPicture.ofCurves("L2 keeps the directions that matter",
                        "What is left of the minimiser's coordinate along an eigenvector",
                        Axis.log("Eigenvalue of the Hessian over strength, h/λ"),
                        Axis.linear("Share kept").covering(0, 1),
                        List.of(Series.of("Solved", Palette.BLUE, SPECTRUM, kept),
                                asymptote("1 − λ/h", Palette.VERMILION, h -> 1 - 1 / h),
                                asymptote("h/λ", Palette.GREEN, h -> h)),
                        List.of(ReferenceLine.vertical("h = λ", 1))).picture())
                .paragraph("What it comes to", "L2 pulls on everything; a direction keeps its size where the data resist, h ≫ λ.")
                .paragraph("In the post's models", Text.of("The linear model's eigenvalues lie between %.2f and %.2f,"
                        + " far above λ = %s: all 51 directions matter and keep %.0f%% to %.0f%%. The network has"
                        + " 1,951 parameters for 200 samples: where it meets every sample, its Hessian (2/n) Σ ∇f ∇fᵀ"
                        + " has rank 200 at most, so at least 1,751 directions have eigenvalue 0, and L2 leaves"
                        + " nothing of those.",
                        ofPost.smallest(), ofPost.largest(), lambda,
                        100 * ofPost.smallest() / (ofPost.smallest() + lambda),
                        100 * ofPost.largest() / (ofPost.largest() + lambda)))
                .series("kept", Text.csv("h_over_lambda,kept", SPECTRUM, kept))
                .figure(Text.of("kept %.1f%% at h = 100 λ, %.1f%% at h = λ/100", 100 * kept[nearest(100)],
                        100 * kept[nearest(0.01)]))
                .sure("A theorem; tried on 1,000 random Hessians, in directions that the solver does not know.")
                .reproduce("mvn verify -Dtest=L2KeepsWhatMattersTest");
    }

    private static Series asymptote(String name, Color colour, DoubleUnaryOperator value) {
        double[] where = Arrays.stream(SPECTRUM).filter(h -> value.applyAsDouble(h) >= 0 && value.applyAsDouble(h) <= 1)
                .toArray();
        return Series.of(name, colour, where, Arrays.stream(where).map(value).toArray()).drawn(LineStyle.DASHED);
    }

    private static int nearest(double h) {
        return IntStream.range(0, SPECTRUM.length).reduce((a, b) ->
                Math.abs(SPECTRUM[b] / h - 1) < Math.abs(SPECTRUM[a] / h - 1) ? b : a).orElseThrow();
    }

    @Provide
    Arbitrary<RandomQuadratic> quadratics() {
        return RandomQuadratic.of(Spectrum.MODERATE, Spectrum.ILL_CONDITIONED, Spectrum.SINGULAR);
    }

    @Provide
    Arbitrary<Double> lambdas() {
        return RandomQuadratic.lambdas();
    }

    @Property(tries = 1000)
    @Label("l2.keeps-what-matters: what is left rises with the eigenvalue, from nothing (h ≪ λ) to all (h ≫ λ)")
    @Shows(OldRule.L2_KEEPS_WHAT_MATTERS)
    void keepsByEigenvalue(@ForAll("quadratics") RandomQuadratic quadratic, @ForAll("lambdas") double lambda) {
        Eigenbasis basis = quadratic.loss().eigenbasis();
        double[] ones = new double[basis.dimensions()];
        Arrays.fill(ones, 1);
        QuadraticWithL2 penalised =
                new QuadraticWithL2(new QuadraticLoss(quadratic.hessian(), basis.vector(ones), 0), lambda);

        double[] kept = basis.coordinates(penalised.linearSolve());

        // The solver's error of 16 n ε κ‖w‖, ‖w‖ = √n; see QuadraticWithL2.
        double tolerance = 16 * StrictMath.pow(ones.length, 1.5) * RandomQuadratic.EPSILON
                * penalised.conditionNumber();
        requireKeepsWhatMatters(basis.eigenvalues(), kept, lambda, tolerance);
    }

    @Test
    @DisplayName("l2.keeps-what-matters: one factor for all, the reverse order and hard and soft cuts are rejected")
    @Teeth(OldRule.L2_KEEPS_WHAT_MATTERS)
    void rejectsOtherShrinkage() {
        for (DoubleUnaryOperator wrong : List.<DoubleUnaryOperator>of(
                h -> 0.5, h -> 1 / (1 + h), h -> h > 1 ? 1 : 0, h -> Math.max(1 - 1 / h, 0), h -> h * h / (1 + h * h),
                h -> Double.NaN)) {
            double[] kept = Arrays.stream(SPECTRUM).map(wrong).toArray();
            assertThatThrownBy(() -> requireKeepsWhatMatters(SPECTRUM, kept, 1, 1e-12))
                    .hasMessageContaining("share kept");
        }
    }

    /**
     * Fails unless the share kept rises with the eigenvalue, is within (λ/h)² of 1 − λ/h, and within (h/λ)² of h/λ.
     *
     * @param h    eigenvalues, descending
     * @param kept what is left along each
     */
    static void requireKeepsWhatMatters(double[] h, double[] kept, double lambda, double tolerance) {
        for (int i = 0; i < h.length; i++) {
            if (i > 0) {
                assertThat(kept[i]).as("share kept at h = %s, compared with that at h = %s", h[i], h[i - 1])
                        .isLessThanOrEqualTo(kept[i - 1] + tolerance);
            }
            // Both series alternate, so the first term left out bounds the error; rounding of the terms comes on top.
            if (h[i] > lambda) {
                double ratio = lambda / h[i];
                assertThat(Math.abs(kept[i] - (1 - ratio)))
                        .as("share kept at h = %s: %s, beside 1 − λ/h", h[i], kept[i])
                        .isLessThanOrEqualTo(ratio * ratio + tolerance);
            } else {
                double ratio = h[i] / lambda;
                assertThat(Math.abs(kept[i] - ratio)).as("share kept at h = %s: %s, beside h/λ", h[i], kept[i])
                        .isLessThanOrEqualTo(ratio * ratio + tolerance);
            }
        }
    }
}
