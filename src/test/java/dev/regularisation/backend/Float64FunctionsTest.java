package dev.regularisation.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions that are defined by their roundings, on samples. {@link ManyDoubles} takes millions. */
class Float64FunctionsTest {

    /** x, exp, sigmoid, tanh, silu and its derivative. */
    private static final List<String> GOLDEN = List.of(
            "0x0.0p0, 0x1.0p0, 0x1.0p-1, 0x0.0p0, 0x0.0p0, 0x1.0p-1",
            "-0x0.0p0, 0x1.0p0, 0x1.0p-1, -0x0.0p0, -0x0.0p0, 0x1.0p-1",
            "0x1.0p0, 0x1.5bf0a8b145769p1, 0x1.764d4f5d5a2bdp-1, 0x1.85efab514f394p-1, 0x1.764d4f5d5a2bdp-1, 0x1.daf7a11be73a2p-1",
            "-0x1.0p0, 0x1.78b56362cef38p-2, 0x1.136561454ba86p-2, -0x1.85efab514f394p-1, -0x1.136561454ba86p-2, 0x1.2842f720c62f2p-4",
            "0x1.921fb54442d18p1, 0x1.724046eb09339p4, 0x1.eaca7ed72415dp-1, 0x1.fe175fa29281p-1, 0x1.8177629b9e24ap1, 0x1.15549ab46eb53p0",
            "-0x1.921fb54442d18p1, 0x1.620227b598efap-5, 0x1.5358128dbea34p-5, -0x1.fe175fa29281p-1, -0x1.0a852a8a4acep-3, -0x1.5549ab46eb53ep-4",
            "0x1.62e42fefa39efp-2, 0x1.6a09e667f3bccp0, 0x1.2bec333018867p-1, 0x1.5555555555555p-2, 0x1.9fc7f54f375afp-3, 0x1.56fa6b2452a13p-1",
            "-0x1.62e42fefa39efp-2, 0x1.6a09e667f3bcdp-1, 0x1.a827999fcef32p-2, -0x1.5555555555555p-2, -0x1.26006a900fe2fp-3, 0x1.520b29b75abdcp-2",
            "0x1.0p-30, 0x1.00000004p0, 0x1.00000002p-1, 0x1.0p-30, 0x1.00000002p-31, 0x1.00000004p-1",
            "0x0.0000000000001p-1022, 0x1.0p0, 0x1.0p-1, 0x0.0000000000001p-1022, 0x0.0p0, 0x1.0p-1",
            "0x1.2cp5, 0x1.1293919c201e5p54, 0x1.0p0, 0x1.0p0, 0x1.2cp5, 0x1.0000000000009p0",
            "0x1.62p9, 0x1.586f6bf260cf1p1021, 0x1.0p0, 0x1.0p0, 0x1.62p9, 0x1.0p0",
            "-0x1.66p9, 0x0.0020ae2a389eap-1022, 0x0.0020ae2a389eap-1022, -0x1.0p0, -0x0.5b671e165b934p-1022, -0x0.5b466fec2308ep-1022",
            "-0x1.77p9, 0x0.0p0, 0x0.0p0, -0x1.0p0, -0x0.0000000000003p-1022, 0x0.0p0",
            "0x1.fffffffffffffp1023, Infinity, 0x1.0p0, 0x1.0p0, 0x1.fffffffffffffp1023, 0x1.0p0",
            "-0x1.fffffffffffffp1023, 0x0.0p0, 0x0.0p0, -0x1.0p0, -0x0.0p0, 0x0.0p0",
            "Infinity, Infinity, 0x1.0p0, 0x1.0p0, Infinity, 0x1.0p0",
            "-Infinity, 0x0.0p0, 0x0.0p0, -0x1.0p0, NaN, 0x0.0p0",
            "NaN, NaN, NaN, NaN, NaN, NaN");
    private static final int SEED = 1;
    private static final int COUNT = 4_000;

