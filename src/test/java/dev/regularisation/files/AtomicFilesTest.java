package dev.regularisation.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
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
    @DisplayName("whoever takes a folder removes what killed runs left, and nothing else; refusals are told in words")
    void leftovers() throws IOException {
        String part = ".figures.01234567-89ab-cdef-0123-456789abcdef.part";
        Files.writeString(folder.resolve(part), "half");
        Files.writeString(folder.resolve(".figures.part"), "another's");
        Files.createDirectory(folder.resolve(part.replace('0', '1')));

        try (FolderLock held = FolderLock.of(folder)) {
            assertThatThrownBy(() -> FolderLock.of(folder)).hasMessageContaining("wanted " + folder + " for this run alone, but "
                    + "another run (process " + ProcessHandle.current().pid() + ") is writing to it now");
        }
        AtomicFiles.removeLeftovers(folder.resolve("none"));

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".figures.part", ".lock", part.replace('0', '1'));
        AtomicFiles.requireWritable(folder.resolve("new"));
        assertThat(folder.resolve("new")).isEmptyDirectory();
        assertThatThrownBy(() -> AtomicFiles.requireWritable(folder.resolve(".figures.part/below"))).isInstanceOf(IOException.class);
        // Windows opens no folder.
        assertThat(catchThrowable(() -> new Disk().forceNames(folder.resolve("gone"))) == null)
                .isEqualTo(OS.WINDOWS.isCurrentOs());
        assertThat(AtomicFiles.reason(new AccessDeniedException("a"))).isEqualTo("permission denied");
        assertThat(AtomicFiles.reason(new NoSuchFileException("a"))).isEqualTo("no such file or folder");
        assertThat(AtomicFiles.reason(new FileAlreadyExistsException("a"))).isEqualTo("a file of that name is in the way: a");
        assertThat(AtomicFiles.reason(new FileSystemException("a", "b", "No space left"))).isEqualTo("No space left");
        assertThat(AtomicFiles.reason(new IOException())).isEqualTo("IOException");
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
