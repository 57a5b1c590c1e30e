package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.post.PostExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a study that has ended is as it was then, or is refused in one line. */
final class StudyFileTest {

    @TempDir
    private Path folder;

    private static StudyRow row(long seed) {
        return new StudyRow(StudyCell.asInPost(PostExperiment.LINEAR, 200, seed),
                Map.of(Measure.BEST_EPOCH, 3.0, Measure.BEST_VALIDATION_LOSS, 0.25 + seed), "0123456789abcdef".repeat(4));
    }

    private static List<StudyRow> rows(long... seeds) {
        return LongStream.of(seeds).mapToObj(StudyFileTest::row).toList();
    }

    private StudyFile read(String text) throws IOException {
        return StudyFile.read(Files.writeString(folder.resolve(StudyLog.FILE), text));
    }

    private void refused(String text, String... why) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(why)
                .hasMessageStartingWith(folder.resolve(StudyLog.FILE) + ", line ")
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("\n"));
    }

    private static String edited(String text, Consumer<List<String>> edit) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        edit.accept(lines);
        return String.join("\n", lines) + "\n";
    }

    @Test
    @DisplayName("rows read back, in order once the study has ended; each column is defined above them")
    void roundTrip() throws IOException {
        assertThat(read(StudyFile.begun(rows(2, 1)))).isEqualTo(new StudyFile(rows(2, 1), false,
                StudyFile.begun(rows(2, 1)).length()));
        assertThat(read(StudyFile.ended(rows(2, 1)))).isEqualTo(new StudyFile(rows(1, 2), true,
                StudyFile.ended(rows(1, 2)).length()));
        assertThat(read(StudyFile.ended(List.of())).rows()).isEmpty();
        StudyRow.COLUMNS.forEach(column -> assertThat(StudyFile.begun(List.of())).contains("\n# " + column + ": "));
    }

    @Test
    @DisplayName("a digit changed, rows exchanged, a row lost, one that is foreign, a file cut off: each refused in one line")
    void tampered() {
        String whole = StudyFile.ended(rows(1, 2, 3));
        int last = whole.lines().toList().size() - 1;
        String changed = "rows were changed, moved, lost or added after the study ended";

        refused(whole.replace(",2.25,", ",2.24,"), "wanted 3 rows with SHA-256", "got 3 with", changed);
        refused(edited(whole, lines -> Collections.swap(lines, last, last - 1)), "got 3 with", changed);
        refused(edited(whole, lines -> lines.remove(last - 1)), "got 2 with", changed);
        refused(edited(whole, lines -> lines.add(row(4).line())), "got 4 with", changed);
        refused(whole.substring(0, whole.length() - 9), "got 2 with", "and a line that is cut off", changed);
    }

    @Test
    @DisplayName("whoever makes the digest anew is found where rows are out of order, twice, or not of a run")
    void resealed() {
        String one = StudyFile.ended(rows(1));
        String two = StudyFile.ended(rows(1, 2));
        refused(two.replace(row(1).line() + "\n" + row(2).line(), row(2).line() + "\n" + row(1).line()).replace(sealOf(two),
                sealOf(StudyFile.begun(rows(2, 1)))), "belongs further up");
        refused(two.replace(row(2).line(), row(1).line()).replace(sealOf(two), sealOf(StudyFile.begun(rows(1, 1)))),
                "wanted a run once, got that of line", "again");
        refused(one.replace("linear,", "cubic,").replace(sealOf(one), sealOf(StudyFile.begun(rows(1)).replace("linear,", "cubic,"))),
                "experiment: wanted one of linear, mlp");
    }

    /** The digest of what stands below the seal of a file, or would. */
    private static String sealOf(String text) {
        return StudyFile.sha256(text.substring(text.indexOf("\nmethod,") + 1));
    }

    @Test
    @DisplayName("under way a run may stand twice with one row; another row, another version or another file is refused")
    void underWay() throws IOException {
        assertThat(read(StudyFile.begun(rows(1, 2, 1))).rows()).containsExactlyElementsOf(rows(1, 2));
        StudyRow other = new StudyRow(row(1).cell(), Map.of(Measure.BEST_EPOCH, 4.0), row(1).sha256());
        refused(StudyFile.begun(List.of(row(1), other)), "wanted a run once, got that of line",
                "again, with other best_epoch, best_validation_loss");
        refused(StudyFile.begun(rows(1)).replace("format 3", "format 2"), "line 1: wanted rows of format 3, got format 2");
        refused("method,train_size,strength,seed\nlinear,200,0.0,1\n", "got rows without a format, of an earlier version");
        refused(StudyFile.begun(rows(1)).replace("# seed: seed", "# seed: sowing"), "line 6: wanted \"# seed: seed of every stage\"");
        refused("a,b\n1,2\n", "line 1: wanted \"# regularisation study, format 3");
        refused(StudyFile.begun(List.of()) + "linear,200,0.0,,x\n" + row(1).line() + "\n", "wanted " + StudyRow.COLUMNS.size()
                + " columns, got 5");
    }
}
