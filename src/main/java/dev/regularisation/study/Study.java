package dev.regularisation.study;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.data.Problem;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
     * @param backends makes a backend for each run
     * @param threads  runs at a time; rows do not depend on it
     * @param ended    hears of each row, on the thread that made it
     */
    public static void run(
            Problem problem, List<StudyCell> cells, StudyLog log, Supplier<Backend> backends, int threads,
            Consumer<StudyRow> ended) throws IOException {
        Draws draws = new Draws();
        List<StudyCell> missing = new TreeSet<>(cells).stream().filter(cell -> !log.has(cell)).toList();
        ParallelRuns.run(missing, cell -> cell.plan().epochs(), cell -> {
            try (Backend backend = backends.get()) {
                StudyRow row = StudyRow.of(cell,
                        TrainingLoop.train(cell.plan(problem), draws, backend, Recording.LOSSES, ProgressListener.NONE));
                log.add(row);
                ended.accept(row);
                return row;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, threads);
        log.sort();
    }
}
