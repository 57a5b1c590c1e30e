package dev.regularisation.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    @DisplayName("content is replaced as a whole, and missing folders are made")
    void replaces() throws IOException {
        Path file = folder.resolve("a/b/figures");

        AtomicFiles.write(file, out -> out.write('1'));
        AtomicFiles.write(file, out -> out.write('2'));

        assertThat(file).hasContent("2");
        assertThat(file.getParent().toFile().list()).containsExactly("figures");
    }
}
