package dev.regularisation.spec.rules;

import java.util.Locale;
import java.util.StringJoiner;

/** Numbers as pages print them, the same under every locale. */
final class Text {

    private Text() {
    }

    /** {@link String#format} in the root locale. */
    static String of(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A table with a header, columns of one length, every digit kept; whole numbers, such as seeds, without a point. */
    static String csv(String header, double[]... columns) {
        StringBuilder csv = new StringBuilder(header).append('\n');
        for (int row = 0; row < columns[0].length; row++) {
            StringJoiner line = new StringJoiner(",");
            for (double[] column : columns) {
                double value = column[row];
                line.add(value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value));
            }
            csv.append(line).append('\n');
        }
        return csv.toString();
    }
}
