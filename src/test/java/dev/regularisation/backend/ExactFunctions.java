package dev.regularisation.backend;

import java.math.BigDecimal;
import java.math.MathContext;

/** The functions of {@link Float64Functions} for |x| ≤ 1600, true to 30 significant digits and more. */
final class ExactFunctions {
    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal TWO = new BigDecimal(2);
    private static final BigDecimal SMALL = new BigDecimal("0.02");
    // The series ends at y¹⁸/18!, 10⁻⁴⁷ of an argument of 0.02.
    private static final BigDecimal[] RECIPROCAL_FACTORIALS = reciprocalFactorials(18);

    private ExactFunctions() {
    }

    static BigDecimal exp(double x) {
        return exponential(new BigDecimal(x, DIGITS));
    }

    static BigDecimal sigmoid(double x) {
        return BigDecimal.ONE.divide(exp(-x).add(BigDecimal.ONE, DIGITS), DIGITS);
    }

    static BigDecimal silu(double x) {
        return sigmoid(x).multiply(new BigDecimal(x, DIGITS), DIGITS);
    }

    static BigDecimal tanh(double x) {
        BigDecimal y = new BigDecimal(2 * x, DIGITS);
        // e^y − 1, by its series where the difference would cancel.
        BigDecimal z = y.abs().compareTo(SMALL) <= 0 ? seriesLessOne(y) : exponential(y).subtract(BigDecimal.ONE, DIGITS);
        return z.divide(z.add(TWO, DIGITS), DIGITS);
    }

    /** e^y = (e^(y/2ᵐ))^(2ᵐ): a short series and m ≤ 17 squarings, each of which costs a bit of the forty digits. */
    private static BigDecimal exponential(BigDecimal y) {
        int squarings = 0;
        BigDecimal part = y;
        while (part.abs().compareTo(SMALL) > 0) {
            part = part.multiply(HALF, DIGITS);
            squarings++;
        }
        BigDecimal result = seriesLessOne(part).add(BigDecimal.ONE, DIGITS);
        for (int i = 0; i < squarings; i++) {
            result = result.multiply(result, DIGITS);
        }
        return result;
    }

    /** y + y²/2! + y³/3! + ... for |y| ≤ 0.02, relatively accurate near 0. */
    private static BigDecimal seriesLessOne(BigDecimal y) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int j = RECIPROCAL_FACTORIALS.length - 1; j >= 1; j--) {
            sum = sum.multiply(y, DIGITS).add(RECIPROCAL_FACTORIALS[j], DIGITS);
        }
        return sum.multiply(y, DIGITS);
    }

    private static BigDecimal[] reciprocalFactorials(int last) {
        BigDecimal[] reciprocals = new BigDecimal[last + 1];
        reciprocals[0] = BigDecimal.ONE;
        for (int j = 1; j <= last; j++) {
            reciprocals[j] = reciprocals[j - 1].divide(BigDecimal.valueOf(j), DIGITS);
        }
        return reciprocals;
    }
}
