package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Golden files under hostile conditions: updates that are killed or cannot write, files that nobody may write. */
final class HostileGoldenTest {

    private static final long LIMIT_SECONDS = 60;

    @TempDir
    private Path folder;

    private static String text(double value) {
        return new GoldenText("A test").put("loss", value).toString();
    }

    private Path made(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no named pipe in a folder to stop an update at a file by")
    @DisplayName("kill -9 in the middle of an update: every golden file is whole, the old one or the new; a rerun makes the rest new")
    void killed() throws Exception {
        Path approved = made("approved");
        Path received = made("received");
        for (String name : List.of("a.txt", "b.txt", "c.txt")) {
            Files.writeString(approved.resolve(name), text(1));
            Files.writeString(received.resolve(name), text(2));
        }
        Path stop = received.resolve("b.txt");
        Files.delete(stop);
        assertThat(new ProcessBuilder("mkfifo", stop.toString()).start().waitFor()).isZero();

        Process update = start(approved, received);
        // A pipe opens for writing at the moment that the update, which has done a.txt, opens it for reading.
        CompletableFuture.supplyAsync(() -> open(stop)).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        update.destroyForcibly().waitFor();

        assertThat(files(approved)).isEqualTo(Map.of("a.txt", text(2), "b.txt", text(1), "c.txt", text(1)));
        Files.delete(stop);
        Files.writeString(stop, text(2));
        assertThat(new GoldenUpdate(approved, received).update()).containsExactly("b.txt", "c.txt");
        assertThat(files(approved)).isEqualTo(files(received));
    }

    private Process start(Path approved, Path received) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), InterruptibleUpdate.class.getName(), approved.toString(),
                received.toString()).redirectError(folder.resolve("stderr").toFile()).start();
    }

    private static OutputStream open(Path pipe) {
        try {
            return Files.newOutputStream(pipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("what a killed update left half-written is an orphan that fails the gate, and the next update removes it")
    void halfWritten() throws IOException {
        Path approved = made("approved");
        Path received = made("received");
        Files.writeString(approved.resolve("a.txt"), text(1));
        Files.writeString(received.resolve("a.txt"), text(1));
        String half = ".a.txt.123e4567-e89b-12d3-a456-426614174000.part";
        Files.writeString(approved.resolve(half), "half of what was to be wri");
        GoldenUpdate update = new GoldenUpdate(approved, received);

        assertThat(update.orphansAreProblems(GoldenUpdate.Run.WHOLE)).hasSize(1).first().asString().contains(half)
                .contains("mvn verify -Dgolden=update removes it");
        assertThat(update.update()).containsExactly(half + " (removed)");
        assertThat(files(approved)).isEqualTo(Map.of("a.txt", text(1)));
    }

    @Test
    @DisplayName("a golden file that is read-only is compared as any other, and an unchanged one is not touched by an update")
    void readOnly() throws IOException {
        Path approved = Files.writeString(made("approved").resolve("a.txt"), text(1));
        Path received = Files.writeString(made("received").resolve("a.txt"), text(1));
        assertThat(approved.toFile().setReadOnly()).isTrue();
        FileTime written = Files.getLastModifiedTime(approved);

        assertThatCode(() -> check(approved, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(approved, 2)).isInstanceOf(AssertionError.class).hasMessageContaining("1 of 1 values differ");
        assertThat(new GoldenUpdate(approved.getParent(), received.getParent()).update()).isEmpty();
        assertThat(Files.getLastModifiedTime(approved)).isEqualTo(written);
    }

    private static void check(Path approved, double got) throws IOException {
        GoldenFolder.check(approved, new GoldenText("A test").put("loss", got), (name, type, content) -> {
        });
    }

    @Test
    @DisplayName("an update into a folder that cannot be written, below a file or with a folder in the way, fails and names it; "
            + "golden files stay")
    void unwritable() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "earlier");
        Path approved = made("approved");
        Path received = made("received");
        Files.writeString(approved.resolve("a.txt"), text(1));
        Files.createDirectories(approved.resolve("b.txt/full"));
        Files.writeString(received.resolve("b.txt"), text(2));

        assertThatIOException().isThrownBy(() -> new GoldenUpdate(file.resolve("golden"), received).update())
                .withMessageContaining(file.toString());
        assertThatIOException().isThrownBy(() -> new GoldenUpdate(approved, received).update());
        assertThat(file).hasContent("earlier");
        assertThat(approved.resolve("a.txt")).hasContent(text(1).stripTrailing());
        assertThat(approved).isDirectoryNotContaining("glob:**.part");
    }

    @Property(tries = 200)
    @Label("any bytes as a golden file, and any byte of one changed: a failure that says the file is damaged, never that the "
            + "results changed")
    void anyBytes(@ForAll byte[] bytes, @ForAll @IntRange(min = 0, max = 10_000) int position, @ForAll byte other)
            throws IOException {
        Path file = Files.createDirectories(Path.of("target", "nonsense")).resolve("golden.txt");
        byte[] changed = text(1).getBytes(StandardCharsets.UTF_8);
        changed[position % changed.length] ^= other == 0 ? 1 : other;
        for (byte[] content : List.of(bytes, changed, Arrays.copyOf(changed, position % changed.length))) {
            Files.write(file, content);

            assertThatThrownBy(() -> check(file, 1)).hasMessageStartingWith(file + ": ")
                    .hasMessageEndingWith("; take it from version control");
        }
    }
}
