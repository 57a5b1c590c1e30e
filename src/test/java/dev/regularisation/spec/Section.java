package dev.regularisation.spec;

/** The sections of the report, in the order of the post. */
public enum Section {
    SETUP("Experimental setup"),
    BENCHMARKS("Benchmarks"),
    WEIGHT_DECAY("Weight decay (L2)"),
    L1("L1"),
    MINIBATCHES("Minibatches"),
    DROPOUT("Dropout"),
    COMPARISON("Comparison"),
    MORE_DATA("More data"),
    REMARKS("Remarks and figures");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    /** As headings print it. */
    public String title() {
        return title;
    }

    /** With its place before it, so that sorting by name keeps the order of the post. */
    public String ordered() {
        return "%02d %s".formatted(ordinal() + 1, title);
    }
}
