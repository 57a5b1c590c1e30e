package dev.regularisation.study;

import dev.regularisation.data.Problem;
import dev.regularisation.post.PostExperiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Many runs: methods × training sizes × seeds at the post's strengths, and methods × strengths × seeds at one size. */
public final class Study {

    private Study() {
    }

    /** Every method at every size and seed, at the strengths of the post. */
    public static List<StudyCell> grid(List<PostExperiment> methods, List<Integer> trainSizes, List<Long> seeds) {
        List<StudyCell> cells = new ArrayList<>();
        methods.forEach(method -> trainSizes.forEach(size ->
                seeds.forEach(seed -> cells.add(StudyCell.asInPost(method, size, seed)))));
        return cells;
    }

    /** One method at every strength, size and seed. */
    public static List<StudyCell> strengths(
            PostExperiment method, List<Double> strengths, List<Integer> trainSizes, List<Long> seeds) {
        List<StudyCell> cells = new ArrayList<>();
        strengths.forEach(strength -> trainSizes.forEach(size ->
                seeds.forEach(seed -> cells.add(new StudyCell(method, size, strength, seed)))));
        return cells;
    }

    /**
     * Runs the cells that {@code log} does not have yet, and puts each on disk as it ends.
     *
     * @param problem  whose samples are trained on, in the cells' training sizes
     * @param cells    duplicates count once
     * @param engine   carries out the runs
     * @param listener hears of each row when it is on disk
     */
    public static void run(
            Problem problem, List<StudyCell> cells, StudyLog log, StudyEngine engine, StudyListener listener)
            throws IOException {
        List<StudyCell> missing = new TreeSet<>(cells).stream().filter(cell -> !log.has(cell)).toList();
        engine.run(problem, missing, listener.after(row -> {
            try {
                log.add(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        log.end();
    }
}
