package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastSquaresTest {

    /** With Gaussian designs and at least 3 samples to spare, 7e-14 was the largest error seen in 10,000 tries. */
    private static final Offset<Double> ROUNDING = Offset.offset(1e-11);

    @Provide
    Arbitrary<RandomRegression> regressions() {
        return RandomRegression.any();
    }

    @Property(tries = 300)
    @Label("the residuals are orthogonal to every column of the design, the constant included")
    void residualsAreOrthogonal(@ForAll("regressions") RandomRegression data) {
        LinearModel model = LeastSquares.fit(data.samples(), data.targets()).model();

        double[] residuals = Residuals.of(model, data.samples(), data.targets());

        assertThat(Arrays.stream(residuals).sum()).isCloseTo(0, ROUNDING);
        for (int j = 0; j < model.weights().length; j++) {
            double product = 0;
            for (int i = 0; i < residuals.length; i++) {
                product += residuals[i] * data.samples()[i][j];
            }
            assertThat(product).isCloseTo(0, ROUNDING);
        }
    }

    @Property(tries = 300)
    @Label("coefficients, residual variance, standard errors and leverages are those of Commons Math's regression")
    void agreesWithCommonsMath(@ForAll("regressions") RandomRegression data) {
        Assume.that(data.samples()[0].length > 0);
        OLSMultipleLinearRegression oracle = new OLSMultipleLinearRegression();
        oracle.newSampleData(data.targets(), data.samples());

        LeastSquares fit = LeastSquares.fit(data.samples(), data.targets());

        int d = fit.features();
        double[] beta = oracle.estimateRegressionParameters();
        double[] errors = oracle.estimateRegressionParametersStandardErrors();
        for (int j = 0; j <= d; j++) {
            // Commons Math puts the intercept first.
            int theirs = j == d ? 0 : j + 1;
            assertThat(fit.model().coefficients()[j]).isCloseTo(beta[theirs], ROUNDING);
            assertThat(Math.sqrt(fit.covariance().getEntry(j, j))).isCloseTo(errors[theirs], ROUNDING);
        }
        assertThat(fit.residualVariance()).isCloseTo(oracle.estimateErrorVariance(), ROUNDING);
        double[] leverages = fit.leverages();
        for (int i = 0; i < leverages.length; i++) {
            assertThat(leverages[i]).isCloseTo(oracle.calculateHat().getEntry(i, i), ROUNDING);
        }
        assertThat(Arrays.stream(leverages).sum()).isCloseTo(d + 1, ROUNDING);
    }

    @Property(tries = 300)
    @Label("its loss as a quadratic is the mean squared error of every model")
    void lossIsTheMeanSquaredError(@ForAll("regressions") RandomRegression data) {
        LeastSquares fit = LeastSquares.fit(data.samples(), data.targets());
        QuadraticLoss loss = fit.loss();

        double atTruth = loss.value(data.truth().coefficients());

        assertThat(atTruth).isCloseTo(Residuals.meanSquare(data.truth(), data.samples(), data.targets()), ROUNDING);
        assertThat(loss.minimum()).isEqualTo(fit.meanSquaredError());
        assertThat(fit.meanSquaredError())
                .isCloseTo(Residuals.meanSquare(fit.model(), data.samples(), data.targets()), ROUNDING);
        assertThat(loss.minimum()).isLessThanOrEqualTo(atTruth);
    }

    @Test
    @DisplayName("without noise it finds the true model, also from as many samples as coefficients")
    void recoversTheTruth() {
        for (int n : new int[] {5, 50}) {
            RandomRegression data = RandomRegression.of(n, 4, 0, new Random(7));

            double[] found = LeastSquares.fit(data.samples(), data.targets()).model().coefficients();

            assertThat(RandomQuadratic.distance(found, data.truth().coefficients())).isLessThan(1e-12);
        }
    }

    @Test
    @DisplayName("over 40,000 Gaussian data sets: unbiased, with the stated validation loss and t distribution")
    void statisticsOverManyDataSets() {
        int n = 12;
        int d = 3;
        double noise = 0.5;
        Random random = new Random(42);
        SummaryStatistics excess = new SummaryStatistics();
        SummaryStatistics error = new SummaryStatistics();
        int rejections = 0;
        int dataSets = 40_000;
        // The 97.5% point of Student's t with n − d − 1 = 8 degrees of freedom.
        double critical = 2.306004;
        for (int k = 0; k < dataSets; k++) {
            RandomRegression data = RandomRegression.of(n, d, noise, random);
            LeastSquares fit = LeastSquares.fit(data.samples(), data.targets());
            double[] found = fit.model().coefficients();
            double[] truth = data.truth().coefficients();
            error.addValue(found[0] - truth[0]);
            excess.addValue(Math.pow(RandomQuadratic.distance(found, truth), 2));
            rejections += Math.abs(fit.tStatistics(truth)[0]) > critical ? 1 : 0;
        }

        // Each check is at 5 standard errors: a false alarm in 2 million, had the seed not been fixed.
        double expected = LeastSquares.expectedValidationLoss(noise * noise, n, d) - noise * noise;
        assertThat(excess.getMean()).isCloseTo(expected, fiveStandardErrors(excess));
        assertThat(error.getMean()).isCloseTo(0, fiveStandardErrors(error));
        assertThat(rejections / (double) dataSets)
                .isCloseTo(0.05, Offset.offset(5 * Math.sqrt(0.05 * 0.95 / dataSets)));
        // The formula that counts the constant as a Gaussian feature is rejected by the same data.
        double folklore = noise * noise * (d + 1.0) / (n - d - 2);
        assertThat(Math.abs(excess.getMean() - folklore)).isGreaterThan(fiveStandardErrors(excess).value);
    }

    private static Offset<Double> fiveStandardErrors(SummaryStatistics statistics) {
        return Offset.offset(5 * statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN()));
    }

    @Test
    @DisplayName("the post's setting: 0.0538 to be expected, both ways of writing it round to that")
    void expectedLossInThePost() {
        double expected = LeastSquares.expectedValidationLoss(0.04, 200, 50);

        assertThat(expected).isCloseTo(0.04 * 201 * 198 / (200.0 * 148), Offset.offset(1e-16));
        assertThat(expected).isCloseTo(0.0537811, Offset.offset(5e-8));
        assertThat(0.04 * (1 + 51 / 148.0) - expected).isCloseTo(2 * 0.04 / (200 * 148), Offset.offset(1e-16));
        // One constant feature: the mean of n values predicts with σ²(1 + 1/n).
        assertThat(LeastSquares.expectedValidationLoss(1, 10, 0)).isCloseTo(1.1, Offset.offset(1e-15));
        assertThatThrownBy(() -> LeastSquares.expectedValidationLoss(1, 52, 50))
                .hasMessageContaining("more than d + 2 = 52");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 1e9})
    @DisplayName("dependence is judged relative to the features' scale: rounding does not make a column independent")
    void dependenceAtEveryScale(double scale) {
        double[][] samples = RandomRegression.of(20, 3, 0, new Random(7)).samples();
        for (double[] sample : samples) {
            sample[0] *= scale;
            sample[1] *= scale;
            sample[2] = sample[0] / 3 + sample[1] / 7;
        }

        assertThatThrownBy(() -> LeastSquares.fit(samples, new double[20])).hasMessageContaining("independent");
        samples[0][2] += scale;
        assertThat(LeastSquares.fit(samples, new double[20]).meanSquaredError()).isZero();
    }

    @Test
    @DisplayName("dependent columns, too few samples, other shapes and NaN are refused with the remedy")
    void refusesMisuse() {
        double[][] dependent = {{1, 2}, {2, 4}, {3, 6}, {4, 8}};
        double[][] constant = {{1}, {1}, {1}};

        assertThatThrownBy(() -> LeastSquares.fit(dependent, new double[4]))
                .hasMessageContaining("independent")
                .hasMessageContaining("Ridge");
        assertThatThrownBy(() -> LeastSquares.fit(constant, new double[3])).hasMessageContaining("a constant included");
        assertThatThrownBy(() -> LeastSquares.fit(new double[2][2], new double[2]))
                .hasMessageContaining("at least 3 samples");
        assertThatThrownBy(() -> LeastSquares.fit(dependent, new double[3]))
                .hasMessage("targets: wanted a length of 4, got 3");
        assertThatThrownBy(() -> LeastSquares.fit(new double[][] {{1}, {Double.NaN}}, new double[2]))
                .hasMessageContaining("row 1");
        LinearModel model = new LinearModel(new double[] {1}, 0);
        assertThatThrownBy(() -> Residuals.meanSquare(model, new double[0][], new double[0]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("wanted at least 1, got none");
        LeastSquares interpolation = LeastSquares.fit(new double[][] {{1}, {2}}, new double[] {3, 5});
        assertThat(interpolation.degreesOfFreedom()).isZero();
        assertThatThrownBy(interpolation::residualVariance).hasMessageContaining("interpolates");
    }
}
