package dev.regularisation.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.cli.CommandRun;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngineOptions;
import dev.regularisation.study.StudyEngineProvider;
import dev.regularisation.study.StudyEngines;
import dev.regularisation.study.StudyRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The engine without a cluster: Spark with two threads of this JVM. */
@Isolated("a JVM has one SparkContext, which reads the properties of the JVM")
final class SparkEngineTest {

    private static final String LOCAL = "local[2]";
    private static final LinearProblem SMALL = new LinearProblem(3, 20, 9, 0.2);

    @TempDir
    private Path folder;

    private CommandRun run(String command, String... names) {
        return CommandRun.of(Stream.of(String.format(command, Stream.of(names).map(folder::resolve).toArray()).split(" "))
                .map(word -> word.replace('_', ' ')).toList());
    }

    private static StudyEngineOptions options(String master, String backend) {
        return new StudyEngineOptions(backend, Precision.FLOAT32, Optional.empty(), 1, Optional.ofNullable(master), OptionalInt.empty());
    }

    private static List<StudyCell> cells(int seeds) {
        return Study.grid(List.of(PostExperiment.LINEAR), List.of(20), LongStream.rangeClosed(1, seeds).boxed().toList());
    }

    @Test
    @DisplayName("spark is found beside local; a study in float64 with settings, and one of a table, are the local ones to the byte, and "
            + "audits on either engine agree")
    void sameBytes() {
        assertThat(StudyEngines.all()).extracting(StudyEngineProvider::name).containsExactly("local", "spark");
        for (String study : List.of(
                "study --methods linear,mlp-l2 --l2 0.1 --seeds 3 --train-sizes 20,30 --validation-size 30 --noise 0.3 --precision float64 "
                        + "--settings activation=tanh_epochs=9 --no-plots",
                "study --methods linear,mlp --seeds 2 --train-sizes 50 --data src/docs/data/diabetes.csv --target progression "
                        + "--settings epochs=9 --no-plots")) {
            String name = study.contains("--data") ? "table" : "drawn";
            assertThat(run(study + " --out %s", name + "-local").code()).isZero();

            CommandRun there = run(study + " --engine spark --master " + LOCAL + " --out %s", name + "-spark");

            assertThat(there.err()).isEmpty();
            assertThat(folder.resolve(name + "-spark/study.csv")).hasSameBinaryContentAs(folder.resolve(name + "-local/study.csv"));
            String data = study.contains("--data") ? " --data src/docs/data/diabetes.csv" : "";
            assertThat(run("audit --study %s --engine spark --master " + LOCAL + data, name + "-local").out())
                    .contains(" rows came out again to the last bit; that is all of them");
        }
    }

    @Test
    @DisplayName("a cell that throws is tried once, ends the study at once, and says which it was; rows before it arrived")
    void failure() {
        SparkEngine engine = new SparkEngine(SparkSettings.of(options(LOCAL, "cpu")), Precision.FLOAT32, (cell, place) -> {
            if (cell.seed() == 3) {
                throw new IllegalArgumentException("no such luck\nat all");
            }
            return CellWork.train(cell, place);
        });
        List<StudyRow> rows = Collections.synchronizedList(new ArrayList<>());

        assertThatThrownBy(() -> engine.run(SMALL, cells(400), rows::add)).isInstanceOf(IllegalStateException.class)
                .message().startsWith("linear at 20 samples, seed 3: failed on ").contains(": no such luck; finished runs stay").hasLineCount(1);
        assertThat(rows).hasSizeBetween(0, 200).extracting(row -> row.cell().seed()).doesNotContain(3L);
    }

