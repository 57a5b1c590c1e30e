package dev.regularisation.spec.rules.l1;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.L1;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.theory.ProximalGradient;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL1;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Minimisers of Σ ½hᵢ(θᵢ − wᵢ)² + λ Σ|θᵢ|, found in three ways.
 *
 * @param h        curvatures
 * @param w        minimisers without the penalty
 * @param lambda   strength
 * @param rate     learning rate of {@code trained}
 * @param proximal by proximal gradient descent
 * @param closed   in closed form
 * @param trained  by the training code's gradient descent with the subgradient, as the post trains
 */
record SoftThreshold(double[] h, double[] w, double lambda, double rate, double[] proximal, double[] closed, double[] trained) {

    /** Near a margin of zero proximal gradient descent approaches zero for ever. */
    private static final double MARGIN = 1e-6;

    static SoftThreshold of(double[] h, double[] w, double lambda, double rate, int steps) {
        QuadraticWithL1 objective = new QuadraticWithL1(QuadraticLoss.diagonal(h, w), lambda);
        return new SoftThreshold(h, w, lambda, rate,
                ProximalGradient.on(objective).minimise(objective, w, 1e-12, 100_000).theta(), objective.closedForm(),
                trained(h, w, lambda, rate, steps));
    }

    private static double[] trained(double[] h, double[] w, double lambda, double rate, int steps) {
        Backend backend = new CpuBackend();
        int n = w.length;
        Tensor theta = backend.tensor(n, 1, w);
        Tensor minimiser = backend.tensor(n, 1, w);
        Tensor curvature = backend.tensor(n, 1, h);
        Tensor gradient = backend.zeros(n, 1);
        Optimiser optimiser = new OptimiserPlan(OptimiserPlan.UpdateRule.SGD, rate, 0).create(backend, n);
        for (int step = 0; step < steps; step++) {
            backend.lossGradient(new MeanSquaredError(), 1, theta, minimiser, gradient);
            backend.multiply(gradient, curvature, gradient);
            new L1(lambda).addGradient(backend, theta, gradient);
            optimiser.step(theta, gradient);
        }
        return backend.read(theta);
    }

    SoftThreshold with(double[] otherProximal, double[] otherClosed, double[] otherTrained) {
        return new SoftThreshold(h, w, lambda, rate, otherProximal, otherClosed, otherTrained);
    }

    /** The same penalty asked for in another strength. */
    SoftThreshold withStrength(double other) {
        return new SoftThreshold(h, w, other, rate, proximal, closed, trained);
    }

    /** How far parameters are, at worst, from sign(w) max(|w| − λ/h, 0). */
    double distance(double... theta) {
        return IntStream.range(0, w.length).mapToDouble(i -> Math.abs(theta[i]
                - Math.signum(w[i]) * Math.max(Math.abs(w[i]) - lambda / h[i], 0))).reduce(0, Math::max);
    }

    /** The longest step from zero below the threshold, where the loss pulls with at most λ too: η(λ + h|w|) ≤ 2ηλ. */
    double stride() {
        return 2 * rate * lambda;
    }

    /** Parameters below the threshold that are not exactly zero, and those above that are. */
    long wrongZeros() {
        return IntStream.range(0, w.length).filter(i -> {
            double margin = Math.abs(w[i]) - lambda / h[i];
            return Math.abs(margin) > MARGIN && (proximal[i] == 0) != (margin < 0);
        }).count();
    }

    /** By how much the loss without the penalty rises above its least, at what proximal gradient descent found. */
    double price() {
        return IntStream.range(0, w.length).mapToDouble(i -> h[i] * (proximal[i] - w[i]) * (proximal[i] - w[i]) / 2).sum();
    }

    /** What that should be: λ²/(2h) for each parameter that survives and ½hw² for each that does not. */
    double priceByTheory() {
        return IntStream.range(0, w.length).mapToDouble(i -> Math.abs(w[i]) > lambda / h[i] ? lambda * lambda / (2 * h[i])
                : h[i] * w[i] * w[i] / 2).sum();
    }

    static long zeros(double... theta) {
        return Arrays.stream(theta).filter(t -> t == 0).count();
    }

    /** What L2 of the same strength leaves. */
    double[] ridge() {
        return IntStream.range(0, w.length).mapToDouble(i -> w[i] * h[i] / (h[i] + lambda)).toArray();
    }

    Picture picture() {
        return new SeriesPicture("What L1 leaves of a parameter",
                "curvature 2, strength 1; each point is a parameter where the method ended",
                Axis.linear("Best value without penalty, w"), Axis.linear("Value with penalty, θ"),
                List.of(Series.of("L1, proximal gradient descent", Palette.GREEN, w, proximal)),
                List.of(Series.of("L2 of the same strength", Palette.BLUE, w, ridge()).drawn(LineStyle.DASHED)),
                List.of(ReferenceLine.identity("No penalty"), ReferenceLine.vertical("Threshold λ/h", lambda / h[0])),
                        false).picture();
    }
}
