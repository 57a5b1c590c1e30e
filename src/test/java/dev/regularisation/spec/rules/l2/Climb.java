package dev.regularisation.spec.rules.l2;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.PostRegression;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL1;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How far above a quadratic loss's minimum a penalty takes the model, by strength.
 *
 * @param rises      of the loss at the model with L2
 * @param prices     ½ Σ h (λ/(h + λ))² w², what they should be
 * @param l1Rises    of a loss of the same eigenvalues whose eigenvectors are the axes, at its minimiser with L1
 * @param l1Prices   ½ Σ h min(λ/h, |w|)², what those should be
 * @param tolerances of each rise
 */
record Climb(double[] rises, double[] prices, double[] l1Rises, double[] l1Prices, double[] tolerances) {

    /** The linear model, trained; the losses of float32 predictions, in double, had errors of 5e-7 of the rise at most. */
    static Climb trained(QuadraticLoss loss, List<Double> strengths) {
        double[] lambdas = strengths.stream().mapToDouble(l -> l).toArray();
        double[] prices = each(lambdas, lambda -> price(loss, lambda));
        return new Climb(each(lambdas, lambda -> PostRegression.trained(lambda).last().fit().trainLoss() - loss.minimum()),
                prices,
                each(lambdas, lambda -> l1Rise(loss, lambda)), each(lambdas, lambda -> l1Price(loss, lambda)),
                each(prices, price -> 1e-5 * price));
    }

    /** A model that is said to minimise loss and penalty. */
    static Climb of(QuadraticLoss loss, double lambda, double[] solution) {
        double size = RandomQuadratic.norm(loss.minimiser());
        QuadraticWithL2 penalised = new QuadraticWithL2(loss, lambda);
        // 1.3 n ε h₁‖w‖² was the largest error that QuadraticWithL2's tests saw; the minimum, below 1, is rounded too.
        double tolerance = 16 * loss.dimensions() * RandomQuadratic.EPSILON * (penalised.curvature() * size * size + 1);
        return new Climb(new double[] {loss.value(solution) - loss.minimum()}, new double[] {price(loss, lambda)},
                new double[] {l1Rise(loss, lambda)}, new double[] {l1Price(loss, lambda)}, new double[] {tolerance});
    }

    private static double[] each(double[] values, DoubleUnaryOperator value) {
        return DoubleStream.of(values).map(value).toArray();
    }

    /** ½ Σ h (λ/(h + λ))² w², written out here. */
    static double price(QuadraticLoss loss, double lambda) {
        return sum(loss, (h, w) -> h * square(lambda / (h + lambda) * w) / 2);
    }

    private static double l1Price(QuadraticLoss loss, double lambda) {
        return sum(loss, (h, w) -> h == 0 ? 0 : h * square(Math.min(lambda / h, Math.abs(w))) / 2);
    }

    private static double l1Rise(QuadraticLoss loss, double lambda) {
        QuadraticLoss along = QuadraticLoss.diagonal(loss.eigenbasis().eigenvalues(),
                loss.eigenbasis().coordinates(loss.minimiser()));
        return along.value(new QuadraticWithL1(along, lambda).closedForm()) - along.minimum();
    }

    private static double square(double value) {
        return value * value;
    }

    private static double sum(QuadraticLoss loss, ByDirection term) {
        double[] h = loss.eigenbasis().eigenvalues();
        double[] w = loss.eigenbasis().coordinates(loss.minimiser());
        return IntStream.range(0, h.length).mapToDouble(i -> term.of(h[i], w[i])).sum();
    }

    private interface ByDirection {
        double of(double h, double w);
    }

    /** The least rise, with either penalty, of those whose prices are not lost in rounding. */
    double leastRise() {
        return Math.min(leastRise(rises, prices), leastRise(l1Rises, l1Prices));
    }

    private double leastRise(double[] of, double[] wanted) {
        return IntStream.range(0, of.length).filter(i -> !(wanted[i] <= tolerances[i])).mapToDouble(i -> of[i])
                .reduce(Double.POSITIVE_INFINITY, Math::min);
    }

    /** The largest difference, in tolerances. */
    double worst(double[] measured, double[] wanted) {
        return IntStream.range(0, measured.length).mapToDouble(i -> Math.abs(measured[i] - wanted[i]) / tolerances[i])
                .reduce(0, Math::max);
    }

    Climb times(double factor) {
        return new Climb(each(rises, rise -> factor * rise), prices, each(l1Rises, rise -> factor * rise), l1Prices, tolerances);
    }

    Climb withL1Prices(double[] other) {
        return new Climb(rises, prices, l1Rises, other, tolerances);
    }

    static double[] strengths() {
        return PostRegression.STRENGTHS.stream().mapToDouble(l -> l).toArray();
    }

    static List<String> header() {
        return List.of("λ", "trained with L2", "formula", "L1's minimiser", "formula", "least squares' loss");
    }

    /** Of the linear model, by strength. */
    List<List<String>> rows() {
        return IntStream.range(0, rises.length).mapToObj(i -> List.of(Double.toString(strengths()[i]),
                Document.format("%.7f", rises[i]), Document.format("%.7f", prices[i]), Document.format("%.7f", l1Rises[i]),
                Document.format("%.7f", l1Prices[i]), Document.format("%.7f", PostRegression.loss().minimum()))).toList();
    }

    Picture picture() {
        double[] grid = IntStream.rangeClosed(0, 80).mapToDouble(i -> StrictMath.pow(10, -2 + i / 20.0)).toArray();
        QuadraticLoss loss = PostRegression.loss();
        return new SeriesPicture("How far uphill L2 takes the linear model", "Post's data, 200 samples, seed 42",
                Axis.log("Strength λ"), Axis.log("Rise of the training loss"),
                List.of(Series.of("Trained", Palette.VERMILION, strengths(), rises)),
                List.of(Series.of("½ Σ h (λ/(h + λ))² w²", Palette.BLUE, grid, each(grid, lambda -> price(loss, lambda)))),
                List.of(), false).picture();
    }
}
