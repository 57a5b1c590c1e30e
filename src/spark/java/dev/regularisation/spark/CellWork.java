package dev.regularisation.spark;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.Utils;
import scala.Function2;
import scala.collection.Iterator;

/**
 * What a worker does with its cells: trains them and returns their rows as text. A cell that fails is no failure of the machine, which
 * Spark would give another try: its failure is returned, too, and nothing after it is trained.
 */
final class CellWork implements Function2<TaskContext, Iterator<String[]>, String[]>, Serializable {

    private static final long serialVersionUID = 1;

    /** What a failure begins with; a row begins with a method. */
    private static final String FAILED = "!";

    /** How one cell becomes a row. */
    interface Training extends Serializable {

        /** Trains a cell. */
        StudyRow train(StudyCell cell, Workplace place);
    }

    private final Broadcast<Workplace> place;
    private final Training training;

    CellWork(Broadcast<Workplace> place, Training training) {
        this.place = place;
        this.training = training;
    }

    /** Trains with {@code cpu}. */
    static StudyRow train(StudyCell cell, Workplace place) {
        try (Backend backend = new CpuProvider().create(place.basis().precision())) {
            return cell.train(place.problem(), place.draws(), backend);
        }
    }

    @Override
    public String[] apply(TaskContext context, Iterator<String[]> batches) {
        List<String> lines = new ArrayList<>();
        while (batches.hasNext()) {
            for (String cell : batches.next()) {
                String line = line(cell);
                lines.add(line);
                if (line.startsWith(FAILED)) {
                    return lines.toArray(String[]::new);
                }
            }
        }
        return lines.toArray(String[]::new);
    }

    private String line(String text) {
        StudyCell cell = StudyCell.parse(text);
        try {
            return training.train(cell, place.value()).line();
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // A worker's log has it whole; the driver gets a line.
            e.printStackTrace();
            return FAILED + cell + ": failed on " + Utils.localHostName() + ": "
                    + (e.getMessage() == null ? e.getClass().getName() : e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /**
     * The row of a line.
     *
     * @throws IllegalStateException where the line is the failure of a cell
     */
    static StudyRow row(String line) {
        if (line.startsWith(FAILED)) {
            throw new IllegalStateException(line.substring(FAILED.length()) + "; finished runs stay as they are, the worker's log says more");
        }
        return StudyRow.parse(line);
    }
}
