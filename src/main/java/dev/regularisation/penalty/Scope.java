package dev.regularisation.penalty;

import java.util.Locale;

/** Which parameters a penalty reaches. */
public enum Scope {
    /** Every parameter, biases too, as in the post. */
    ALL,
    /** The matrices of weights; biases go free, as statistics has it. */
    WEIGHTS;

    /** Its name in options and files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
