package dev.regularisation.backend;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/** The functions of {@link Float64Functions}, with their true values and what their descriptions promise. */
enum Float64Function {
    EXP(Float64Functions::exp, ExactFunctions::exp, 0.9),
    SIGMOID(Float64Functions::sigmoid, ExactFunctions::sigmoid, 0.9),
    TANH(Float64Functions::tanh, ExactFunctions::tanh, 1.1),
    SILU(Float64Functions::silu, ExactFunctions::silu, 0.9);

    // One digit of the ulps is wanted; the difference cancels seventeen of the forty.
    private static final MathContext FEW_DIGITS = new MathContext(10);
    private static final double LN2 = 0x1.62e42fefa39efp-1;

    private final DoubleUnaryOperator function;
    private final DoubleFunction<BigDecimal> exact;
    private final double ulps;

    Float64Function(DoubleUnaryOperator function, DoubleFunction<BigDecimal> exact, double ulps) {
        this.function = function;
        this.exact = exact;
        this.ulps = ulps;
    }

    double apply(double x) {
        return function.applyAsDouble(x);
    }

    /** |y − f(x)| in units of the last place of f(x) rounded; +∞ where only one of them is finite. */
    double error(double x, double y) {
        BigDecimal value = exact.apply(x);
        double rounded = value.doubleValue();
        if (!Double.isFinite(rounded) || !Double.isFinite(y)) {
            return Double.compare(rounded, y) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return new BigDecimal(y).subtract(value).abs()
                .divide(new BigDecimal(Math.ulp(rounded)), FEW_DIGITS).doubleValue();
    }

    /** The promised largest error. */
    double ulps() {
        return ulps;
    }

    /**
     * A finite argument, |x| ≤ 1024, of one of the kinds that could be hard: of ordinary size; where tanh is steep; of any
     * exponent from 2⁻⁷⁰ up; where the reduced argument of exp or tanh is largest; where results are subnormal; where they
     * nearly overflow.
     */
    static double argument(SplittableRandom random) {
        double sign = random.nextBoolean() ? 1 : -1;
        return switch (random.nextInt(6)) {
            case 0 -> random.nextDouble(-40, 40);
            case 1 -> random.nextDouble(-0.5, 0.5);
            case 2 -> sign * Math.scalb(1 + random.nextDouble(), random.nextInt(-70, 10));
            case 3 -> random.nextInt(-200, 200) * (LN2 / 4)
                    * (1 + sign * Math.scalb(random.nextDouble(), -random.nextInt(60)));
            case 4 -> random.nextDouble(-760, -700);
            default -> sign * random.nextDouble(700, 712);
        };
    }
}
