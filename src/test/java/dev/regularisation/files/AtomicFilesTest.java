package dev.regularisation.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file has its old content or its new one. */
final class AtomicFilesTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a failure in the middle leaves the old content and no other file")
    void failureInTheMiddle() throws IOException {
        Path file = Files.writeString(folder.resolve("figures"), "old");

        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
            out.write("half of the n".getBytes(StandardCharsets.UTF_8));
            throw new IOException("disk full");
        })).hasMessage(file + " (disk full)");

        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("figures");
    }

    @Test
    @DisplayName("every content is on the disk before the first name changes, and the names before the call returns")
    void outlivesALossOfPower() throws IOException {
        List<String> calls = new ArrayList<>();
        Map<Path, AtomicFiles.Content> contents = new TreeMap<>();
        for (String name : List.of("history", "summary")) {
            contents.put(folder.resolve(name), out -> out.write(name.getBytes(StandardCharsets.UTF_8)));
        }

        AtomicFiles.writeTogether(contents, new Disk() {
            @Override
            void force(Path file) throws IOException {
                super.force(file);
                calls.add("force " + Files.readString(file));
            }

            @Override
            void rename(Path from, Path to) throws IOException {
                super.rename(from, to);
                calls.add("rename " + to.getFileName());
            }

            @Override
            void forceNames(Path names) throws IOException {
                super.forceNames(names);
                assertThat(names).isEqualTo(folder.toAbsolutePath());
                calls.add("force names");
            }
        });

        assertThat(calls).containsExactly(
                "force history", "force summary", "rename history", "rename summary", "force names");
    }

    @Test
    @DisplayName("content is replaced as a whole, and missing folders are made")
    void replaces() throws IOException {
        Path file = folder.resolve("a/b/figures");

        AtomicFiles.write(file, out -> out.write('1'));
        AtomicFiles.write(file, out -> out.write('2'));

        assertThat(file).hasContent("2");
        assertThat(file.getParent().toFile().list()).containsExactly("figures");
    }
}
