package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Penalty;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class L1GradientTest {

    /** The post's strength of L1, and of L2. */
    private static final double LAMBDA = 0.021;
    private static final double LAMBDA_OF_L2 = 0.085;

    /** What a penalty adds to a data gradient of zero. */
    private static double[] force(Penalty penalty, double... theta) {
        Backend backend = new CpuBackend();
        Tensor gradient = backend.zeros(theta.length, 1);
        penalty.addGradient(backend, backend.tensor(theta.length, 1, theta), gradient);
        return backend.read(gradient);
    }

    /** Exactly λ sign(θ) in float32, and the slope of the penalty's value. */
    static void requireSignForce(Penalty penalty, double lambda, double... theta) {
        double[] force = force(penalty, theta);
        for (int i = 0; i < theta.length; i++) {
            double wanted = (float) lambda * Math.signum(theta[i]);
            if (!(force[i] == wanted)) {
                throw new AssertionError("at theta = " + theta[i] + " the force is " + force[i]
                        + ", wanted lambda sign(theta) = " + wanted);
            }
            double step = Math.abs(theta[i]) / 2;
            double slope = (penalty.value(new double[] {theta[i] + step}) - penalty.value(new double[] {theta[i] - step}))
                    / (2 * step);
            // Rounding λ to float32 moves it by at most 2^-24 of itself; the slope of a straight line is exact but for
            // four roundings in double.
            if (theta[i] != 0 && !(Math.abs(force[i] - slope) <= 0x1.001p-24 * lambda)) {
                throw new AssertionError("at theta = " + theta[i] + " the force " + force[i]
                        + " is not the slope of the penalty, " + slope);
            }
        }
    }

    @Shows(OldRule.L1_GRADIENT)
    @Property(tries = 200)
    @Label("l1.gradient: the force is lambda sign(theta) from 1e-30 to 1e30, and 0 at 0")
    void forceIgnoresMagnitude(@ForAll @DoubleRange(min = 0.001, max = 10) @Scale(4) double lambda, @ForAll long seed) {
        Random random = new Random(seed);
        double[] theta = random.doubles(8, -30, 30)
                .map(exponent -> (float) ((random.nextBoolean() ? 1 : -1) * StrictMath.pow(10, exponent))).toArray();
        theta[random.nextInt(theta.length)] = random.nextBoolean() ? 0.0 : -0.0;

        requireSignForce(new L1(lambda), lambda, theta);
    }

    @Shows(OldRule.L1_GRADIENT)
    @Test
    @DisplayName("l1.gradient: one force for small and large parameters, where L2's is proportional")
    void showcase() {
        double[] theta = IntStream.rangeClosed(-200, 200).mapToDouble(i -> i / 400.0).toArray();
        double[] ofL1 = force(new L1(LAMBDA), theta);
        double[] ofL2 = force(new L2(LAMBDA_OF_L2), theta);
        List<List<String>> rows = new ArrayList<>();
        for (double value : new double[] {0.5, 0.01, 1e-6, 0, -1e-6, -0.5}) {
            rows.add(List.of(Double.toString(value), String.format(Locale.ROOT, "%.6f", force(new L1(LAMBDA), value)[0]),
                    String.format(Locale.ROOT, "%.9f", force(new L2(LAMBDA_OF_L2), value)[0])));
        }

        Page.of(OldRule.L1_GRADIENT)
                .formula("<mfrac><mrow><mo>∂</mo></mrow><mrow><mo>∂</mo><mi>θ</mi></mrow></mfrac><mi>λ</mi><mo>|</mo>"
                        + "<mi>θ</mi><mo>|</mo><mo>=</mo><mi>λ</mi><mo>sign</mo><mo>(</mo><mi>θ</mi><mo>)</mo><mo>,"
                        + "</mo><mspace width='1em'/><mo>sign</mo><mo>(</mo><mn>0</mn><mo>)</mo><mo>=</mo><mn>0</mn>")
                .setup("The training code's penalties are asked what they add to a gradient of zero, with the post's "
                        + "strengths: 0.021 for L1, 0.085 for L2. Away from zero the answer is also compared with the "
                        + "slope of the penalty's value, from central differences.")
                .table("Force on a parameter", List.of("parameter", "L1", "L2"), rows)
                .picture(SeriesPicture.ofCurves("The force of a penalty on a parameter",
                        "L1 with strength 0.021, L2 with strength 0.085; asked of the training code at 401 parameters",
                        Axis.linear("Parameter θ"), Axis.linear("Added to its gradient"),
                        List.of(Series.of("L1: λ sign(θ)", Palette.GREEN, theta, ofL1),
                                Series.of("L2: λ θ", Palette.BLUE, theta, ofL2)), List.of()).picture())
                .series("forces.csv", csv(theta, ofL1, ofL2))
                .figure("0.021 at every magnitude, 0 at 0")
                .sure("Exact: equal to λ sign(θ) rounded to float32, bit for bit, at 200 random vectors of magnitudes "
                        + "from 1e-30 to 1e30; slopes agree within the rounding of λ, 2^-24 of it.")
                .reproduce("mvn verify -Dtest=L1GradientTest")
                .publish();

        requireSignForce(new L1(LAMBDA), LAMBDA, theta);
    }

    private static String csv(double[] theta, double[] ofL1, double[] ofL2) {
        StringBuilder csv = new StringBuilder("theta,l1,l2\n");
        for (int i = 0; i < theta.length; i++) {
            csv.append(theta[i]).append(',').append(ofL1[i]).append(',').append(ofL2[i]).append('\n');
        }
        return csv.toString();
    }

    @Teeth(OldRule.L1_GRADIENT)
    @Test
    @DisplayName("l1.gradient: a proportional force, a wrong sign, a push at zero and a wrong value are rejected")
    void teeth() {
        assertRejected(new L2(LAMBDA), "wanted lambda sign(theta)", 0.5);
        assertRejected(wrong(sign -> -sign, 1), "at theta = 0.5 the force is -0.02", 0.5);
        assertRejected(wrong(sign -> sign == 0 ? 1 : sign, 1), "at theta = 0.0 the force is 0.02", 0.5, 0);
        assertRejected(wrong(UnaryOperator.identity(), 0.5), "is not the slope of the penalty", 0.5);
    }

    private static void assertRejected(Penalty penalty, String why, double... theta) {
        assertThatThrownBy(() -> requireSignForce(penalty, LAMBDA, theta))
                .isInstanceOf(AssertionError.class).hasMessageContaining(why);
    }

    /** An L1 penalty with another sign function, or another factor in its value. */
    private static Penalty wrong(UnaryOperator<Double> sign, double factor) {
        return new Penalty() {
            @Override
            public double value(double[] parameters) {
                return factor * new L1(LAMBDA).value(parameters);
            }

            @Override
            public void addGradient(Backend backend, Tensor parameters, Tensor gradient) {
                double[] theta = backend.read(parameters);
                double[] sum = backend.read(gradient);
                Arrays.setAll(sum, i -> sum[i] + LAMBDA * sign.apply(Math.signum(theta[i])));
                backend.write(sum, gradient);
            }
        };
    }
}
