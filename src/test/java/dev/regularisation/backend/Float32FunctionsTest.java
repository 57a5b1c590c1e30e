package dev.regularisation.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions that are defined by their roundings: bits, errors, order and symmetry. {@link AllFloats} leaves no float out. */
class Float32FunctionsTest {

    /** x, exp, sigmoid, tanh, silu and its derivative. */
    private static final List<String> GOLDEN = List.of(
            "0x0.0p0, 0x1.0p0, 0x1.0p-1, 0x0.0p0, 0x0.0p0, 0x1.0p-1",
            "-0x0.0p0, 0x1.0p0, 0x1.0p-1, -0x0.0p0, -0x0.0p0, 0x1.0p-1",
            "0x1.0p0, 0x1.5bf0a8p1, 0x1.764d5p-1, 0x1.85efacp-1, 0x1.764d5p-1, 0x1.daf7a2p-1",
            "-0x1.0p0, 0x1.78b564p-2, 0x1.136562p-2, -0x1.85efacp-1, -0x1.136562p-2, 0x1.2842f6p-4",
            "0x1.921fb6p1, 0x1.724048p4, 0x1.eaca7ep-1, 0x1.fe176p-1, 0x1.817764p1, 0x1.15549ap0",
            "-0x1.921fb6p1, 0x1.620226p-5, 0x1.53581p-5, -0x1.fe176p-1, -0x1.0a852ap-3, -0x1.5549aap-4",
            "0x1.62e43p-2, 0x1.6a09e6p0, 0x1.2bec34p-1, 0x1.555556p-2, 0x1.9fc7f6p-3, 0x1.56fa6ap-1",
            "-0x1.62e43p-2, 0x1.6a09e6p-1, 0x1.a8279ap-2, -0x1.555556p-2, -0x1.26006ap-3, 0x1.520b28p-2",
            "0x1.0p-20, 0x1.00001p0, 0x1.000008p-1, 0x1.0p-20, 0x1.000008p-21, 0x1.00001p-1",
            "0x0.000002p-126, 0x1.0p0, 0x1.0p-1, 0x0.000002p-126, 0x0.0p0, 0x1.0p-1",
            "0x1.18p4, 0x1.2fd6c8p25, 0x1.0p0, 0x1.0p0, 0x1.18p4, 0x1.000008p0",
            "0x1.6p6, 0x1.f1056ep126, 0x1.0p0, 0x1.0p0, 0x1.6p6, 0x1.0p0",
            "-0x1.8p6, 0x0.000b52p-126, 0x0.000b52p-126, -0x1.0p0, -0x0.043f14p-126, -0x0.04336ep-126",
            "-0x1.a8p6, 0x0.0p0, 0x0.0p0, -0x1.0p0, -0x0.00000ep-126, 0x0.0p0",
            "0x1.fffffep127, Infinity, 0x1.0p0, 0x1.0p0, 0x1.fffffep127, 0x1.0p0",
            "-0x1.fffffep127, 0x0.0p0, 0x0.0p0, -0x1.0p0, -0x0.0p0, 0x0.0p0",
            "Infinity, Infinity, 0x1.0p0, 0x1.0p0, Infinity, 0x1.0p0",
            "-Infinity, 0x0.0p0, 0x0.0p0, -0x1.0p0, NaN, 0x0.0p0",
            "NaN, NaN, NaN, NaN, NaN, NaN");
    /** A prime, so that every exponent and every kind of fraction comes up: a million floats. */
    private static final int STRIDE = 4001;

