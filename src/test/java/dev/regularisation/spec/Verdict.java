package dev.regularisation.spec;

/** How a statement of the post stands after it was tried. */
public enum Verdict {
    /** As stated. */
    HOLDS("holds"),
    /** With a qualification, which the rule states. */
    QUALIFIED("holds with a qualification"),
    /** Not supported; the rule states what is true instead, and the suite asserts that. */
    NOT_SUPPORTED("not supported");

    private final String title;

    Verdict(String title) {
        this.title = title;
    }

    /** As tables print it. */
    public String title() {
        return title;
    }
}
