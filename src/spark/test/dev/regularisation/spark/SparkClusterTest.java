package dev.regularisation.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.cli.CommandRun;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyEngineOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A study on a master and two workers on loopback, to which everything happens that may happen to a cluster. */
@Isolated("a JVM has one SparkContext, which reads the properties of the JVM")
final class SparkClusterTest {

    private static final String STUDY = "study --methods mlp --seeds 300 --train-sizes 20 --validation-size 200 --settings epochs=200 --no-plots";
    private static final int CELLS = 300;

    @TempDir
    private Path folder;

    private List<String> study(String engine, Path out) {
        List<String> args = new ArrayList<>(List.of((STUDY + engine).split(" ")));
        args.addAll(List.of("--out", out.toString()));
        return args;
    }

    private static int rows(Path out) {
        Path file = out.resolve("study.csv");
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.filter(line -> line.startsWith("mlp,")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("a study that begins without workers warns; its driver is killed, its next one interrupted, then a worker is lost: every row "
            + "is there once, and the file is that of local threads to the byte; a cell that throws ends a study with its cause")
    void faults() throws Exception {
        Path out = folder.resolve("spark");
        Files.createDirectories(folder.resolve("cluster"));
        try (Cluster cluster = new Cluster(folder.resolve("cluster"))) {
            List<String> study = study(" --engine spark --master " + cluster.url(), out);
            Process lost;
            int kept;

            Map<String, String> impatient = new HashMap<>(Cluster.properties());
            impatient.put(SparkSettings.QUIET, "1s");
            try (Driver driver = new Driver(folder, impatient, study)) {
                Cluster.await("a warning", driver.process(), () -> driver.out().contains("warning: wanted a row, got none for "));
                assertThat(driver.out()).contains("with 0 workers at work; look whether workers of " + cluster.url());
                lost = cluster.worker();
                cluster.worker();
                Cluster.await("rows", driver.process(), () -> rows(out) >= 3);
                driver.process().destroyForcibly();
                assertThat(driver.end()).isNotZero();
                kept = rows(out);
            }
            assertThat(kept).isBetween(3, CELLS - 1);

            try (Driver driver = new Driver(folder, Cluster.properties(), study)) {
                int before = kept;
                Cluster.await("more rows", driver.process(), () -> rows(out) >= before + 3);
                driver.interrupt();
                assertThat(driver.end()).as("exit code after Ctrl-C").isEqualTo(130);
                assertThat(driver.out()).contains("study: " + CELLS + " runs, " + before + " of them done before");
                assertThat(driver.errors()).contains("study: interrupted; runs under way were dropped").hasLineCount(1);
                kept = rows(out);
            }
            assertThat(kept).isBetween(6, CELLS - 1);

            try (Driver driver = new Driver(folder, Cluster.properties(), study)) {
                int before = kept;
                Cluster.await("more rows", driver.process(), () -> rows(out) >= before + 3);
                Cluster.lose(lost);
                assertThat(driver.end()).as("%s %s", driver.out(), driver.errors()).isZero();
                assertThat(driver.out()).contains("study: " + CELLS + " runs, " + before + " of them done before", " was lost (",
                        "its runs are trained elsewhere", "s left; 1 worker");
                assertThat(driver.errors()).isEmpty();
            }

            Path local = folder.resolve("local");
            assertThat(CommandRun.of(study("", local)).code()).isZero();
            assertThat(out.resolve("study.csv")).hasSameBinaryContentAs(local.resolve("study.csv"));

            failingCell(cluster.url());
        }
    }

    /** In this JVM, whose properties the driver reads. */
    private static void failingCell(String url) {
        Cluster.properties().forEach(System::setProperty);
        try {
            SparkEngine engine = new SparkEngine(SparkSettings.of(new StudyEngineOptions("cpu", Precision.FLOAT32, Optional.empty(), 1,
                    Optional.of(url), OptionalInt.of(1))), Precision.FLOAT32, (cell, place) -> {
                        throw new IllegalArgumentException("seed " + cell.seed() + " is unlucky");
                    });
            assertThatThrownBy(() -> engine.run(new LinearProblem(3, 20, 9, 0.2), Study.grid(List.of(PostExperiment.LINEAR), List.of(20),
                    LongStream.rangeClosed(1, 9).boxed().toList()), row -> { }))
                    .isInstanceOf(IllegalStateException.class)
                    .message().matches("linear at 20 samples, seed \\d: failed on .*: seed \\d is unlucky; finished runs stay .*").hasLineCount(1);
        } finally {
            Cluster.properties().keySet().forEach(System::clearProperty);
        }
    }
}
