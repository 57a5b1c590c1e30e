package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.golden.GoldenUpdate.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An update writes what changed and nothing else, and only when it may. */
final class GoldenUpdateTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path folder;
    private GoldenUpdate update;

    /** Three golden files: one as the tests got it, one that drifted, one that no test makes. */
    @BeforeEach
    void goldenFiles() throws IOException {
        update = new GoldenUpdate(Files.createDirectory(folder.resolve("golden")), Files.createDirectory(folder.resolve("got")));
        for (String name : List.of("same.txt", "drifted.txt", "orphan.txt")) {
            Files.setLastModifiedTime(Files.writeString(update.approved().resolve(name), "old\n"), LONG_AGO);
        }
        Files.writeString(update.received().resolve("same.txt"), "old\n");
        Files.writeString(update.received().resolve("drifted.txt"), "new\n");
        Files.writeString(update.received().resolve("added.txt"), "new\n");
    }

    private String approved(String name) throws IOException {
        return Files.readString(update.approved().resolve(name));
    }

    private List<String> approvedNames() throws IOException {
        try (Stream<Path> files = Files.list(update.approved())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void assertUntouched() throws IOException {
        assertThat(approvedNames()).containsExactly("drifted.txt", "orphan.txt", "same.txt");
        for (String name : approvedNames()) {
            assertThat(approved(name)).isEqualTo("old\n");
            assertThat(Files.getLastModifiedTime(update.approved().resolve(name))).isEqualTo(LONG_AGO);
        }
    }

    @Test
    @DisplayName("what changed is rewritten, what is new added, an orphan removed, and an unchanged file not touched")
    void wholeRun() throws IOException {
        assertThat(update.update()).containsExactly("added.txt", "drifted.txt", "orphan.txt (removed)");

        assertThat(approvedNames()).as("and no temporary file").containsExactly("added.txt", "drifted.txt", "same.txt");
        assertThat(approved("drifted.txt")).isEqualTo("new\n");
        assertThat(Files.getLastModifiedTime(update.approved().resolve("same.txt"))).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(update.approved().resolve("drifted.txt"))).isNotEqualTo(LONG_AGO);
    }

    @Test
    @DisplayName("a rewritten file is replaced: who has the old one open reads the old one to its end")
    void replaced() throws IOException {
        try (var open = Files.newBufferedReader(update.approved().resolve("drifted.txt"))) {
            update.update();

            assertThat(open.readLine()).isEqualTo("old");
            assertThat(approved("drifted.txt")).isEqualTo("new\n");
        }
    }

    @Test
    @DisplayName("a second update finds nothing to write")
    void twice() throws IOException {
        update.update();
        for (String name : approvedNames()) {
            Files.setLastModifiedTime(update.approved().resolve(name), LONG_AGO);
        }

        assertThat(update.update()).isEmpty();
        for (String name : approvedNames()) {
            assertThat(Files.getLastModifiedTime(update.approved().resolve(name))).isEqualTo(LONG_AGO);
        }
    }

    @Test
    @DisplayName("refused in continuous integration, after a failure and after a partial run, with the remedy")
    void refused() {
        assertThat(GoldenUpdate.refusal(Run.WHOLE_AND_PASSING, true)).get().asString()
                .contains("not updated where CI is set").contains("developer's machine");
        assertThat(GoldenUpdate.refusal(Run.WHOLE, false)).get().asString().contains("repair what failed");
        assertThat(GoldenUpdate.refusal(Run.PARTIAL, false)).get().asString().contains("leave out -Dtest");
        assertThat(GoldenUpdate.refusal(Run.WHOLE_AND_PASSING, false)).isEmpty();
    }

    @Test
    @DisplayName("without a request nothing is written; a golden file that no test makes is a problem of a whole run")
    void notAsked() throws IOException {
        assertThat(update.orphansAreProblems(Run.WHOLE)).singleElement().asString()
                .contains("orphan.txt").contains("no test makes it");
        assertThat(update.orphansAreProblems(Run.PARTIAL)).isEmpty();
        assertUntouched();
    }
}
