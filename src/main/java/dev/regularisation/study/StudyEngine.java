package dev.regularisation.study;

import dev.regularisation.data.Problem;
import java.util.List;

/** What carries out the runs of a study. Rows do not depend on which one does. */
public interface StudyEngine {

    /**
     * Trains each cell and hands its row to {@code listener}, in any order.
     *
     * @param problem whose samples are trained on, in the cells' training sizes
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    void run(Problem problem, List<StudyCell> cells, StudyListener listener);
}
