package dev.regularisation.theory;

import static dev.regularisation.theory.RandomQuadratic.distance;
import static dev.regularisation.theory.RandomQuadratic.norm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.theory.Ridge.Intercept;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RidgeTest {

    /** In 10,000 tries the largest condition number of a Hessian was 1,400, and the largest error 1.4e-14. */
    private static final double ROUNDING = 1e-11;

    @Provide
    Arbitrary<RandomRegression> regressions() {
        return RandomRegression.any();
    }

    @Property(tries = 300)
    @Label("with a penalised intercept it is eigen-shrinkage of least squares by the Hessian 2X̃ᵀX̃/n")
    void isEigenShrinkage(@ForAll("regressions") RandomRegression data, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        LinearModel ridge = new Ridge(lambda, Intercept.PENALISED).fit(data.samples(), data.targets());

        QuadraticLoss loss = LeastSquares.fit(data.samples(), data.targets()).loss();

        assertThat(distance(ridge.coefficients(), new QuadraticWithL2(loss, lambda).closedForm())).isLessThan(ROUNDING);
    }

    @Property(tries = 300)
    @Label("moving any coefficient raises mean squared error plus penalty, whether or not the intercept is penalised")
    void minimises(
            @ForAll("regressions") RandomRegression data,
            @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda,
            @ForAll Intercept intercept) {
        Ridge ridge = new Ridge(lambda, intercept);
        double[] found = ridge.fit(data.samples(), data.targets()).coefficients();
        double least = objective(ridge, found, data);

        for (int j = 0; j < found.length; j++) {
            for (double move : new double[] {-1e-3, 1e-3}) {
                double[] moved = found.clone();
                moved[j] += move;
                assertThat(objective(ridge, moved, data)).isGreaterThan(least);
            }
        }
    }

    private static double objective(Ridge ridge, double[] coefficients, RandomRegression data) {
        LinearModel model = Design.model(coefficients);
        return Residuals.meanSquare(model, data.samples(), data.targets()) + ridge.penalty(model);
    }

    @Property(tries = 300)
    @Label("without a penalty it is least squares; a larger one costs training error and shrinks the weights")
    void tradesErrorForNorm(@ForAll("regressions") RandomRegression data, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        LinearModel unpenalised = new Ridge(0, Intercept.FREE).fit(data.samples(), data.targets());
        LinearModel penalised = new Ridge(lambda, Intercept.FREE).fit(data.samples(), data.targets());
        LinearModel more = new Ridge(2 * lambda, Intercept.FREE).fit(data.samples(), data.targets());

        LeastSquares leastSquares = LeastSquares.fit(data.samples(), data.targets());
        assertThat(distance(unpenalised.coefficients(), leastSquares.model().coefficients())).isLessThan(ROUNDING);
        assertThat(norm(penalised.weights())).isLessThanOrEqualTo(norm(unpenalised.weights()) + ROUNDING);
        assertThat(norm(more.weights())).isLessThanOrEqualTo(norm(penalised.weights()) + ROUNDING);
        assertThat(Residuals.meanSquare(more, data.samples(), data.targets()))
                .isGreaterThanOrEqualTo(Residuals.meanSquare(penalised, data.samples(), data.targets()) - ROUNDING);
    }

    @Property(tries = 300)
    @Label("a free intercept follows a shift of all targets exactly, a penalised one does not")
    void onlyAFreeInterceptFollowsShifts(@ForAll("regressions") RandomRegression data) {
        double[] shifted = Arrays.stream(data.targets()).map(y -> y + 10).toArray();

        double[] free = move(new Ridge(0.5, Intercept.FREE), data, shifted);
        double[] penalised = move(new Ridge(0.5, Intercept.PENALISED), data, shifted);

        int last = free.length - 1;
        assertThat(free[last]).isCloseTo(10, Offset.offset(ROUNDING));
        assertThat(norm(Arrays.copyOf(free, last))).isLessThan(ROUNDING);
        // H for the constant alone is 2, so at most 2/(2 + λ) of the shift is followed.
        assertThat(penalised[last]).isLessThanOrEqualTo(10 * 2 / 2.5 + ROUNDING);
    }

    private static double[] move(Ridge ridge, RandomRegression data, double[] shifted) {
        double[] before = ridge.fit(data.samples(), data.targets()).coefficients();
        double[] after = ridge.fit(data.samples(), shifted).coefficients();
        Arrays.setAll(after, j -> after[j] - before[j]);
        return after;
    }

    @Test
    @DisplayName("a worked example fixes the convention: one feature, (1/n)Σ(·)² + (λ/2)w²")
    void workedExample() {
        // Centred: Σx² = 2, Σxy = 2, n = 2; w = (2/n)Σxy/((2/n)Σx² + λ) = 2/(2 + λ).
        double[][] samples = {{-1}, {1}};
        double[] targets = {2, 4};

        LinearModel free = new Ridge(2, Intercept.FREE).fit(samples, targets);
        LinearModel penalised = new Ridge(2, Intercept.PENALISED).fit(samples, targets);

        Offset<Double> rounding = Offset.offset(1e-15);
        assertThat(free.weights()[0]).isCloseTo(0.5, rounding);
        assertThat(free.intercept()).isCloseTo(3, Offset.offset(4e-15));
        assertThat(penalised.intercept()).isCloseTo(1.5, rounding);
        assertThat(new Ridge(2, Intercept.FREE).penalty(free)).isCloseTo(0.25, rounding);
    }

    @Test
    @DisplayName("it fits more features than samples if the penalty is positive, and refuses if not")
    void handlesWideDesigns() {
        RandomRegression data = RandomRegression.of(4, 9, 0.1, new Random(5));

        LinearModel model = new Ridge(1e-3, Intercept.PENALISED).fit(data.samples(), data.targets());

        assertThat(Residuals.meanSquare(model, data.samples(), data.targets())).isLessThan(1e-3);
        assertThatThrownBy(() -> new Ridge(0, Intercept.PENALISED).fit(data.samples(), data.targets()))
                .hasMessageContaining("use a larger lambda");
        assertThatThrownBy(() -> new Ridge(Double.NaN, Intercept.FREE)).hasMessageContaining("lambda");
        assertThatThrownBy(() -> new Ridge(-1, Intercept.FREE)).hasMessageContaining("lambda");
    }
}
