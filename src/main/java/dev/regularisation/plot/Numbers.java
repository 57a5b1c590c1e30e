package dev.regularisation.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as pictures print them. */
final class Numbers {

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {
    }

    /** A loss or norm: four decimals, as the post prints them, where that says something. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "minus infinite";
        }
        double size = Math.abs(value);
        if (size >= 1e6 || size != 0 && size < 1e-3) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%,.1f" : size >= 10 ? "%.2f" : "%.4f", value);
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A setting, as short as it can be said. */
    static String setting(double value) {
        double size = Math.abs(value);
        return size != 0 && size < 1e-3 || size >= 1e6 ? scientific(value) : plain(value);
    }

    /** Without an exponent, at most six significant digits. */
    static String plain(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        return rounded.scale() <= 0
                ? String.format(Locale.ROOT, "%,d", rounded.toBigInteger())
                : rounded.toPlainString();
    }

    /** A tick of a linear axis, with the decimals that its step has. */
    static String tick(double value, double step) {
        double size = Math.abs(value);
        if (size < step / 2) {
            return "0";
        }
        return (size >= 1e6 || step < 1e-5 ? scientific(value) : plain(value)).replace('-', '−');
    }

    /** 10ⁿ. */
    static String powerOfTen(int exponent) {
        return "10" + Integer.toString(exponent).chars()
                .mapToObj(c -> c == '-' ? "⁻" : SUPERSCRIPTS.substring(c - '0', c - '0' + 1)).collect(Collectors.joining());
    }

    private static String scientific(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
