package dev.regularisation.spec.rules;

import java.util.Locale;

/** Conditions that a rule demands. A comparison with NaN is false, so NaN never passes. */
final class Check {

    private Check() {
    }

    /**
     * Throws unless {@code holds}.
     *
     * @param message what is wrong, as a format of {@code values}
     */
    static void that(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new AssertionError(text(message, values));
        }
    }

    /** A format filled in, alike in every country. */
    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
