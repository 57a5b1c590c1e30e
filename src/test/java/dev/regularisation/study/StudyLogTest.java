package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study loses no row and repeats none, however it ends. */
final class StudyLogTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    private static final LinearProblem SMALL = new LinearProblem(3, 20, 9, 0.2);

    @TempDir
    private Path folder;

    private static StudyRow row(long seed) {
        Map<Measure, Double> measures = new EnumMap<>(Map.of(Measure.BEST_EPOCH, 3.0, Measure.BEST_VALIDATION_LOSS, 0.1 * seed,
                Measure.FINAL_TRAIN_LOSS, Double.NaN, Measure.L1_LAST, 1e-300, Measure.L2_LAST, Math.PI));
        if (seed == 1) {
            measures.put(Measure.DIVERGED, 7.0);
        }
        return new StudyRow(StudyCell.asInPost(PostExperiment.LINEAR, 200, seed), measures, SHA);
    }

    private Path file() {
        return folder.resolve(StudyLog.FILE);
    }

    @Test
    @DisplayName("rows come back with every bit, in the order of their cells")
    void roundTrip() throws IOException {
        try (StudyLog log = StudyLog.open(folder)) {
            log.add(row(2));
            log.add(row(1));
        }

        try (StudyLog log = StudyLog.open(folder)) {
            assertThat(log.rows()).containsExactly(row(1), row(2));
            assertThat(log.has(row(2).cell())).isTrue();
            assertThat(log.has(row(3).cell())).isFalse();
            assertThat(List.of(1L, 2L, 3L)).filteredOn(seed -> log.diverged(row(seed).cell())).containsExactly(1L);
        }
    }

    @ParameterizedTest(name = "{0} bytes are left of the last line")
    @ValueSource(ints = {0, 1, 7, 60})
    @DisplayName("a line that was being written is dropped, whole lines are kept")
    void tornLine(int left) throws IOException {
        try (StudyLog log = StudyLog.open(folder)) {
            log.add(row(1));
            log.add(row(2));
        }
        String text = Files.readString(file());
        Files.writeString(file(), text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1 + left));

        try (StudyLog log = StudyLog.open(folder)) {
            assertThat(log.rows()).containsExactly(row(1));
            log.add(row(2));
        }

        assertThat(file()).hasContent(text);
    }

    @Test
    @DisplayName("a thread that is told to end, as all are when one has failed, tears no line and closes no file")
    void interrupted() throws IOException {
        try (StudyLog log = StudyLog.open(folder)) {
            Thread.currentThread().interrupt();
            log.add(row(1));
            assertThat(Thread.interrupted()).isTrue();
            log.add(row(2));
        }

        try (StudyLog log = StudyLog.open(folder)) {
            assertThat(log.rows()).containsExactly(row(1), row(2));
        }
    }

    @Test
    @DisplayName("rows of other samples do not meet in one file; an empty study takes the samples of the next")
    void samples() throws IOException {
        StudyBasis one = new StudyBasis(Map.of("data", "a.csv"));
        StudyBasis two = new StudyBasis(Map.of("data", "b.csv", "precision", "float64"));
        Path kept = folder.resolve(StudyBasis.FILE);
        StudyLog.open(folder, one).close();
        assertThat(kept).content().contains("a.csv");
        StudyLog.open(folder).close();
        assertThat(kept).doesNotExist();
        try (StudyLog log = StudyLog.open(folder, two)) {
            log.add(row(2));
            log.end();
            log.add(row(1));
        }
        String text = Files.readString(file());

        assertThatThrownBy(() -> StudyLog.open(folder)).hasMessageContaining("wanted rows of runs on {}, got rows on {")
                .hasMessageContaining("\"b.csv\"").hasMessageContaining("; name another folder");
        assertThat(file()).hasContent(text);
        try (StudyLog log = StudyLog.open(folder, two)) {
            assertThat(log.rows()).containsExactly(row(1), row(2));
        }
        Files.delete(file());
        Files.createDirectory(file());
        assertThatThrownBy(() -> StudyLog.open(folder)).hasMessageContaining("wanted a file, got a folder or device");
    }

    @Test
    @DisplayName("what is left of a header is begun again; a file without a whole line that is none is left alone")
    void tornHeader() throws IOException {
        Files.writeString(file(), "# regularisation study, for");
        try (StudyLog log = StudyLog.open(folder)) {
            log.add(row(1));
        }
        assertThat(file()).hasContent(StudyFile.begun(List.of(row(1))));

        Files.writeString(file(), "mine");
        assertThatThrownBy(() -> StudyLog.open(folder)).hasMessageContaining("study.csv, line 1: wanted \"# regularisation study");
        assertThat(file()).hasContent("mine");
    }

    @Test
    @DisplayName("a study that has ended is sealed; one more run opens it again, and its end seals it anew")
    void extended() throws IOException {
        try (StudyLog log = StudyLog.open(folder)) {
            log.add(row(3));
            log.end();
        }
        assertThat(file()).hasContent(StudyFile.ended(List.of(row(3))));
        try (StudyLog log = StudyLog.open(folder)) {
            log.add(row(1));
            assertThat(file()).hasContent(StudyFile.begun(List.of(row(3), row(1))));
            log.end();
        }
        assertThat(file()).hasContent(StudyFile.ended(List.of(row(1), row(3))));
    }

    @Test
    @DisplayName("studies are merged where they agree: a run twice has one row, and one whose row differs is refused")
    void merged() throws IOException {
        StudyRow other = new StudyRow(row(2).cell(), row(2).measures(), SHA.replace('0', '1'));
        try (StudyLog log = StudyLog.open(folder)) {
            log.merge(Path.of("a"), List.of(row(2), row(1)));
            log.merge(Path.of("b"), List.of(row(2), row(3)));
            assertThatThrownBy(() -> log.merge(Path.of("c"), List.of(other))).hasMessage("c: wanted the same row of a run "
                    + "everywhere, got other history_sha256 for linear at 200 samples, seed 2; audit says which is right");
            log.end();
        }
        assertThat(StudyTable.read(folder).rows()).containsExactly(row(1), row(2), row(3));
    }

    @Test
    @DisplayName("a second study in the same folder is refused while the first one writes")
    void secondStudy() throws IOException {
        try (StudyLog first = StudyLog.open(folder)) {
            assertThatThrownBy(() -> StudyLog.open(folder)).hasMessageContaining(folder + " for this run alone, but another run")
                    .hasMessageContaining(" is writing to it now");
            first.add(row(1));
        }
        try (StudyLog again = StudyLog.open(folder)) {
            assertThat(again.rows()).containsExactly(row(1));
        }
    }

    @Test
    @DisplayName("an interrupted study that goes on leaves the same file as one that was never interrupted")
    void goesOn() throws IOException {
        List<StudyCell> cells = Study.grid(List.of(PostExperiment.LINEAR), List.of(20, 30), List.of(1L, 2L));
        Path other = folder.resolve("uninterrupted");
        try (StudyLog log = StudyLog.open(other)) {
            Study.run(SMALL, cells, log, new LocalThreads(CpuBackend::new, 2), row -> {
            });
        }

        List<StudyCell> ran = new ArrayList<>();
        try (StudyLog log = StudyLog.open(folder)) {
            Study.run(SMALL, cells.subList(2, 3), log, new LocalThreads(CpuBackend::new, 1), row -> ran.add(row.cell()));
        }
        List<StudyCell> reversed = new ArrayList<>(cells);
        Collections.reverse(reversed);
        try (StudyLog log = StudyLog.open(folder)) {
            Study.run(SMALL, reversed, log, new LocalThreads(CpuBackend::new, 1), row -> ran.add(row.cell()));
        }

        assertThat(ran).containsExactlyInAnyOrderElementsOf(cells);
        assertThat(file()).hasSameTextualContentAs(other.resolve(StudyLog.FILE));
    }

    @Test
    @DisplayName("whoever listens to a study hears what its engine says; on one thread the longest run goes first")
    void listeners() throws IOException {
        StudyCell linear = StudyCell.asInPost(PostExperiment.LINEAR, 20, 1);
        StudyCell mlp = StudyCell.asInPost(PostExperiment.MLP, 20, 1);
        List<String> heard = new ArrayList<>();
        StudyListener listener = new StudyListener() {
            @Override
            public void ended(StudyRow row) {
                heard.add(row.cell().method() + " ended");
            }

            @Override
            public void remark(String line) {
                heard.add(line);
            }

            @Override
            public void epochEnded(int runs, int epoch, int epochs) {
                heard.add(runs + " runs: epoch " + epoch + " of " + epochs);
            }
        };

        try (StudyLog log = StudyLog.open(folder)) {
            Study.run(new LinearProblem(2, 20, 5, 0.2), List.of(linear, mlp), log, (problem, cells, told) -> {
                told.remark("no device");
                told.epochEnded(2, 3, 500);
                new LocalThreads(CpuBackend::new, 1).run(problem, cells, told);
            }, listener);
        }

        assertThat(heard).containsExactly("no device", "2 runs: epoch 3 of 500", "mlp ended", "linear ended");
        assertThatThrownBy(() -> new LocalThreads(CpuBackend::new, 0)).hasMessageContaining("threads: wanted at least 1");
    }

    @Test
    @DisplayName("a cell says at once where its strength makes no sense")
    void strengths() {
        assertThatThrownBy(() -> new StudyCell(PostExperiment.MLP, 200, 0.1, 1))
                .hasMessage("mlp: has no strength to turn, wanted 0, got 0.1");
        assertThatThrownBy(() -> new StudyCell(PostExperiment.L1, 200, Double.NaN, 1)).hasMessageContaining("l1: wanted");
        assertThat(new StudyCell(PostExperiment.MINIBATCH, 200, 16, 1).plan().batchSize()).isEqualTo(16);
        assertThat(StudyCell.asInPost(PostExperiment.WEIGHT_DECAY, 200, 1).strength()).isEqualTo(0.085);
    }
}
