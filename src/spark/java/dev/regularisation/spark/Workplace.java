package dev.regularisation.spark;

import dev.regularisation.data.Draws;
import dev.regularisation.data.Problem;
import dev.regularisation.data.TableProblem;
import dev.regularisation.study.StudyBasis;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkFiles;

/**
 * What all cells of a study share, on its way to a worker and there: one to a worker, as Spark broadcasts it, so that samples which
 * were drawn for one run serve the next. Safe for use by several threads.
 */
final class Workplace implements Serializable {

    private static final long serialVersionUID = 1;

    private final String basis;
    private final int trainSize;
    private transient Problem problem;
    private transient Draws draws;

    /** The place where runs on {@code problem} are trained, which {@code basis} describes. */
    Workplace(StudyBasis basis, Problem problem) {
        this.basis = basis.toString();
        this.trainSize = problem.trainSize();
    }

    /** The file of a problem's samples, which a worker gets under its own name; empty where they are drawn. */
    static Optional<Path> file(Problem problem) {
        return Optional.ofNullable(problem.settings().get(TableProblem.DATA)).map(file -> Path.of(file.toString()));
    }

    synchronized Problem problem() {
        if (problem == null) {
            StudyBasis shared = StudyBasis.parse(basis);
            Problem there = shared.problem(shared.data().map(name -> Path.of(SparkFiles.get(name))), trainSize);
            StudyBasis made = StudyBasis.of(there, shared.precision(), Optional.empty());
            if (!made.equals(shared)) {
                throw new IllegalStateException("samples: wanted those of " + shared + " on a worker, got " + made
                        + "; give driver and workers one version of the program");
            }
            problem = there;
        }
        return problem;
    }

    synchronized Draws draws() {
        if (draws == null) {
            draws = new Draws();
        }
        return draws;
    }

    StudyBasis basis() {
        return StudyBasis.parse(basis);
    }
}
