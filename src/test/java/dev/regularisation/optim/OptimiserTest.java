package dev.regularisation.optim;

import static dev.regularisation.optim.OptimiserPlan.Rule.ADAM;
import static dev.regularisation.optim.OptimiserPlan.Rule.ADAMW;
import static dev.regularisation.optim.OptimiserPlan.Rule.SGD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.OptimiserPlan.Rule;
import dev.regularisation.penalty.L2;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

/** Update rules against their papers' formulas, written out once more in float64, one parameter at a time. */
class OptimiserTest {

    private static final int PARAMETERS = 20;
    private static final int STEPS = 30;
    /**
     * Of 1 + |θ|, after 30 steps: each rounds θ and its update, by 6e-8 of 1 + |θ| at worst, and usually to either side.
     * Largest in 3,000 runs: 9.2e-7.
     */
    private static final double TOLERANCE = 2e-6;

    private final CpuBackend backend = new CpuBackend();

    @Property(tries = 300, seed = "1")
    @Label("optim.textbook: gradient descent, Adam and AdamW follow the formulas of their papers")
    void followsTheTextbook(
            @ForAll Rule rule, @ForAll @DoubleRange(min = 1e-3, max = 0.1) @Scale(4) double rate,
            @ForAll @DoubleRange(min = 0, max = 1) double decay, @ForAll long seed) {
        Problem problem = new Problem(seed);

        double[] actual = run(new OptimiserPlan(rule, rate, decay), problem, 0);

        double[] expected = problem.start.clone();
        for (int i = 0; i < PARAMETERS; i++) {
            expected[i] = switch (rule) {
                case SGD -> gradientDescent(problem, i, rate, decay);
                case ADAM -> adam(problem, i, rate, decay, 0);
                case ADAMW -> adam(problem, i, rate, 0, decay);
            };
        }
        assertThat(distance(actual, expected)).isLessThanOrEqualTo(TOLERANCE);
    }

    private static double gradientDescent(Problem problem, int i, double rate, double decay) {
        double theta = problem.start[i];
        for (int t = 1; t <= STEPS; t++) {
            theta -= rate * (problem.gradients[t - 1][i] + decay * theta);
        }
        return theta;
    }

    private static double adam(Problem problem, int i, double rate, double coupled, double decoupled) {
        double theta = problem.start[i];
        double m = 0;
        double v = 0;
        for (int t = 1; t <= STEPS; t++) {
            double g = problem.gradients[t - 1][i] + coupled * theta;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            double corrected = m / (1 - StrictMath.pow(0.9, t)) / (Math.sqrt(v / (1 - StrictMath.pow(0.999, t))) + 1e-8);
            theta = theta - rate * decoupled * theta - rate * corrected;
        }
        return theta;
    }

    @Property(tries = 200)
    @Label("l2.equals-weight-decay: coupled decay and the L2 penalty by hand give the same bits, under SGD and under Adam")
    void coupledDecayIsL2(
            @ForAll boolean adam, @ForAll @DoubleRange(min = 0, max = 1) @Scale(4) double lambda, @ForAll long seed) {
        Rule rule = adam ? ADAM : SGD;

        double[] decayed = run(new OptimiserPlan(rule, 0.01, lambda), new Problem(seed), 0);
        double[] penalised = run(new OptimiserPlan(rule, 0.01, 0), new Problem(seed), lambda);

        assertThat(decayed).isEqualTo(penalised);
    }

    @Property(tries = 200, seed = "3")
    @Label("l2.adamw-differs: decoupled decay is another rule than the penalty under Adam")
    void decoupledDecayDiffersUnderAdam(@ForAll @DoubleRange(min = 0.05, max = 1) double lambda, @ForAll long seed) {
        double[] coupled = run(new OptimiserPlan(ADAM, 0.01, lambda), new Problem(seed), 0);
        double[] decoupled = run(new OptimiserPlan(ADAMW, 0.01, lambda), new Problem(seed), 0);

        // The least distance in these tries is 0.05, fifty thousand times the tolerance for equality.
        assertThat(distance(coupled, decoupled)).isGreaterThan(0.01);
        assertThat(run(new OptimiserPlan(ADAMW, 0.01, 0), new Problem(seed), 0))
                .as("without decay they are one rule")
                .isEqualTo(run(new OptimiserPlan(ADAM, 0.01, 0), new Problem(seed), 0));
    }

    @Property(tries = 200, seed = "2")
    @Label("l2.adamw-differs: under gradient descent decoupled decay is the penalty")
    void decoupledDecayAgreesUnderGradientDescent(
            @ForAll @DoubleRange(min = 0, max = 1) double lambda, @ForAll long seed) {
        Problem problem = new Problem(seed);
        double rate = 0.05;

        double[] coupled = run(new OptimiserPlan(SGD, rate, lambda), problem, 0);

        double[] decoupled = problem.start.clone();
        for (double[] gradient : problem.gradients) {
            Arrays.setAll(decoupled, i -> decoupled[i] * (1 - rate * lambda) - rate * gradient[i]);
        }
        assertThat(distance(coupled, decoupled)).isLessThanOrEqualTo(TOLERANCE);
    }

    @Property(tries = 100)
    @Label("optim.state-is-its-own: two optimisers of one plan do not share moments")
    void stateIsItsOwn(@ForAll Rule rule, @ForAll long seed) {
        OptimiserPlan plan = new OptimiserPlan(rule, 0.01, 0.1);

        double[] once = run(plan, new Problem(seed), 0);

        assertThat(run(plan, new Problem(seed), 0)).isEqualTo(once);
    }

    /** θ after all steps. */
    private double[] run(OptimiserPlan plan, Problem problem, double l2) {
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
