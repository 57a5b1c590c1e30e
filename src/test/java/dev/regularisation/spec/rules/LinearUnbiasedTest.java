package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.theory.Ridge;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LinearUnbiasedTest {

    /** The chance that the check rejects an unbiased estimator, over all 51 coordinates together. */
    private static final double LEVEL = 1e-3;

    @Test
    @Shows(OldRule.LINEAR_UNBIASED)
    @DisplayName("linear.unbiased: over 400 data sets, no coefficient of least squares is off on average")
    void leastSquares() {
        double[][] errors = RepeatedData.errors(LinearUnbiasedTest::leastSquares);
        double[][] shrunk = RepeatedData.errors(ridge(0.085));
        page(errors, shrunk).publish();

        requireUnbiased(errors);
    }

    /** So the errors of symmetric noise have mean zero exactly, whatever their distribution and the inputs. */
    @Property(tries = 60, seed = "1")
    @Shows(OldRule.LINEAR_UNBIASED)
    @Label("linear.unbiased: noise and its opposite make opposite errors")
    void oppositeNoise(@ForAll @IntRange(min = 1, max = 12) int features, @ForAll long seed) {
        Random random = new Random(seed);
        LinearModel truth = new LinearModel(normals(features, random), random.nextGaussian());
        double[][] x = IntStream.range(0, 4 * features + 8).mapToObj(s -> normals(features, random))
                .toArray(double[][]::new);
        double[] noise = normals(x.length, random);

        requireOpposite(error(truth, x, noise, 1), error(truth, x, noise, -1));
    }

    @Test
    @Teeth(OldRule.LINEAR_UNBIASED)
    @DisplayName("linear.unbiased: rejects ridge regression, which shrinks towards zero, and an error that does not "
            + "change sign")
    void teeth() {
        double[][] weightDecayOfThePost = RepeatedData.errors(ridge(0.085));

        assertThatThrownBy(() -> requireUnbiased(weightDecayOfThePost)).hasMessageContaining("is off by");
        assertThatThrownBy(() -> requireOpposite(new double[] {0.3, -0.1}, new double[] {-0.3, -0.1}))
                .hasMessageContaining("coefficient 1");
    }

    static void requireUnbiased(double[][] errors) {
        double critical = critical(errors.length, errors[0].length);
        for (int j = 0; j < errors[0].length; j++) {
            double t = tStatistic(coordinate(errors, j));
            Check.that(Math.abs(t) <= critical,
                    "coefficient %d is off by %.4f on average over %d data sets: t = %.1f, beyond %.2f",
                    j, StatUtils.mean(coordinate(errors, j)), errors.length, t, critical);
        }
    }

    /** Errors here are of order 1 and rounding errors of a well-posed QR below 1e-13; the rest is head room. */
    static void requireOpposite(double[] error, double[] opposite) {
        for (int j = 0; j < error.length; j++) {
            Check.that(Math.abs(error[j] + opposite[j]) <= 1e-10, "coefficient %d: errors %s and %s do not cancel",
                    j, error[j], opposite[j]);
        }
    }

    /** Two-sided, of Student's t, with Bonferroni's share of {@link #LEVEL} for each of {@code tests}. */
    private static double critical(int sets, int tests) {
        return new TDistribution(null, sets - 1).inverseCumulativeProbability(1 - LEVEL / tests / 2);
    }

    private static double tStatistic(double[] errors) {
        return StatUtils.mean(errors) / Math.sqrt(StatUtils.variance(errors) / errors.length);
    }

    private static double[] coordinate(double[][] errors, int j) {
        return Arrays.stream(errors).mapToDouble(row -> row[j]).toArray();
    }

    private static LinearModel leastSquares(double[][] x, double[] y) {
        return LeastSquares.fit(x, y).model();
    }

    private static BiFunction<double[][], double[], LinearModel> ridge(double lambda) {
        return (x, y) -> new Ridge(lambda, Ridge.Intercept.PENALISED).fit(x, y);
    }

    private static double[] error(LinearModel truth, double[][] x, double[] noise, int sign) {
        double[] y = IntStream.range(0, x.length).mapToDouble(s -> truth.predict(x[s]) + sign * noise[s]).toArray();
        double[] error = leastSquares(x, y).coefficients();
        double[] expected = truth.coefficients();
        return IntStream.range(0, error.length).mapToDouble(j -> error[j] - expected[j]).toArray();
    }

    private static double[] normals(int n, Random random) {
        return DoubleStream.generate(random::nextGaussian).limit(n).toArray();
    }

    private static Page page(double[][] errors, double[][] shrunk) {
        int coefficients = errors[0].length;
        double critical = critical(errors.length, coefficients);
        double[] t = IntStream.range(0, coefficients).mapToDouble(j -> Math.abs(tStatistic(coordinate(errors, j))))
                .toArray();
        double[] ridgeT = IntStream.range(0, coefficients)
                .mapToDouble(j -> Math.abs(tStatistic(coordinate(shrunk, j)))).toArray();
        double worst = IntStream.range(0, coefficients)
                .mapToDouble(j -> Math.abs(StatUtils.mean(coordinate(errors, j)))).max().orElseThrow();
        double deviation = Math.sqrt(StatUtils.mean(IntStream.range(0, coefficients)
                .mapToDouble(j -> StatUtils.variance(coordinate(errors, j))).toArray()));
        double[] truth = RepeatedData.truth().coefficients();
        StringBuilder csv = new StringBuilder("coefficient,true,mean error of least squares,t,mean error of ridge,t\n");
        for (int j = 0; j < coefficients; j++) {
            csv.append(Check.text("%d,%s,%s,%s,%s,%s%n", j, truth[j], StatUtils.mean(coordinate(errors, j)),
                    tStatistic(coordinate(errors, j)), StatUtils.mean(coordinate(shrunk, j)),
                            tStatistic(coordinate(shrunk, j))));
        }
        return Page.of(OldRule.LINEAR_UNBIASED)
                .formula("<mi>E</mi><mo>[</mo><mover><mi mathvariant=\"bold\">w</mi><mo>^</mo></mover><mo>]</mo>"
                        + "<mo>=</mo><mi mathvariant=\"bold\">w</mi><mo>,</mo><mspace width=\"1em\"/><msub><mi>t</mi>"
                        + "<mi>j</mi></msub><mo>=</mo><mfrac><msub><mover><mi>e</mi><mo>¯</mo></mover><mi>j</mi></msub>"
                        + "<mrow><msub><mi>s</mi><mi>j</mi></msub><mo>/</mo><msqrt><mn>400</mn></msqrt></mrow></mfrac>")
                .setup("One true model, that of seed 42, and 400 training sets of 200 samples drawn from it. Each is "
                        + "fitted by least squares, which the trained linear model equals "
                        + "(linear.finds-least-squares). For each of 50 weights and the intercept, the mean error is "
                        + "tested against zero. Ridge regression with the post's weight decay, 0.085, stands beside it "
                        + "as an estimator that is biased.")
                .table("Mean errors over 400 data sets",
                        List.of("estimator", "largest |t| of 51", "largest |t| allowed", "coefficients beyond"),
                        List.of(List.of("least squares", Check.text("%.2f", max(t)), Check.text("%.2f", critical),
                                        String.valueOf(Arrays.stream(t).filter(v -> v > critical).count())),
                                List.of("ridge, λ = 0.085", Check.text("%.2f", max(ridgeT)),
                                        Check.text("%.2f", critical),
                                        String.valueOf(Arrays.stream(ridgeT).filter(v -> v > critical).count()))))
                .picture(picture(truth, errors, shrunk))
                .series("mean errors", csv.toString())
                .figure(Check.text("largest |t| of 51 is %.2f, allowed %.2f", max(t), critical))
                .sure(Check.text("An unbiased estimator is rejected with probability at most 0.1 %% (Bonferroni, 51 "
                        + "two-sided t tests at 0.1 %% / 51); seeds are fixed, so it fails always or never. A single "
                        + "estimate errs by %.4f, the mean of 400 by %.4f: a bias of %.4f (%.1f standard errors) in "
                        + "any coefficient would be seen half the time. The largest mean error is %.4f. Beyond "
                        + "sampling: noise of opposite sign gives exactly opposite errors, so symmetric noise has mean "
                        + "error zero by symmetry; tried on 60 random problems.",
                        deviation, deviation / 20, critical * deviation / 20, critical, worst))
                .reproduce("mvn verify -Dtest=LinearUnbiasedTest");
    }

    private static double max(double[] values) {
        return StatUtils.max(values);
    }

    private static Picture picture(double[] truth, double[][] errors, double[][] shrunk) {
        double[] ours = IntStream.range(0, truth.length).mapToDouble(j -> StatUtils.mean(coordinate(errors, j)))
                .toArray();
        double[] ridge = IntStream.range(0, truth.length).mapToDouble(j -> StatUtils.mean(coordinate(shrunk, j)))
                .toArray();
        return new SeriesPicture("Least squares errs at random, ridge regression towards zero",
                "Mean error of each of 51 coefficients over 400 training sets of 200 samples",
                Axis.linear("True coefficient"), Axis.linear("Mean error of its estimate"),
                List.of(Series.of("Ridge, λ = 0.085", Palette.SKY_BLUE, truth, ridge),
                        Series.of("Least squares", Palette.BLACK, truth, ours)),
                List.of(), List.of(ReferenceLine.horizontal("No bias", 0)), false).picture();
    }
}
