package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Penalty;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.theory.Decay;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L1CollapsesInFiniteTimeTest {

    private static final double START = 0.5;
    private static final double RATE = 0.05;
    private static final double LAMBDA = 0.021;
    private static final int STEPS = 1500;

    /** The path of a parameter that the data do not touch: every step's gradient is the penalty's alone. */
    private static double[] path(OptimiserPlan.UpdateRule rule, double rate, Penalty penalty, double start, int steps) {
        Backend backend = new CpuBackend();
        Tensor theta = backend.tensor(1, 1, new double[] {start});
        Tensor gradient = backend.zeros(1, 1);
        Optimiser optimiser = new OptimiserPlan(rule, rate, 0).create(backend, 1);
        double[] path = new double[steps + 1];
        path[0] = backend.read(theta)[0];
        for (int step = 1; step <= steps; step++) {
            backend.write(new double[] {0}, gradient);
            penalty.addGradient(backend, theta, gradient);
            optimiser.step(theta, gradient);
            path[step] = backend.read(theta)[0];
        }
        return path;
    }

    /**
     * Within one step ηλ of zero from ⌈|θ₀|/(ηλ)⌉ steps on and not before, at one speed.
     *
     * <p>In float32, k steps of |θ| ≤ |θ₀| lose at most k 2⁻²⁴|θ₀|, which is k² 2⁻²⁴ steps: less than one at the k ≤ 1,000
     * of these tests.
     */
    static void requireCollapse(double[] path, Decay decay) {
        long due = decay.l1StepsToArrive(path[0]);
        int arrived = path.length;
        while (arrived > 0 && Math.abs(path[arrived - 1]) <= decay.step() * (1 + 1e-6)) {
            arrived--;
        }
        if (!(Math.abs(arrived - due) <= 1)) {
            throw new AssertionError("within one step of zero for good from step " + arrived + " of " + path.length
                    + ", wanted " + due + "; at the end it is at " + path[path.length - 1]);
        }
        for (int step = 1; step < due - 1; step++) {
            double moved = Math.abs(path[step - 1]) - Math.abs(path[step]);
            // One rounding of θ and one of each factor.
            if (!(Math.abs(moved - decay.step()) <= 0x1p-24 * Math.abs(path[0]) + 0x1p-22 * decay.step())) {
                throw new AssertionError("step " + step + " moves the parameter by " + moved + ", wanted the constant "
                        + decay.step());
            }
        }
    }

    @Shows(OldRule.L1_COLLAPSES_IN_FINITE_TIME)
    @Property(tries = 100)
    @Label("l1.collapses-in-finite-time: any useless parameter arrives in |theta|/(eta lambda) steps and stays")
    void everyUselessParameterCollapses(
            @ForAll @DoubleRange(min = -2, max = 2) @Scale(5) double start,
            @ForAll @DoubleRange(min = 0.1, max = 0.5) @Scale(4) double rate,
            @ForAll @DoubleRange(min = 0.02, max = 0.5) @Scale(4) double lambda) {
        Decay decay = new Decay(rate, lambda);
        int steps = (int) decay.l1StepsToArrive(start) + 200;

        requireCollapse(path(OptimiserPlan.UpdateRule.SGD, rate, new L1(lambda), start, steps), decay);
    }

    @Shows(OldRule.L1_COLLAPSES_IN_FINITE_TIME)
    @Test
    @DisplayName("l1.collapses-in-finite-time: L1 comes within a step of zero in finite time, L2 only keeps halving")
    void showcase() {
        Decay decay = new Decay(RATE, LAMBDA);
        double[] ofL1 = path(OptimiserPlan.UpdateRule.SGD, RATE, new L1(LAMBDA), START, STEPS);
        double[] ofL2 = path(OptimiserPlan.UpdateRule.SGD, RATE, new L2(LAMBDA), START, STEPS);
        double[] adamL1 = path(OptimiserPlan.UpdateRule.ADAM, 0.01, new L1(LAMBDA), START, STEPS);
        double[] adamL2 = path(OptimiserPlan.UpdateRule.ADAM, 0.01, new L2(LAMBDA), START, STEPS);
        long due = decay.l1StepsToArrive(START);

        Page.of(OldRule.L1_COLLAPSES_IN_FINITE_TIME)
                .formula("<msub><mi>θ</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msub><mo>=</mo><msub><mi>θ</mi>"
                        + "<mi>t</mi></msub><mo>−</mo><mi>η</mi><mi>λ</mi><mo>sign</mo><mo>(</mo><msub><mi>θ</mi><mi>t"
                        + "</mi></msub><mo>)</mo><mspace width='1em'/><mo>⇒</mo><mspace width='1em'/><mo>|</mo><msub>"
                        + "<mi>θ</mi><mi>t</mi></msub><mo>|</mo><mo>≤</mo><mi>η</mi><mi>λ</mi><mtext> from </mtext>"
                        + "<mi>t</mi><mo>=</mo><mo>⌈</mo><mo>|</mo><msub><mi>θ</mi><mn>0</mn></msub><mo>|</mo><mo>/"
                        + "</mo><mo>(</mo><mi>η</mi><mi>λ</mi><mo>)</mo><mo>⌉</mo>")
                .setup("A parameter of 0.5 that the data do not touch, moved by the training code's optimiser and "
                        + "penalty alone: gradient descent with rate 0.05 and strength 0.021 for both penalties.")
                .table("Where the parameter is", List.of("step", "L1", "L2"), rows(ofL1, ofL2))
                .picture(SeriesPicture.ofCurves("A parameter that the data do not touch",
                        "from 0.5; gradient descent with rate 0.05, strength 0.021; dashed: Adam with rate 0.01",
                        Axis.linear("Step"), Axis.linear("Parameter θ"),
                        List.of(curve("L1, gradient descent", Palette.GREEN, ofL1, LineStyle.SOLID),
                                curve("L2, gradient descent", Palette.BLUE, ofL2, LineStyle.SOLID),
                                curve("L1, Adam", Palette.ORANGE, adamL1, LineStyle.DASHED),
                                curve("L2, Adam", Palette.PURPLE, adamL2, LineStyle.DASHED)), List.of()).picture())
                .paragraph("What Adam makes of it", String.format(Locale.ROOT, "Adam, the post's optimiser, divides a "
                        + "gradient by its recent size, which changes the picture where the data are silent. L1 takes "
                        + "the parameter to zero in %d steps of the learning rate 0.01, overshoots, and rattles: up to "
                        + "%.4f away in the last 500 steps. L2 collapses too, with %.3f left after 50 steps and %.0e "
                        + "after 500. What tells the two apart in a network trained with Adam is therefore not the "
                        + "force on a parameter that is useless altogether, but that on one of little use, whose "
                        + "gradient the data set (rule l1.sparsifies).",
                        firstWithin(adamL1, 0.01), greatest(adamL1, STEPS - 500), Math.abs(adamL2[50]), Math.abs(adamL2[500])))
                .series("paths.csv", csv(ofL1, ofL2, adamL1, adamL2))
                .figure(due + " steps for L1; L2 then still at " + String.format(Locale.ROOT, "%.2f", ofL2[(int) due]))
                .sure("A law, held at 100 random starts, rates and strengths: arrival at the computed step, give or "
                        + "take the one step that float32 rounding may cost.")
                .reproduce("mvn verify -Dtest=L1CollapsesInFiniteTimeTest")
                .publish();

        requireCollapse(ofL1, decay);
        requireNeverThere(ofL2);
    }

    /** Each step takes the same share of what is left, so something is always left. */
    static void requireNeverThere(double[] path) {
        for (int step = 1; step < path.length; step++) {
            double left = path[step] / path[step - 1];
            // Rounding of θ and of both factors in float32.
            if (!(path[step] > 0 && Math.abs(left - (1 - RATE * LAMBDA)) <= 0x1p-22)) {
                throw new AssertionError("step " + step + " leaves " + path[step] + ", " + left + " of what was there, wanted "
                        + (1 - RATE * LAMBDA));
            }
        }
    }

    private static int firstWithin(double[] path, double bound) {
        int step = 0;
        while (Math.abs(path[step]) > bound) {
            step++;
        }
        return step;
    }

    private static double greatest(double[] path, int from) {
        return Arrays.stream(path, from, path.length).map(Math::abs).max().orElseThrow();
    }

    private static Series curve(String name, Color colour, double[] path, LineStyle line) {
        return Series.byEpoch(name, colour, Arrays.copyOf(path, 801)).drawn(line);
    }

    private static List<List<String>> rows(double[] ofL1, double[] ofL2) {
        return Stream.of(0, 100, 200, 300, 400, 476, 477, 478, 1000, 1500)
                .map(step -> List.of(step.toString(), String.format(Locale.ROOT, "%.6f", ofL1[step]),
                        String.format(Locale.ROOT, "%.6f", ofL2[step]))).toList();
    }

    private static String csv(double[]... paths) {
        StringBuilder csv = new StringBuilder("step,l1_sgd,l2_sgd,l1_adam,l2_adam\n");
        for (int step = 0; step < paths[0].length; step++) {
            csv.append(step);
            for (double[] path : paths) {
                csv.append(',').append(path[step]);
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    @Teeth(OldRule.L1_COLLAPSES_IN_FINITE_TIME)
    @Test
    @DisplayName("l1.collapses-in-finite-time: L2, a force of the wrong sign and a force of another size are rejected")
    void teeth() {
        Decay decay = new Decay(RATE, LAMBDA);
        double[] ofL2 = path(OptimiserPlan.UpdateRule.SGD, RATE, new L2(LAMBDA), START, STEPS);
        double[] ofL1 = path(OptimiserPlan.UpdateRule.SGD, RATE, new L1(LAMBDA), START, STEPS);
        double[] outwards = decay.l1Path(START, STEPS);
        for (int step = 0; step < outwards.length; step++) {
            outwards[step] = START + step * decay.step();
        }

        assertThatThrownBy(() -> requireCollapse(ofL2, decay)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("wanted 477");
        assertThatThrownBy(() -> requireCollapse(outwards, decay)).hasMessageContaining("at the end it is at 2.");
        assertThatThrownBy(() -> requireCollapse(ofL1, new Decay(RATE, 2 * LAMBDA))).hasMessageContaining("wanted 239");
        assertThatThrownBy(() -> requireNeverThere(ofL1)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("of what was there");
    }
}
