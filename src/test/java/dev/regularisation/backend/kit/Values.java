package dev.regularisation.backend.kit;

import dev.regularisation.backend.Precision;
import java.util.Random;

/** Arrays of test values, a function of kind, seed and length. */
public enum Values {
    /** Magnitudes of 2⁻⁶ to 2⁶, either sign, and a zero of either sign now and then. */
    TAME,
    /** The same with some NaN, infinities and zeros. */
    SPECIAL,
    /** The same with subnormal and very large numbers too. */
    WILD;

    private static final double[] NON_FINITE =
            {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0};

    /** {@code n} values that are numbers of {@code precision}. */
    double[] draw(int n, long seed, Precision precision) {
        Random random = new Random(seed);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = precision.round(tame(random));
        }
        int unusual = this == TAME || n == 0 ? 0 : 1 + random.nextInt(3);
        for (int k = 0; k < unusual; k++) {
            values[random.nextInt(n)] = unusual(random, precision);
        }
        return values;
    }

    private static double tame(Random random) {
        double sign = random.nextBoolean() ? 1 : -1;
        double magnitude = random.nextInt(16) == 0 ? 0 : Math.scalb(1 + random.nextDouble(), random.nextInt(12) - 6);
        return sign * magnitude;
    }

    private double unusual(Random random, Precision precision) {
        if (this == SPECIAL || random.nextBoolean()) {
            return NON_FINITE[random.nextInt(NON_FINITE.length)];
        }
        double sign = random.nextBoolean() ? 1 : -1;
        boolean single = precision == Precision.FLOAT32;
        return sign * switch (random.nextInt(4)) {
            case 0 -> single ? Float.MIN_VALUE : Double.MIN_VALUE;
            case 1 -> single ? Float.MIN_NORMAL / 3 : Double.MIN_NORMAL / 3;
            case 2 -> single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
            default -> single ? Float.MAX_VALUE : Double.MAX_VALUE;
        };
    }
}
