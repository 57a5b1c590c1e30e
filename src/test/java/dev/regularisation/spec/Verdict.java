package dev.regularisation.spec;

import java.util.Locale;

/** How a statement stands after it was tried. */
public enum Verdict {
    /** As said. */
    HOLDS("holds"),
    /** Shown false as said, and shown with a qualification. */
    QUALIFIED("holds with a qualification"),
    /** Shown false, and so is its qualification where it has one; what is true instead is shown. */
    NOT_SUPPORTED("not supported"),
    /** Nothing can be shown at the stated level. */
    UNDECIDED("undecided");

    private final String title;

    Verdict(String title) {
        this.title = title;
    }

    /** As tables print it. */
    public String title() {
        return title;
    }

    /** The verdict of that {@link #title()}. */
    public static Verdict titled(String title) {
        for (Verdict verdict : values()) {
            if (verdict.title.equals(title.strip().toLowerCase(Locale.ROOT))) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("verdict: wanted \"holds\", \"holds with a qualification\", \"not supported\" or "
                + "\"undecided\", got \"" + title + "\"");
    }
}