    @ParameterizedTest(name = "{0}")
    @EnumSource(Float32Function.class)
    @DisplayName("every 4,001st float: the error is what the description says, and the result in range")
    void errors(Float32Function function) {
        WorstError worst = new WorstError();
        everyFloat(STRIDE).filter(bits -> !Float.isNaN(Float.intBitsToFloat(bits))).forEach(bits -> {
            float x = Float.intBitsToFloat(bits);
            float y = function.apply(x);
            worst.add(function.error(x, y), x);
            if (!function.inRange(x, y)) {
                throw new AssertionError(function + "(" + x + ") = " + y + " is out of range");
            }
        });

        assertThat(worst.ulps()).as("%s", worst).isLessThanOrEqualTo(function.ulps());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Float32Function.class, names = {"EXP", "SIGMOID", "TANH"})
    @DisplayName("exp, sigmoid and tanh never decrease from a float to the next")
    void order(Float32Function function) {
        everyFloat(STRIDE).forEach(bits -> {
            float x = Float.intBitsToFloat(bits);
            if (function.apply(Math.nextUp(x)) < function.apply(x)) {
                throw new AssertionError(function + " decreases after " + Float.toHexString(x));
            }
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"EXP, 55d9de52", "SIGMOID, 0e7adafd", "TANH, 0578bc9d", "SILU, bd212a95"})
    @DisplayName("every 4,001st float has the bits it has everywhere")
    void bits(Float32Function function, String digest) {
        int sum = everyFloat(STRIDE).map(bits -> Float.floatToIntBits(function.apply(Float.intBitsToFloat(bits))))
                .reduce(0, (hash, bits) -> 31 * hash + bits);

        assertThat("%08x".formatted(sum)).isEqualTo(digest);
    }

    @Test
    @DisplayName("golden values: x, exp, sigmoid, tanh, silu and its derivative")
    void golden() {
        GOLDEN.forEach(row -> {
            String[] of = row.split(", ");
            golden(of[0], of[1], of[2], of[3], of[4], of[5]);
        });
    }

    private static void golden(String x, String exp, String sigmoid, String tanh, String silu, String siluDerivative) {
        float argument = Float.parseFloat(x);

        // As text, which tells -0 from +0.
        assertThat(Float.toHexString(Float32Functions.exp(argument))).as("exp(" + x + ")").isEqualTo(exp);
        assertThat(Float.toHexString(Float32Functions.sigmoid(argument))).as("sigmoid(" + x + ")").isEqualTo(sigmoid);
        assertThat(Float.toHexString(Float32Functions.tanh(argument))).as("tanh(" + x + ")").isEqualTo(tanh);
        assertThat(Float.toHexString(Float32Functions.silu(argument))).as("silu(" + x + ")").isEqualTo(silu);
        assertThat(Float.toHexString(Float32Functions.siluDerivative(argument))).as("silu'(" + x + ")").isEqualTo(siluDerivative);
    }

    @ParameterizedTest(name = "{0}: {2} just below {1}, {3} there")
    @CsvSource({
        "EXP, 0x1.62e43p6, 0x1.ffff08p127, Infinity",
        "EXP, -0x1.5d589ep6, 0x0.ffffccp-126, 0x1.00004cp-126",
        "EXP, -0x1.9fe368p6, 0x0.0p0, 0x0.000002p-126",
        "SIGMOID, 0x1.154246p4, 0x1.fffffep-1, 0x1.0p0",
        "SIGMOID, -0x1.9fe368p6, 0x0.0p0, 0x0.000002p-126",
        "TANH, 0x1.205968p3, 0x1.fffffep-1, 0x1.0p0",
        "SILU, -0x1.b2a426p6, -0x0.0p0, -0x0.000002p-126",
    })
    @DisplayName("infinity, one, the subnormal numbers and zero are where the descriptions say")
    void ends(Float32Function function, String x, String below, String at) {
        float end = Float.parseFloat(x);

        assertThat(Float.toHexString(function.apply(Math.nextDown(end)))).isEqualTo(below);
        assertThat(Float.toHexString(function.apply(end))).isEqualTo(at);
    }

    @Test
    @DisplayName("derivatives of tanh and sigmoid are 1 - y² and y - y², rounded once")
    void derivativesOfValues() {
        IntStream.rangeClosed(0, 1 << 20).mapToObj(i -> i * 0x1p-20f).forEach(y -> {
            double square = (double) y * y;

            assertThat(Float32Functions.tanhDerivative(y)).isEqualTo((float) (1 - square));
            assertThat(Float32Functions.tanhDerivative(-y)).isEqualTo((float) (1 - square));
            assertThat(Float32Functions.sigmoidDerivative(y)).isEqualTo((float) (y - square));
        });
    }

    @Test
    @DisplayName("every 4,001st float: the derivative of silu is within 2⁻²² of the true one")
    void derivativeOfSilu() {
        WorstError worst = new WorstError();
        everyFloat(STRIDE).forEach(bits -> {
            float x = Float.intBitsToFloat(bits);
            double sigmoid = 1 / (1 + StrictMath.exp(-x));
            // x σ(−x) is 0 in the limit, where the product would be NaN.
            double other = x == Float.POSITIVE_INFINITY ? 0 : x / (1 + StrictMath.exp(x));
            if (Float.isFinite(x)) {
                worst.add(Math.abs(Float32Functions.siluDerivative(x) - sigmoid * (1 + other)), x);
            }
        });

        assertThat(worst.ulps()).isLessThanOrEqualTo(0x1p-22);
    }

    @Test
    @DisplayName("the polynomial has the coefficients that were computed: a second writing of the chain has the same bits")
    void coefficients() {
        float[] tail = ExponentialTail.float32();

        everyFloat(STRIDE).mapToObj(Float::intBitsToFloat).forEach(x -> {
            if (Float.compare(ExponentialChain.exp(x, tail), Float32Functions.exp(x)) != 0) {
                throw new AssertionError("exp(" + Float.toHexString(x) + ") has other bits in the second writing");
            }
        });
    }

    @ParameterizedTest(name = "coefficient {0}, wrong by 2^{1} of it")
    @CsvSource({"0, -19", "1, -16", "2, -13", "3, -9", "4, -5", "5, -1"})
    @DisplayName("the check of errors bites: one coefficient that is wrong by so much that it matters is found")
    void wrongCoefficientIsFound(int index, int exponent) {
        float[] tail = ExponentialTail.float32();
        tail[index] *= 1 + Math.scalb(1f, exponent);
        WorstError worst = new WorstError();
        new Random(1).ints(100_000).mapToObj(bits -> bits * 0x1p-25f)
                .forEach(x -> worst.add(Float32Function.EXP.error(x, ExponentialChain.exp(x, tail)), x));

        assertThat(worst.ulps()).isGreaterThan(Float32Function.EXP.ulps());
    }

    private static IntStream everyFloat(int stride) {
        return IntStream.iterate(Integer.MIN_VALUE, bits -> bits <= Integer.MAX_VALUE - stride, bits -> bits + stride);
    }
}