    @Test
    @DisplayName("an interrupt ends the study as one of local threads, and the thread stays interrupted; what the listener throws comes back")
    void interrupted() throws Exception {
        SparkEngine engine = new SparkEngine(SparkSettings.of(options(LOCAL, "cpu")), Precision.FLOAT32);
        CountDownLatch arrived = new CountDownLatch(3);
        FutureTask<Boolean> study = new FutureTask<>(() -> {
            try {
                engine.run(SMALL, cells(5_000), row -> arrived.countDown());
                return false;
            } catch (CancellationException e) {
                return Thread.currentThread().isInterrupted();
            }
        });
        Thread thread = new Thread(study);
        thread.start();
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(study.get(60, TimeUnit.SECONDS)).isTrue();

        FutureTask<Void> full = new FutureTask<>(() -> {
            engine.run(SMALL, cells(50), row -> {
                throw new UncheckedIOException(new IOException("disk full"));
            });
            return null;
        });
        new Thread(full).start();
        assertThatThrownBy(() -> full.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                .cause().isInstanceOf(UncheckedIOException.class).hasMessageContaining("disk full");
    }

    @Test
    @DisplayName("of many cells several make a task: each has some of all lengths, none is lost")
    void batches() {
        List<StudyCell> cells = new ArrayList<>(cells(30_000));
        List<StudyCell> longer = cells(5).stream().map(cell -> StudyCell.asInPost(PostExperiment.L1, 20, cell.seed())).toList();
        cells.addAll(longer);

        List<String[]> batches = SparkEngine.batches(cells, SMALL);

        assertThat(batches).hasSize(20_000).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 2));
        assertThat(batches.subList(0, 5)).allSatisfy(batch -> assertThat(batch[0]).startsWith("mlp-l1,"));
        assertThat(batches.stream().flatMap(Arrays::stream).map(StudyCell::parse)).containsExactlyInAnyOrderElementsOf(cells);
    }

    @Test
    @DisplayName("where Spark gives up: workers of another version are named as such, any other reason beside the master, in one line")
    void gaveUp() {
        assertThat(SparkEngine.gaveUp(new SparkException("Job aborted: java.io.InvalidClassException: org.apache.spark.rdd.RDD; local class "
                + "incompatible\n\tat somewhere"), LOCAL)).hasMessage("spark: wanted workers of the driver's version, Spark "
                + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", got another (Job aborted: java.io.InvalidClassException: "
                + "org.apache.spark.rdd.RDD; local class incompatible); give cluster and driver one version")
                .hasCauseInstanceOf(SparkException.class);
        assertThat(SparkEngine.gaveUp(new SparkException("All masters are unresponsive\n\tat somewhere"), "spark://host:7077"))
                .hasMessage("spark: wanted all rows from spark://host:7077, got SparkException: All masters are unresponsive; finished runs "
                        + "stay as they are, and the same command goes on");
        assertThat(SparkEngine.gaveUp(new IllegalStateException(), LOCAL)).hasMessageContaining("got IllegalStateException: null; ");
    }

    @Test
    @DisplayName("what cannot be is refused before a file is touched, in one line: no master, one that does not answer, another backend, "
            + "another Spark")
    void refused() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        String answer = "master: wanted one that answers at spark://127.0.0.1:" + closed + ", got Connection refused; start it";
        System.setProperty("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        try {
            Map.of("", "master: wanted the URL of a Spark master, such as spark://host:7077 or local[2], got none; give --master",
                    "--master spark://nowhere", "master: wanted spark://host:port, got spark://nowhere; mend --master",
                    "--master spark://127.0.0.1:" + closed, answer,
                    "--master local[2] --cores 2", "cores: wanted none with master local[2], got 2; leave it out, and say local[2]",
                    "--master local[2] --threads 2", "threads: wanted none with engine spark",
                    "--master local[2] --backend opencl", "backend: wanted cpu with engine spark, since workers have no other, got opencl"
            ).forEach((options, complaint) -> {
                CommandRun refused = run(("study --engine spark " + options + " --out %s").replace("  ", " "), "out");

                assertThat(refused.err()).as(options).contains(complaint).hasLineCount(1);
                assertThat(refused.code()).isEqualTo(complaint.equals(answer) ? 1 : 2);
                assertThat(folder.resolve("out")).doesNotExist();
            });
        } finally {
            System.clearProperty("spark.executor.extraClassPath");
        }
        assertThatThrownBy(() -> SparkProvider.requireVersion("4.1.1")).isInstanceOf(IllegalStateException.class)
                .hasMessage("spark: wanted Spark 4.2 on the class path, got 4.1.1; submit with a Spark of that version, to a cluster of the same");
        assertThatThrownBy(() -> SparkSettings.of(options("spark://127.0.0.1:7077", "cpu")))
                .hasMessageContaining("program: wanted jars to send to workers, got the folder ");
    }
}
