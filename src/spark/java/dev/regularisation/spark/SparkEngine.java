package dev.regularisation.spark;

import dev.regularisation.backend.Precision;
import dev.regularisation.data.Problem;
import dev.regularisation.study.StudyBasis;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.ShutdownHookManager;
import scala.Function2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Trains the cells of a study on the workers of a Spark cluster, the longest first. A row is on the driver as soon as its task has
 * ended; a worker that is lost has its cells trained by another, so that every row arrives once; a cell that fails ends the study with
 * its cause. The context, with the cluster's cores, lasts as long as the study.
 */
final class SparkEngine implements StudyEngine {

    /** A task costs a millisecond or two and some memory of the driver; with more cells than this several make a task. */
    private static final int MOST_TASKS = 20_000;
    private static final String INTERRUPT_TASKS = "spark.job.interruptOnCancel";
    private static final String ANOTHER_VERSION = "InvalidClassException";

    private final SparkSettings settings;
    private final Precision precision;
    private final CellWork.Training training;

    /** An engine that trains with {@code cpu} in {@code precision}. */
    SparkEngine(SparkSettings settings, Precision precision) {
        this(settings, precision, CellWork::train);
    }

    /** An engine that trains cells in another way. */
    SparkEngine(SparkSettings settings, Precision precision, CellWork.Training training) {
        this.settings = settings;
        this.precision = precision;
        this.training = training;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException where a cell failed, or Spark gave up, with the cause in one line
     */
    @Override
    public void run(Problem problem, List<StudyCell> cells, StudyListener listener) {
        if (cells.isEmpty()) {
            return;
        }
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        boolean interrupted = false;
        JavaSparkContext context = null;
        try {
            context = new JavaSparkContext(settings.conf());
            try (Watch watch = new Watch(context.sc(), settings, listener)) {
                run(context, problem, cells, (task, lines) -> {
                    try {
                        for (String line : lines) {
                            listener.ended(CellWork.row(line));
                            watch.arrived();
                        }
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                        // Ends the job.
                        throw e;
                    }
                    return BoxedUnit.UNIT;
                });
            }
        } catch (Exception e) {
            // Scala does not declare that it may be interrupted.
            interrupted = e instanceof InterruptedException || Thread.interrupted();
            throw interrupted || ShutdownHookManager.inShutdown()
                    ? new CancellationException("interrupted while runs were under way")
                    : failure.get() == null ? gaveUp(e, settings.master()) : failure.get();
        } finally {
            if (context != null) {
                if (!context.sc().isStopped()) {
                    // What is still to do must not be handed to workers that are being sent home.
                    context.sc().cancelAllJobs();
                }
                context.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(JavaSparkContext context, Problem problem, List<StudyCell> cells, Function2<Object, String[], BoxedUnit> arrival) {
        SparkContext scala = context.sc();
        scala.setLocalProperty(INTERRUPT_TASKS, "true");
        Workplace.file(problem).ifPresent(file -> context.addFile(file.toUri().toString()));
        Broadcast<Workplace> place = context.broadcast(
                new Workplace(StudyBasis.of(problem, precision, Optional.empty()), problem));
        List<String[]> batches = batches(cells, problem);
        JavaRDD<String[]> work = context.parallelize(batches, batches.size());
        Seq<Object> tasks = CollectionConverters.asScala(IntStream.range(0, batches.size()).<Object>mapToObj(task -> task).toList()).toSeq();
        scala.runJob(work.rdd(), new CellWork(place, training), tasks, arrival, ClassTag$.MODULE$.apply(String[].class));
    }

    /** The longest first, so that no long one is left when all others have ended; of many, each batch has some of all lengths. */
    static List<String[]> batches(List<StudyCell> cells, Problem problem) {
        List<StudyCell> order = new ArrayList<>(cells);
        order.sort(Comparator.comparingInt((StudyCell cell) -> cell.plan(problem).epochs()).reversed());
        int tasks = Math.min(MOST_TASKS, order.size());
        return IntStream.range(0, tasks).mapToObj(task -> IntStream.iterate(task, i -> i < order.size(), i -> i + tasks)
                .mapToObj(i -> order.get(i).line()).toArray(String[]::new)).toList();
    }

    /** What is said when Spark gives up at a master, with its reason in one line. */
    static IllegalStateException gaveUp(Exception e, String master) {
        String message = String.valueOf(e.getMessage());
        String reason = message.lines().findFirst().orElse("").strip();
        if (message.contains(ANOTHER_VERSION)) {
            return new IllegalStateException("spark: wanted workers of the driver's version, Spark "
                    + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", got another (" + reason
                    + "); give cluster and driver one version", e);
        }
        return new IllegalStateException("spark: wanted all rows from " + master + ", got " + e.getClass().getSimpleName() + ": "
                + reason + "; finished runs stay as they are, and the same command goes on", e);
    }
}
