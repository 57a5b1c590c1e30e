package dev.regularisation.backend;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The polynomial of {@link Float32Functions} and {@link Float64Functions}: (eʳ − 1 − r) / r² = Σ rʲ / (j + 2)!, interpolated
 * at the Chebyshev points ½ ln 2 cos(π (i + ½) / n) by Newton's divided differences in decimal arithmetic.
 */
final class ExponentialTail {
    static final int FLOAT32_COEFFICIENTS = 6;
    static final int FLOAT64_COEFFICIENTS = 11;

    private static final MathContext DIGITS = new MathContext(50);
    // 40 terms leave 0.35⁴⁰ / 42!, far below the last digit.
    private static final int TERMS = 40;

    private ExponentialTail() {
    }

    /** The coefficients of 1, r, r², ... of the polynomial through n points. */
    static BigDecimal[] coefficients(int n) {
        BigDecimal[] points = new BigDecimal[n];
        BigDecimal[] differences = new BigDecimal[n];
        for (int i = 0; i < n; i++) {
            // The points need not be Chebyshev's to the last digit: any near them do as well.
            points[i] = new BigDecimal(0.5 * StrictMath.log(2) * StrictMath.cos(Math.PI * (i + 0.5) / n));
            differences[i] = value(points[i]);
        }
        for (int order = 1; order < n; order++) {
            for (int i = n - 1; i >= order; i--) {
                differences[i] = differences[i].subtract(differences[i - 1])
                        .divide(points[i].subtract(points[i - order]), DIGITS);
            }
        }
        BigDecimal[] polynomial = new BigDecimal[n];
        Arrays.fill(polynomial, BigDecimal.ZERO);
        for (int i = n - 1; i >= 0; i--) {
            // polynomial ← polynomial · (r − points[i]) + differences[i]
            for (int j = n - 1; j >= 0; j--) {
                BigDecimal shifted = j == 0 ? differences[i] : polynomial[j - 1];
                polynomial[j] = shifted.subtract(polynomial[j].multiply(points[i]), DIGITS);
            }
        }
        return polynomial;
    }

    static float[] float32() {
        BigDecimal[] exact = coefficients(FLOAT32_COEFFICIENTS);
        float[] rounded = new float[exact.length];
        for (int j = 0; j < rounded.length; j++) {
            rounded[j] = exact[j].floatValue();
        }
        return rounded;
    }

    static double[] float64() {
        return Arrays.stream(coefficients(FLOAT64_COEFFICIENTS)).mapToDouble(BigDecimal::doubleValue).toArray();
    }

    private static BigDecimal value(BigDecimal r) {
        BigDecimal term = new BigDecimal("0.5");
        BigDecimal sum = term;
        for (int j = 1; j < TERMS; j++) {
            term = term.multiply(r).divide(BigDecimal.valueOf(j + 2), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }
}
