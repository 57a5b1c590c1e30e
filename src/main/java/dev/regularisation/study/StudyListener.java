package dev.regularisation.study;

/** Hears of a study under way, from whichever thread. */
public interface StudyListener {

    /** A run ended. */
    void ended(StudyRow row);

    /** Something a user should know, in one line. */
    default void remark(String line) {
    }

    /** Runs that are trained together have all ended an epoch, of {@code epochs}. */
    default void epochEnded(int runs, int epoch, int epochs) {
    }
}
