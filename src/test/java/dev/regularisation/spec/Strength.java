package dev.regularisation.spec;

/** What kind of statement a rule is, and so what it takes to show it. */
public enum Strength {
    /** True of every input by mathematics: shown by properties over generated cases, exactly or within rounding. */
    LAW("law"),
    /** True of the post's experiment: shown at the post's seed, and on every backend where its runs are the post's. */
    CLAIM("claim"),
    /** True on average: shown over many seeds, with a stated false-alarm probability. */
    STOCHASTIC("stochastic"),
    /** Not said by the post: what looking closely at its experiment showed. */
    FINDING("finding");

    private final String title;

    Strength(String title) {
        this.title = title;
    }

    /** As tables print it. */
    public String title() {
        return title;
    }
}
