package dev.regularisation.spec.rules.l2;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Steps with the decay inside the gradient against steps with the decay outside, where the parameters are multiplied by
 * 1 − ηλ before. Differences are in tolerances.
 *
 * @param lambda         strength
 * @param seed           of the parameters and gradients of 20 steps
 * @param theta          a parameter
 * @param gradient       its gradient in one first step
 * @param sgd            the difference after 20 steps of SGD
 * @param adam           and of Adam
 * @param coupledFirst   how far Adam's first step with decay inside is from that without decay
 * @param decoupledFirst how far AdamW's first step is from that without decay and the share ηλ of the parameter
 */
record DecoupledSteps(double lambda, long seed, double theta, double gradient, double sgd, double adam, double coupledFirst,
        double decoupledFirst) {

    private static final int STEPS = 20;
    private static final double RATE = 0.01;
    /** Some six roundings a step of a number below 4. */
    private static final double ROUNDING = STEPS * 6 * 0x1p-24 * 4;
    /** ε = 1e-8 beside a gradient of 0.01 and ten roundings of 6e-8, of a step of 0.01; and one rounding of θ ≤ 2. */
    private static final double OF_FIRST = RATE * 2e-6 + 3 * 0x1p-24 * 2;

    static DecoupledSteps of(double lambda, long seed, double theta, double gradient) {
        return new DecoupledSteps(lambda, seed, theta, gradient, difference(UpdateRule.SGD, lambda, 1, seed),
                difference(UpdateRule.ADAM, lambda, 1, seed), coupled(UpdateRule.ADAM, lambda, theta, gradient),
                decoupled(UpdateRule.ADAMW, lambda, theta, gradient));
    }

    /** With another optimiser in SGD's place, and a multiple of the strength outside. */
    DecoupledSteps underSgd(UpdateRule rule, double outside) {
        return new DecoupledSteps(lambda, seed, theta, gradient, difference(rule, lambda, outside, seed), adam, coupledFirst,
                decoupledFirst);
    }

    /** With another optimiser in Adam's place. */
    DecoupledSteps underAdam(UpdateRule rule) {
        return new DecoupledSteps(lambda, seed, theta, gradient, sgd, difference(rule, lambda, 1, seed), coupledFirst,
                decoupledFirst);
    }

    /** With others in the places of Adam and AdamW in the first step. */
    DecoupledSteps first(UpdateRule inside, UpdateRule outside) {
        return new DecoupledSteps(lambda, seed, theta, gradient, sgd, adam, coupled(inside, lambda, theta, gradient),
                decoupled(outside, lambda, theta, gradient));
    }

    private static double difference(UpdateRule rule, double lambda, double outside, long seed) {
        double[] coupled = steps(new OptimiserPlan(rule, RATE, lambda), 1, seed);
        double[] decoupled = steps(new OptimiserPlan(rule, RATE, 0), 1 - RATE * outside * lambda, seed);
        return IntStream.range(0, coupled.length).mapToDouble(i -> Math.abs(decoupled[i] - coupled[i])).reduce(0, Math::max)
                / ROUNDING;
    }

    private static double[] steps(OptimiserPlan plan, double shrink, long seed) {
        Backend backend = new CpuBackend();
        double[] start = new Random(seed).doubles(12, 0.5, 2).toArray();
        Tensor theta = backend.tensor(start.length, 1, start);
        Tensor gradient = backend.zeros(start.length, 1);
        Optimiser optimiser = plan.create(backend, start.length);
        Random random = new Random(~seed);
        double[] drawn = new double[start.length];
        for (int step = 0; step < STEPS; step++) {
            Arrays.setAll(drawn, i -> 0.5 + random.nextDouble());
            backend.write(drawn, gradient);
            backend.scale(shrink, theta);
            optimiser.step(theta, gradient);
        }
        return backend.read(theta);
    }

    private static double coupled(UpdateRule rule, double lambda, double theta, double gradient) {
        return Math.abs(first(rule, lambda, theta, gradient) - first(UpdateRule.ADAM, 0, theta, gradient)) / OF_FIRST;
    }

    private static double decoupled(UpdateRule rule, double lambda, double theta, double gradient) {
        double wanted = first(UpdateRule.ADAM, 0, theta, gradient) - RATE * lambda * theta;
        return Math.abs(first(rule, lambda, theta, gradient) - wanted) / OF_FIRST;
    }

    private static double first(UpdateRule rule, double lambda, double start, double gradient) {
        Backend backend = new CpuBackend();
        Tensor theta = backend.tensor(1, 1, new double[] {start});
        new OptimiserPlan(rule, RATE, lambda).create(backend, 1).step(theta, backend.tensor(1, 1, new double[] {gradient}));
        return backend.read(theta)[0];
    }
}
