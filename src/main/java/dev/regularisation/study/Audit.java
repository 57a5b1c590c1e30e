package dev.regularisation.study;

import dev.regularisation.data.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Checks rows of a study by training some of their plans again. Runs have the same bits on every machine, so that a row is right
 * where all its columns come out again to the last bit, and wrong where any does not, whoever made it.
 *
 * <p>Rows are drawn at random, so that a sample speaks for all: where a share f of the rows is wrong, N rows drawn show none of
 * them with probability at most (1 − f)ᴺ.
 */
public final class Audit {

    private Audit() {
    }

    /**
     * A row that does not come out again.
     *
     * @param recorded what the study says
     * @param again    what came out
     * @param columns  those in which they differ
     */
    public record Difference(StudyRow recorded, StudyRow again, List<String> columns) {
    }

    /**
     * Rows drawn without replacement, each sample equally likely; the same for the same seed on every Java.
     *
     * @param rows  not modified
     * @param count how many; all of them where there are no more
     */
    public static List<StudyRow> sample(List<StudyRow> rows, int count, long seed) {
        List<StudyRow> drawn = new ArrayList<>(rows);
        Random random = new Random(seed);
        int size = Math.min(count, drawn.size());
        for (int i = 0; i < size; i++) {
            Collections.swap(drawn, i, i + random.nextInt(drawn.size() - i));
        }
        return List.copyOf(drawn.subList(0, size));
    }

    /**
     * Trains the plans of rows again.
     *
     * @param problem  whose samples they were trained on
     * @param rows     of different cells
     * @param listener hears of each run that ended
     * @return the rows that do not come out again, in the order of their cells
     */
    public static List<Difference> run(Problem problem, List<StudyRow> rows, StudyEngine engine, StudyListener listener) {
        Map<StudyCell, StudyRow> recorded = new HashMap<>();
        rows.forEach(row -> recorded.put(row.cell(), row));
        List<Difference> differences = Collections.synchronizedList(new ArrayList<>());
        engine.run(problem, rows.stream().map(StudyRow::cell).toList(), listener.after(again -> {
            StudyRow before = recorded.get(again.cell());
            List<String> columns = before.differences(again);
            if (!columns.isEmpty()) {
                differences.add(new Difference(before, again, columns));
            }
        }));
        return differences.stream().sorted(Comparator.comparing(difference -> difference.recorded().cell())).toList();
    }

    /** The share of wrong rows that a sample misses with a probability: 1 − p^(1/N). A larger share it misses more seldom. */
    public static double missedShare(double probability, int rows) {
        return 1 - StrictMath.pow(probability, 1.0 / rows);
    }
}