    @ParameterizedTest(name = "{0}")
    @EnumSource(Float64Function.class)
    @DisplayName("4,000 arguments, ordinary and hard: the error is what the description says")
    void errors(Float64Function function) {
        WorstError worst = ManyDoubles.worst(function, SEED, COUNT);

        assertThat(worst.ulps()).as("%s", worst).isLessThanOrEqualTo(function.ulps());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"EXP, eb8176c4149a541f", "SIGMOID, 0a0d831fe0911397", "TANH, 9784eb158acf5099", "SILU, 9b5a84c70bd5eed6"})
    @DisplayName("100,000 arguments have the bits they have everywhere")
    void bits(Float64Function function, String digest) {
        long sum = arguments(100_000).mapToLong(x -> Double.doubleToLongBits(function.apply(x)))
                .reduce(0, (hash, bits) -> 31 * hash + bits);

        assertThat("%016x".formatted(sum)).isEqualTo(digest);
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
        double argument = Double.parseDouble(x);

        // As text, which tells -0 from +0.
        assertThat(Double.toHexString(Float64Functions.exp(argument))).as("exp(" + x + ")").isEqualTo(exp);
        assertThat(Double.toHexString(Float64Functions.sigmoid(argument))).as("sigmoid(" + x + ")").isEqualTo(sigmoid);
        assertThat(Double.toHexString(Float64Functions.tanh(argument))).as("tanh(" + x + ")").isEqualTo(tanh);
        assertThat(Double.toHexString(Float64Functions.silu(argument))).as("silu(" + x + ")").isEqualTo(silu);
        assertThat(Double.toHexString(Float64Functions.siluDerivative(argument))).as("silu'(" + x + ")").isEqualTo(siluDerivative);
    }

    @ParameterizedTest(name = "{0}: {2} just below {1}, {3} there")
    @CsvSource({
        "EXP, 0x1.62e42fefa39fp9, 0x1.fffffffffff2ap1023, Infinity",
        "EXP, -0x1.6232bdd7abcd2p9, 0x0.ffffffffffe7cp-1022, 0x1.000000000007cp-1022",
        "EXP, -0x1.74910d52d3051p9, 0x0.0p0, 0x0.0000000000001p-1022",
        "SIGMOID, 0x1.2b708872320e2p5, 0x1.fffffffffffffp-1, 0x1.0p0",
        "TANH, 0x1.30fc1931f09cap4, 0x1.fffffffffffffp-1, 0x1.0p0",
    })
    @DisplayName("infinity, one, the subnormal numbers and zero are where the descriptions say")
    void ends(Float64Function function, String x, String below, String at) {
        double end = Double.parseDouble(x);

        assertThat(Double.toHexString(function.apply(Math.nextDown(end)))).isEqualTo(below);
        assertThat(Double.toHexString(function.apply(end))).isEqualTo(at);
    }

    @Test
    @DisplayName("tanh is odd bit for bit and at most 1; sigmoid is in [0, 1]; exp, tanh and sigmoid keep order")
    void facts() {
        arguments(100_000).forEach(x -> {
            double y = Float64Functions.tanh(x);
            double next = Math.nextUp(x);

            assertThat(Float64Functions.tanh(-x)).isEqualTo(-y);
            assertThat(Math.abs(y)).isLessThanOrEqualTo(Math.min(1, Math.abs(x)));
            assertThat(Float64Functions.sigmoid(x)).isBetween(0.0, 1.0);
            assertThat(Float64Functions.tanh(next)).isGreaterThanOrEqualTo(y);
            assertThat(Float64Functions.exp(next)).isGreaterThanOrEqualTo(Float64Functions.exp(x));
            assertThat(Float64Functions.sigmoid(next)).isGreaterThanOrEqualTo(Float64Functions.sigmoid(x));
        });
    }

    @Test
    @DisplayName("derivatives of tanh and sigmoid are 1 - y² and y - y², rounded once")
    void derivativesOfValues() {
        arguments(COUNT).forEach(x -> {
            double tanh = Float64Functions.tanh(x);
            double sigmoid = Float64Functions.sigmoid(x);

            assertThat(Float64Functions.tanhDerivative(tanh))
                    .isEqualTo(BigDecimal.ONE.subtract(square(tanh)).doubleValue());
            assertThat(Float64Functions.sigmoidDerivative(sigmoid))
                    .isEqualTo(new BigDecimal(sigmoid).subtract(square(sigmoid)).doubleValue());
        });
    }

    private static BigDecimal square(double y) {
        return new BigDecimal(y).pow(2);
    }

    @Test
    @DisplayName("the derivative of silu is within 2⁻⁵¹ of the true one")
    void derivativeOfSilu() {
        arguments(COUNT).forEach(x -> {
            double exact = ExactFunctions.sigmoid(x).add(ExactFunctions.silu(x).multiply(ExactFunctions.sigmoid(-x)))
                    .doubleValue();

            assertThat(Math.abs(Float64Functions.siluDerivative(x) - exact)).isLessThanOrEqualTo(0x1p-51);
        });
    }

    @Test
    @DisplayName("the polynomial has the coefficients that were computed: a second writing of the chain has the same bits")
    void coefficients() {
        double[] tail = ExponentialTail.float64();

        arguments(100_000).forEach(x -> assertThat(ExponentialChain.exp(x, tail)).isEqualTo(Float64Functions.exp(x)));
    }

    @ParameterizedTest(name = "coefficient {0}, wrong by 2^{1} of it")
    @CsvSource({"0, -48", "1, -45", "2, -41", "5, -29", "10, -5"})
    @DisplayName("the check of errors bites: one coefficient that is wrong by so much that it matters is found")
    void wrongCoefficientIsFound(int index, int exponent) {
        double[] tail = ExponentialTail.float64();
        tail[index] *= 1 + Math.scalb(1.0, exponent);
        WorstError worst = new WorstError();
        arguments(COUNT).forEach(x -> worst.add(Float64Function.EXP.error(x, ExponentialChain.exp(x, tail)), x));

        assertThat(worst.ulps()).isGreaterThan(Float64Function.EXP.ulps());
    }

    private static DoubleStream arguments(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        return DoubleStream.generate(() -> Float64Function.argument(random)).limit(count);
    }
}
