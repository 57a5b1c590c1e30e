package dev.regularisation.optim;

import static dev.regularisation.optim.OptimiserPlan.UpdateRule.ADAM;
import static dev.regularisation.optim.OptimiserPlan.UpdateRule.ADAMW;
import static dev.regularisation.optim.OptimiserPlan.UpdateRule.SGD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.penalty.L2;
import dev.regularisation.setting.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

/** Update rules against their papers' formulas, written out once more in float64, one parameter at a time. */
class OptimiserTest {

    private static final int PARAMETERS = 20;
    private static final int STEPS = 30;
    /**
     * Of 1 + |θ|, after 30 steps: each rounds θ and its update, by 6e-8 of 1 + |θ| at worst, and usually to either side.
     * Largest in 20,000 runs: 1.3e-6, where momentum adds up the gradients of ten steps.
     */
    private static final double TOLERANCE = 4e-6;
    /** The same in float64. Largest in 20,000 runs: 2.1e-15. */
    private static final double TOLERANCE64 = 1e-13;

    private final Backend backend = new CpuBackend();
    private final Backend precise = new dev.regularisation.backend.cpu.float64.CpuBackend();

    @Property(tries = 300, seed = "1")
    @Label("optim.textbook: gradient descent, momentum, Nesterov's, Adam and AdamW follow their papers, in both precisions")
    void followsTheTextbook(
            @ForAll UpdateRule rule, @ForAll @DoubleRange(min = 1e-3, max = 0.1) @Scale(4) double rate,
            @ForAll @DoubleRange(min = 0, max = 1) double anyDecay, @ForAll("momenta") double momentum,
            @ForAll boolean nesterov, @ForAll("betas") List<Double> betas, @ForAll long seed) {
        // With a small β₂, √v is hardly more than |g|, and m / √v amplifies what is rounded where a gradient is small, by
        // nature or because decay cancels it: compared in float64 only, and without what cancels.
        boolean amplifies = rule != SGD && betas.get(1) < 0.9;
        double decay = rule == ADAM && amplifies ? 0 : anyDecay;
        Settings rates = Settings.STANDARD
                .with(OptimiserPlan.LEARNING_RATE, rate).with(OptimiserPlan.WEIGHT_DECAY, decay);
        OptimiserPlan plan = new OptimiserPlan(rule, switch (rule) {
            case SGD -> rates.with(Sgd.MOMENTUM, momentum).with(Sgd.NESTEROV, nesterov && momentum > 0);
            case ADAM, ADAMW -> rates.with(AdamMoments.BETAS, betas);
        });
        Problem problem = new Problem(seed);
        double[] expected = new double[PARAMETERS];
        Arrays.setAll(expected, i -> switch (rule) {
            case SGD -> gradientDescent(problem, i, rate, decay, momentum, nesterov);
            case ADAM -> adam(problem, i, rate, decay, 0, betas);
            case ADAMW -> adam(problem, i, rate, 0, decay, betas);
        });

        assertThat(distance(run(precise, plan, problem, 0), expected)).isLessThanOrEqualTo(TOLERANCE64);
        if (!amplifies) {
            assertThat(distance(run(backend, plan, problem, 0), expected)).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    @Provide
    Arbitrary<Double> momenta() {
        return Arbitraries.oneOf(Arbitraries.of(0.0, 0.9), Arbitraries.doubles().between(0, 0.95));
    }

    @Provide
    Arbitrary<List<Double>> betas() {
        return Arbitraries.oneOf(Arbitraries.of(0.0, 0.1, 0.9, 0.999), Arbitraries.doubles().between(0, 0.999).ofScale(3))
                .list().ofSize(2);
    }

    private static double gradientDescent(
            Problem problem, int i, double rate, double decay, double momentum, boolean nesterov) {
        double theta = problem.start[i];
        double b = 0;
        for (int t = 1; t <= STEPS; t++) {
            double g = problem.gradients[t - 1][i] + decay * theta;
            b = t == 1 ? g : momentum * b + g;
            theta -= rate * (nesterov ? g + momentum * b : b);
        }
        return theta;
    }

    private static double adam(
            Problem problem, int i, double rate, double coupled, double decoupled, List<Double> betas) {
        double beta1 = betas.get(0);
        double beta2 = betas.get(1);
        double theta = problem.start[i];
        double m = 0;
        double v = 0;
        for (int t = 1; t <= STEPS; t++) {
            double g = problem.gradients[t - 1][i] + coupled * theta;
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            double mHat = m / (1 - StrictMath.pow(beta1, t));
            double vHat = v / (1 - StrictMath.pow(beta2, t));
            theta = theta - rate * decoupled * theta - rate * mHat / (Math.sqrt(vHat) + 1e-8);
        }
        return theta;
    }

    @Example
    @Label("optim.textbook: momentum, Nesterov's and each β make another path, by far more than the tolerances")
    void everySettingMatters() {
        Settings momentum = Settings.STANDARD.with(Sgd.MOMENTUM, 0.9);
        List<OptimiserPlan> plans = List.of(
                new OptimiserPlan(SGD, Settings.STANDARD), new OptimiserPlan(SGD, momentum),
                new OptimiserPlan(SGD, momentum.with(Sgd.NESTEROV, true)), new OptimiserPlan(ADAM, Settings.STANDARD),
                new OptimiserPlan(ADAM, Settings.STANDARD.with(AdamMoments.BETAS, List.of(0.8, 0.999))),
                new OptimiserPlan(ADAM, Settings.STANDARD.with(AdamMoments.BETAS, List.of(0.9, 0.99))));

        for (OptimiserPlan one : plans) {
            for (OptimiserPlan other : plans) {
                if (!one.equals(other)) {
                    assertThat(distance(run(precise, one, new Problem(1), 0), run(precise, other, new Problem(1), 0)))
                            .as("%s and %s", one, other).isGreaterThan(1e-4);
                }
            }
        }
    }

    @Property(tries = 200)
    @Label("l2.equals-weight-decay: coupled decay and the L2 penalty by hand give the same bits, under SGD and under Adam")
    void coupledDecayIsL2(
            @ForAll boolean adam, @ForAll @DoubleRange(min = 0, max = 1) @Scale(4) double lambda, @ForAll long seed) {
        UpdateRule rule = adam ? ADAM : SGD;

        double[] decayed = run(backend, new OptimiserPlan(rule, 0.01, lambda), new Problem(seed), 0);
        double[] penalised = run(backend, new OptimiserPlan(rule, 0.01, 0), new Problem(seed), lambda);

        assertThat(decayed).isEqualTo(penalised);
    }

    @Property(tries = 200, seed = "3")
    @Label("l2.adamw-differs: decoupled decay is another rule than the penalty under Adam")
    void decoupledDecayDiffersUnderAdam(@ForAll @DoubleRange(min = 0.05, max = 1) double lambda, @ForAll long seed) {
        double[] coupled = run(backend, new OptimiserPlan(ADAM, 0.01, lambda), new Problem(seed), 0);
        double[] decoupled = run(backend, new OptimiserPlan(ADAMW, 0.01, lambda), new Problem(seed), 0);

        // The least distance in these tries is 0.05, fifty thousand times the tolerance for equality.
        assertThat(distance(coupled, decoupled)).isGreaterThan(0.01);
        assertThat(run(backend, new OptimiserPlan(ADAMW, 0.01, 0), new Problem(seed), 0))
                .as("without decay they are one rule")
                .isEqualTo(run(backend, new OptimiserPlan(ADAM, 0.01, 0), new Problem(seed), 0));
    }

    @Property(tries = 200, seed = "2")
    @Label("l2.adamw-differs: under gradient descent decoupled decay is the penalty")
    void decoupledDecayAgreesUnderGradientDescent(
            @ForAll @DoubleRange(min = 0, max = 1) double lambda, @ForAll long seed) {
        Problem problem = new Problem(seed);
        double rate = 0.05;

        double[] coupled = run(backend, new OptimiserPlan(SGD, rate, lambda), problem, 0);

        double[] decoupled = problem.start.clone();
        for (double[] gradient : problem.gradients) {
            Arrays.setAll(decoupled, i -> decoupled[i] * (1 - rate * lambda) - rate * gradient[i]);
        }
        assertThat(distance(coupled, decoupled)).isLessThanOrEqualTo(TOLERANCE);
    }

    @Property(tries = 100)
    @Label("optim.state-is-its-own: two optimisers of one plan do not share moments")
    void stateIsItsOwn(@ForAll UpdateRule rule, @ForAll long seed) {
        OptimiserPlan plan = new OptimiserPlan(rule, 0.01, 0.1);

        double[] once = run(backend, plan, new Problem(seed), 0);

        assertThat(run(backend, plan, new Problem(seed), 0)).isEqualTo(once);
    }

    /** θ after all steps. */
    private static double[] run(Backend backend, OptimiserPlan plan, Problem problem, double l2) {
        Optimiser optimiser = plan.create(backend, PARAMETERS);
        Tensor parameters = backend.tensor(PARAMETERS, 1, problem.start);
        for (double[] values : problem.gradients) {
            Tensor gradient = backend.tensor(PARAMETERS, 1, values);
            if (l2 != 0) {
                new L2(l2).addGradient(backend, parameters, gradient);
            }
            optimiser.step(parameters, gradient);
        }
        return backend.read(parameters);
    }

    private static double distance(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]) / (1 + Math.abs(b[i])));
        }
        return most;
    }

    /** Where to start and which gradients to follow: float32 numbers. */
    private static final class Problem {

        private static final double[] SCALES = {0.1, 1, 3};

        private final double[] start;
        private final double[][] gradients = new double[STEPS][];

        Problem(long seed) {
            Random random = new Random(seed);
            start = normals(random);
            Arrays.setAll(gradients, t -> normals(random));
            for (double[] gradient : gradients) {
                // Parameters whose gradients differ in size are what tells the two ways to decay under Adam apart.
                Arrays.setAll(gradient, i -> (float) (gradient[i] * SCALES[i % SCALES.length]));
            }
        }

        private static double[] normals(Random random) {
            double[] values = new double[PARAMETERS];
            Arrays.setAll(values, i -> (float) random.nextGaussian());
            return values;
        }
    }
}
