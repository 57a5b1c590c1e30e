package dev.regularisation.study;

import java.util.function.Consumer;

/** Hears of a study under way, from whichever thread. */
public interface StudyListener {

    /** A run ended. */
    void ended(StudyRow row);

    /** Something a user should know, in one line. */
    default void remark(String line) {
    }

    /** So many workers of a cluster, usually one on a machine, train runs now. */
    default void atWork(int workers) {
    }

    /** One that does something with each row before this one hears of it; what else is said, this one hears as it is. */
    default StudyListener after(Consumer<StudyRow> first) {
        StudyListener told = this;
        return new StudyListener() {
            @Override
            public void ended(StudyRow row) {
                first.accept(row);
                told.ended(row);
            }

            @Override
            public void remark(String line) {
                told.remark(line);
            }

            @Override
            public void atWork(int workers) {
                told.atWork(workers);
            }

            @Override
            public void epochEnded(int runs, int epoch, int epochs) {
                told.epochEnded(runs, epoch, epochs);
            }
        };
    }

    /** Runs that are trained together have all ended an epoch, of {@code epochs}. */
    default void epochEnded(int runs, int epoch, int epochs) {
    }
}
