package dev.regularisation.spec.rules;

import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.History;
import java.util.stream.IntStream;

/** How the squared L2 norm Σ θ² of all parameters goes on after a quarter of a run. */
public final class Norms {

    /** Rises by more than a fifth in the second half of a run count as growth. */
    public static final double GROWING = 1.2;
    /** A change of less than a tenth, as training at rest shows too, does not. */
    public static final double STEADY = 1.1;

    private Norms() {
    }

    /** Σ θ² by epoch. */
    public static double[] squared(History history) {
        return IntStream.rangeClosed(0, history.epochs()).mapToDouble(history::squaredL2Norm).toArray();
    }

    /** Σ θ² at the end over Σ θ² half way: above 1 where parameters still grow. */
    public static double lateGrowth(History history) {
        return history.squaredL2Norm(history.epochs()) / history.squaredL2Norm(history.epochs() / 2);
    }

    /** The same of a row of a study. */
    public static double lateGrowth(StudyRow run) {
        return run.get(Measure.L2_LAST) / run.get(Measure.L2_HALF);
    }

    /** Σ θ² half way over Σ θ² after a quarter. */
    public static double earlyGrowth(History history) {
        return history.squaredL2Norm(history.epochs() / 2) / history.squaredL2Norm(history.epochs() / 4);
    }

    /** The same of a row of a study. */
    public static double earlyGrowth(StudyRow run) {
        return run.get(Measure.L2_HALF) / run.get(Measure.L2_QUARTER);
    }
}
