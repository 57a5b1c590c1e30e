package dev.regularisation.spec.rules.l2;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.penalty.L2;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.FreeParameters;
import dev.regularisation.theory.Decay;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A parameter without data gradient under L2, by optimiser, and one that data pull to another place, in single precision.
 *
 * @param decay     rate and strength
 * @param sgd       the parameter after each step of gradient descent with weight decay
 * @param byHand    likewise with the penalty added to the gradient
 * @param adamW     likewise with decoupled decay
 * @param adam      likewise under Adam
 * @param curvature h of data whose loss is h/2 (θ + 1)²
 * @param pulled    the parameter under gradient descent on that loss with weight decay
 */
record DecayPaths(Decay decay, double[] sgd, double[] byHand, double[] adamW, double[] adam, double curvature, double[] pulled) {

    /** Rounded in single precision: η, λ, their products with θ, and the difference, which is at least half of θ. */
    private static final double ROUNDING = 4 * 0x1p-24;

    static DecayPaths of(Decay decay, double start, int steps, double curvature) {
        return new DecayPaths(decay, FreeParameters.path(plan(UpdateRule.SGD, decay, decay.lambda()), start, steps),
                FreeParameters.path(plan(UpdateRule.SGD, decay, 0), -start, steps, new L2(decay.lambda())),
                FreeParameters.path(plan(UpdateRule.ADAMW, decay, decay.lambda()), start, steps),
                FreeParameters.path(plan(UpdateRule.ADAM, decay, decay.lambda()), ofAdam(decay, start), steps), curvature,
                pulled(decay, start, Math.min(steps, 60), curvature));
    }

    /** Half the start where λθ is about 1, so that Adam's first step would happen to be in proportion. */
    private static double ofAdam(Decay decay, double start) {
        return Math.abs(decay.lambda() * start - 1) > 0.1 ? start : start / 2;
    }

    static OptimiserPlan plan(UpdateRule rule, Decay decay, double lambda) {
        return new OptimiserPlan(rule, decay.learningRate(), lambda);
    }

    private static double[] pulled(Decay decay, double start, int steps, double curvature) {
        Backend backend = new CpuBackend();
        Tensor theta = backend.tensor(1, 1, new double[] {start});
        Tensor gradient = backend.zeros(1, 1);
        Optimiser optimiser = plan(UpdateRule.SGD, decay, decay.lambda()).create(backend, 1);
        double[] path = new double[steps + 1];
        path[0] = backend.read(theta)[0];
        for (int t = 1; t <= steps; t++) {
            backend.write(new double[] {curvature * (path[t - 1] + 1)}, gradient);
            optimiser.step(theta, gradient);
            path[t] = backend.read(theta)[0];
        }
        return path;
    }

    DecayPaths with(double[] one, double[] two, double[] three, double[] four) {
        return new DecayPaths(decay, one, two, three, four, curvature, pulled);
    }

    /** The same with data that pull at another share of the speed. */
    DecayPaths pulledAt(double share) {
        return new DecayPaths(decay, sgd, byHand, adamW, adam, curvature, pulled(new Decay(share * decay.learningRate(),
                decay.lambda()), pulled[0], 50, curvature));
    }

    /** The largest error, in tolerances: of the share lost in a step, and of what is left after any number of them. */
    double error(double[] path) {
        return IntStream.range(0, path.length - 1).mapToDouble(t -> {
            double share = (path[t] - path[t + 1]) / path[t];
            double left = decay.l2(path[0], t + 1);
            return Math.max(Math.abs(share - decay.step()) / ROUNDING,
                    Math.abs(path[t + 1] / left - 1) / (2 * (t + 1) * ROUNDING));
        }).reduce(0, Math::max);
    }

    /** ε = 1e-8 beside the gradient λθ, some ten roundings of 6e-8 of the step, and one of θ. */
    double errorOfAdamsFirstStep() {
        double rate = decay.learningRate();
        double tolerance = (1e-8 / (decay.lambda() * adam[0]) + 1e-6) * rate + 0x1p-23 * (adam[0] + rate);
        return Math.abs(adam[0] - adam[1] - decay.learningRate()) / tolerance;
    }

    /** A step takes the share η(h + λ) of the way to −h/(h + λ); rounded are the parameter, twice, and the gradient. */
    double errorOfPull() {
        double stable = -curvature / (curvature + decay.lambda());
        double share = decay.learningRate() * (curvature + decay.lambda());
        return IntStream.range(0, pulled.length - 1).mapToDouble(t -> {
            double left = (1 - share) * (pulled[t] - stable);
            return Math.abs(pulled[t + 1] - stable - left) / (6 * 0x1p-24 * (Math.abs(pulled[t]) + Math.abs(pulled[t + 1]) + 1));
        }).reduce(0, Math::max);
    }

    double[] formula() {
        return IntStream.range(0, sgd.length).mapToDouble(t -> decay.l2(sgd[0], t)).toArray();
    }

    double[] steps() {
        return IntStream.range(0, sgd.length).asDoubleStream().toArray();
    }

    /** The parameter by formula and optimiser, after so many steps. */
    List<List<String>> rows(int... steps) {
        double[] formula = formula();
        return Arrays.stream(steps).mapToObj(t -> List.of(Integer.toString(t), Document.format("%.6f", formula[t]),
                Document.format("%.6f", sgd[t]), Document.format("%.6f", adamW[t]), Document.format("%.6f", adam[t]))).toList();
    }
}
