package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.Eigenbasis;
import dev.regularisation.theory.GradientDescent;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L2EigenShrinkageTest {

    /** Eigenvalues 4 and ¼ along directions turned by some 37° (3-4-5), and a minimiser with a share of both. */
    private static final QuadraticLoss EXAMPLE = new QuadraticLoss(
            new Array2DRowRealMatrix(new double[][] {{1.6, 1.8}, {1.8, 2.65}}), new double[] {2.2, 0.4}, 0);
    private static final double[] STRENGTHS = {0.05, 0.25, 1, 4};

    @Test
    @DisplayName("l2.eigen-shrinkage: closed form, linear solve and gradient descent land on the same shrunk minimiser")
    @Shows(OldRule.L2_EIGEN_SHRINKAGE)
    void showcase() {
        page().publish();
        for (double lambda : STRENGTHS) {
            QuadraticWithL2 penalised = new QuadraticWithL2(EXAMPLE, lambda);
            requireShrinkage(penalised.closedForm(), penalised);
            requireShrinkage(penalised.linearSolve(), penalised);
            requireShrinkage(descend(penalised), penalised);
        }
    }

    private static Page page() {
        double[] path = IntStream.rangeClosed(0, 120).mapToDouble(i -> StrictMath.pow(10, -3 + i / 20.0)).toArray();
        List<double[]> solved = Arrays.stream(STRENGTHS)
                .mapToObj(l -> new QuadraticWithL2(EXAMPLE, l).linearSolve()).toList();
        List<double[]> descended = Arrays.stream(STRENGTHS)
                .mapToObj(l -> descend(new QuadraticWithL2(EXAMPLE, l))).toList();
        List<double[]> both = Stream.concat(solved.stream(), descended.stream()).toList();
        List<double[]> closed = Arrays.stream(path)
                .mapToObj(l -> new QuadraticWithL2(EXAMPLE, l).closedForm()).toList();
        List<Series> curves = new ArrayList<>();
        for (double level : new double[] {0.02, 0.1, 0.3, 0.7, 1.4}) {
            curves.add(contour(level));
        }
        curves.add(Series.of("Closed form, λ from 0 to ∞", Palette.BLUE, entries(closed, 0), entries(closed, 1)));
        return Page.of(OldRule.L2_EIGEN_SHRINKAGE)
                .formula("<mi>θ</mi><mo>=</mo><msup><mrow><mo>(</mo><mi>H</mi><mo>+</mo><mi>λ</mi><mi>I</mi>"
                        + "<mo>)</mo></mrow><mrow><mo>−</mo><mn>1</mn></mrow></msup><mi>H</mi><mi>w</mi><mo>=</mo>"
                        + "<mi>Q</mi><mspace width=\"0.2em\"/><mi>diag</mi><mrow><mo>(</mo><mfrac><msub><mi>h</mi>"
                        + "<mi>i</mi></msub><mrow><msub><mi>h</mi><mi>i</mi></msub><mo>+</mo>"
                        + "<mi>λ</mi></mrow></mfrac><mo>)</mo></mrow><msup><mi>Q</mi><mi>T</mi></msup><mi>w</mi>")
                .setup("Near its minimiser w a loss is a quadratic with Hessian H = Q diag(h) Qᵀ. With the penalty"
                        + " (λ/2)‖θ‖² the minimiser moves to θ. Three ways to it are compared, of which two know"
                        + " nothing of eigenvectors: the closed form above, a linear system solved by Cholesky"
                        + " decomposition, and gradient descent.")
                .table("An example: eigenvalues 4 and 0.25; coordinates of the solution along the eigenvectors, as a"
                        + " share of those of w", List.of("λ", "h/(h + λ), h = 4", "linear solve", "gradient descent",
                                "h/(h + λ), h = 0.25", "linear solve", "gradient descent"),
                        IntStream.range(0, STRENGTHS.length)
                                .mapToObj(i -> row(STRENGTHS[i], solved.get(i), descended.get(i)))
                                .toList())
                .picture(new SeriesPicture("L2 shrinks each eigen-direction by its own factor",
                        "A loss of two parameters with Hessian eigenvalues 4 and 0.25; contours of the loss, and"
                                + " minimisers with penalty λ = 0.05, 0.25, 1, 4",
                        Axis.linear("First parameter").covering(0, 2.2),
                        Axis.linear("Second parameter").covering(0, 0.4),
                        List.of(Series.of("Minimiser w without penalty", Palette.BLACK,
                                        new double[] {EXAMPLE.minimiser()[0]}, new double[] {EXAMPLE.minimiser()[1]}),
                                Series.of("Linear solve and gradient descent", Palette.VERMILION,
                                        entries(both, 0), entries(both, 1))),
                        curves, List.of(), true).picture())
                .figure("three ways agree for every Hessian tried")
                .sure("A theorem, tried on 1,000 random Hessians of 1 to 12 dimensions: well and ill conditioned"
                        + " (down to 1e-8), with repeated and with zero eigenvalues, flat ones too; λ from 1e-6 to"
                        + " 100. The tolerance is the condition number times rounding.")
                .reproduce("mvn verify -Dtest=L2EigenShrinkageTest");
    }

    private static List<String> row(double lambda, double[] solved, double[] descended) {
        List<String> cells = new ArrayList<>(List.of(Double.toString(lambda)));
        Eigenbasis basis = EXAMPLE.eigenbasis();
        double[] w = basis.coordinates(EXAMPLE.minimiser());
        for (int i = 0; i < 2; i++) {
            double h = basis.eigenvalues()[i];
            cells.add(Text.of("%.9f", h / (h + lambda)));
            cells.add(Text.of("%.9f", basis.coordinates(solved)[i] / w[i]));
            cells.add(Text.of("%.9f", basis.coordinates(descended)[i] / w[i]));
        }
        return cells;
    }

    private static Series contour(double level) {
        Eigenbasis basis = EXAMPLE.eigenbasis();
        double[] h = basis.eigenvalues();
        List<double[]> points = IntStream.rangeClosed(0, 180).mapToObj(i -> {
            double angle = StrictMath.PI * i / 90;
            double[] offset = basis.vector(new double[] {StrictMath.sqrt(2 * level / h[0]) * StrictMath.cos(angle),
                    StrictMath.sqrt(2 * level / h[1]) * StrictMath.sin(angle)});
            return new double[] {EXAMPLE.minimiser()[0] + offset[0], EXAMPLE.minimiser()[1] + offset[1]};
        }).toList();
        return Series.of("Contours of the loss", Palette.GREY, entries(points, 0), entries(points, 1))
                .drawn(LineStyle.DOTTED);
    }

    private static double[] entries(List<double[]> vectors, int index) {
        return vectors.stream().flatMapToDouble(v -> DoubleStream.of(v[index])).toArray();
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
    @Label("l2.eigen-shrinkage: along every eigenvector the solution is h/(h + λ) of the minimiser")
    @Shows(OldRule.L2_EIGEN_SHRINKAGE)
    void shrinksEachDirection(@ForAll("quadratics") RandomQuadratic quadratic, @ForAll("lambdas") double lambda) {
        QuadraticWithL2 penalised = new QuadraticWithL2(quadratic.loss(), lambda);

        requireShrinkage(penalised.closedForm(), penalised);
        requireShrinkage(penalised.linearSolve(), penalised);
        if (penalised.conditionNumber() <= 300) {
            requireShrinkage(descend(penalised), penalised);
        }
    }

    @Test
    @DisplayName("l2.eigen-shrinkage: half the strength, none, one factor for all, and the wrong axes are rejected")
    @Teeth(OldRule.L2_EIGEN_SHRINKAGE)
    void rejectsOtherShrinkage() {
        QuadraticWithL2 penalised = new QuadraticWithL2(EXAMPLE, 1);
        double[] w = EXAMPLE.minimiser();
        double[][] hessian = EXAMPLE.hessian().getData();

        for (double[] wrong : List.of(
                new QuadraticWithL2(EXAMPLE, 0.5).linearSolve(),
                w,
                new double[] {w[0] / 2, w[1] / 2},
                new double[] {w[0] * hessian[0][0] / (hessian[0][0] + 1), w[1] * hessian[1][1] / (hessian[1][1] + 1)},
                new double[] {Double.MAX_VALUE, 0})) {
            assertThatThrownBy(() -> requireShrinkage(wrong, penalised)).hasMessageContaining("along eigenvector");
        }
    }

    /** Fails unless the coordinate along each eigenvector is h/(h + λ) times that of the minimiser. */
    static void requireShrinkage(double[] solution, QuadraticWithL2 penalised) {
        Eigenbasis basis = penalised.loss().eigenbasis();
        double[] h = basis.eigenvalues();
        double[] w = basis.coordinates(penalised.loss().minimiser());
        double[] theta = basis.coordinates(solution);
        // Each way's error is within 8 n ε κ‖w‖; see QuadraticWithL2, whose tests measured 1.8 of it and 8.1.
        double tolerance = 16 * h.length * RandomQuadratic.EPSILON * penalised.conditionNumber()
                * RandomQuadratic.norm(w);
        for (int i = 0; i < h.length; i++) {
            double expected = w[i] * h[i] / (h[i] + penalised.lambda());
            assertThat(Math.abs(theta[i] - expected))
                    .as("along eigenvector %d, h = %s: %s, wanted w h/(h + λ) = %s: error", i, h[i], theta[i], expected)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    /** Gradient descent from 0; 40 κ steps leave e⁻⁴⁰ of the way. */
    private static double[] descend(QuadraticWithL2 penalised) {
        int n = penalised.dimensions();
        double tolerance = 8 * n * RandomQuadratic.EPSILON * penalised.curvature()
                * RandomQuadratic.norm(penalised.loss().minimiser());
        return GradientDescent.on(penalised).minimise(penalised, new double[n], tolerance, 20_000);
    }
}
