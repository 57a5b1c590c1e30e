package dev.regularisation.spec;

/** What evidence does to a predicate. */
public enum Outcome {
    /** It is true, at the stated level or by an exact argument. */
    SHOWN("shown"),
    /** It is false, by the same standard. */
    REFUTED("refuted"),
    /** Neither can be said. */
    OPEN("open");

    private final String title;

    Outcome(String title) {
        this.title = title;
    }

    /** As tables print it. */
    public String title() {
        return title;
    }
}
