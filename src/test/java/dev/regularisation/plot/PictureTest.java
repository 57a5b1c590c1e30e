package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {

    private static final Picture PICTURE = new BarPicture("One bar", "made up", Axis.linear("Value"),
            List.of(BarPicture.Bar.of("Bar", Palette.BLUE, 1)), List.of()).picture();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("the bytes are a PNG of its pixels, 1,200 wide, and the caller's to change")
    void png() {
        byte[] png = PICTURE.png();
        assertThat(png).startsWith(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n');
        assertThat(Pixels.of(png).width()).isEqualTo(1200);
        assertThat(Pixels.of(png).differing(Pixels.of(PICTURE))).isZero();
        png[0] = 0;
        assertThat(PICTURE.png()).startsWith(0x89);
    }

    @Test
    @DisplayName("writes the bytes, making folders, and leaves nothing else behind")
    void writes() throws IOException {
        Path file = folder.resolve("a/b/picture.png");

        PICTURE.writePng(file);

        assertThat(file).hasBinaryContent(PICTURE.png());
        assertThat(names(file.getParent())).containsExactly("picture.png");
    }

    @Test
    @DisplayName("replaces an older file by another one, and does not write into it: who has it open still reads it")
    void replaces() throws IOException {
        Path file = Files.writeString(folder.resolve("picture.png"), "older");
        Path sameFile = Files.createLink(folder.resolve("reader"), file);

        PICTURE.writePng(file);

        assertThat(file).hasBinaryContent(PICTURE.png());
        assertThat(sameFile).hasContent("older");
        assertThat(names(folder)).containsExactly("picture.png", "reader");
    }

    @Test
    @DisplayName("where the name cannot be taken, what was there stays, and no partial file")
    void failingMove() throws IOException {
        Path occupied = Files.createDirectory(folder.resolve("picture.png"));
        Files.writeString(occupied.resolve("older"), "older");

        assertThatIOException().isThrownBy(() -> PICTURE.writePng(occupied));

        assertThat(occupied.resolve("older")).hasContent("older");
        assertThat(names(folder)).containsExactly("picture.png");
    }

    @Test
    @DisplayName("a folder that cannot be written to is an error, and an older file stays as it was")
    void unwritableFolder() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("older.png"), "older");

        assertThatIOException().isThrownBy(() -> PICTURE.writePng(notAFolder.resolve("picture.png")));

        assertThat(notAFolder).hasContent("older");
        assertThat(names(folder)).containsExactly("older.png");
    }

    @Test
    @DisplayName("takes a file name without a folder")
    void nameAlone() throws IOException {
        Path here = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath()).resolve("picture.png");

        PICTURE.writePng(here);

        assertThat(folder.resolve("picture.png")).hasBinaryContent(PICTURE.png());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
