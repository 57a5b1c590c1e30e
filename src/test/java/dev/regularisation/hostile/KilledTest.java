package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regularisation.cli.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed loses nothing that was finished and leaves nothing half-written; the next run goes on. */
final class KilledTest {

    @TempDir
    private Path folder;

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build kills a program in the middle of a file, and reads studies that were cut off")
    @DisplayName("kill -9 during post, when its first run has ended: that run is whole, earlier results of the other stay, and a "
            + "rerun makes all of it to the golden bits")
    void post() throws Exception {
        Path out = folder.resolve("post");
        List<String> post = List.of("post", "--experiment", "linear,mlp-l1", "--threads", "2", "--no-plots", "--out",
                out.toString());
        Path earlier = Files.writeString(Files.createDirectories(out.resolve("mlp-l1")).resolve("history.csv"), "earlier");

        try (Program program = Program.start(folder, post)) {
            // 500 epochs of one layer against 2,000 of three: the other run is far from its end.
            assertThat(program.line()).startsWith("linear: 500 epochs");
            program.kill();
        }

        assertThat(Results.whole(out.resolve("linear"))).isEqualTo(Results.golden("linear-200-seed-42"));
        assertThat(earlier).hasContent("earlier");
        assertThat(Results.in(out)).as("files").hasSize(3);
        assertThat(CommandRun.of(post).code()).isZero();
        assertThat(Results.whole(out.resolve("linear"))).isEqualTo(Results.golden("linear-200-seed-42"));
        assertThat(Results.whole(out.resolve("mlp-l1"))).isEqualTo(Results.golden("mlp-l1-200-seed-42"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"SIGTERM", "SIGKILL"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals to end a process by")
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build kills a program in the middle of a file, and reads studies that were cut off")
    @DisplayName("a study that is ended in the middle loses no row, says so if it can, and a rerun goes on where it stopped")
    void study(String signal) throws Exception {
        Path out = folder.resolve("study");
        try (Program program = Program.start(folder, study(out, 1))) {
            assertThat(program.line()).isEqualTo("study: 24 runs, 0 of them done before");
            assertThat(program.line()).startsWith("study: 3 of 24 runs");
            if (signal.equals("SIGTERM")) {
                program.terminate();
                assertThat(program.end()).isNotZero();
                assertThat(program.complaints()).hasSize(1).first().asString().contains("study: interrupted");
            } else {
                program.kill();
            }
        }
        List<String> kept = rows(out);

        CommandRun rest = CommandRun.of(study(out, 2));

        assertThat(kept).hasSizeBetween(3, 23);
        assertThat(rest.out()).contains("study: 24 runs, ").doesNotContain(" 0 of them done before");
        assertThat(rest.code()).isZero();
        assertThat(rows(out)).hasSize(24).containsAll(kept);
    }

    @ParameterizedTest(name = "second JVM: {0}")
    @ValueSource(booleans = {false, true})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the command that makes a terminal, script, has other options elsewhere")
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build kills a program in the middle of a file, and reads studies that were cut off")
    @DisplayName("Ctrl-C on a terminal, below bars: the program says what it leaves, and a rerun goes on there")
    void controlC(boolean secondJvm) throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(place -> Files.isExecutable(Path.of(place, "script"))),
                "the command that makes a terminal, script, is not installed; it comes with util-linux");
        Path out = folder.resolve("study");
        try (Program program = Program.onTerminal(folder, secondJvm, study(out, 1))) {
            program.await("three rows are written", () -> rows(out).size() >= 3);
            program.controlC();
            assertThat(program.rest()).contains("0/24 runs").contains("^C")
                    .containsOnlyOnce("study: interrupted; runs under way were dropped");
            assertThat(program.end()).isEqualTo(130);
        }
        List<String> kept = rows(out);

        assertThat(CommandRun.of(study(out, 2)).code()).isZero();
        assertThat(kept).hasSizeBetween(3, 23);
        assertThat(rows(out)).hasSize(24).containsAll(kept);
    }

    private static List<String> rows(Path out) {
        try (Stream<String> lines = Files.lines(out.resolve("study.csv"))) {
            return lines.filter(line -> line.startsWith("linear,")).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> study(Path out, int threads) {
        return List.of("study", "--methods", "linear", "--train-sizes", "20", "--seeds", "24", "--threads",
                Integer.toString(threads), "--no-plots", "--out", out.toString());
    }

    @Test
    @DisplayName("kill -9 in the middle of writing a file: the file has its earlier content, and the next run in the folder "
            + "removes the half, but no file of the user's")
    void halfWritten() throws Exception {
        Path out = Files.createDirectories(folder.resolve("train"));
        Path file = Files.writeString(out.resolve("history.csv"), "earlier");
        Path own = Files.writeString(out.resolve(".notes.part"), "the user's");

        try (Program program = Program.start(folder, "exec \"$@\"", HalfWritten.class, List.of(file.toString()))) {
            assertThat(program.line()).isEqualTo("half");
            program.kill();
        }
        assertThat(file).hasContent("earlier");
        assertThat(Results.in(out)).as("files, with the half").hasSize(3);

        assertThat(CommandRun.of("train", "--epochs", "1", "--validation-size", "9", "--no-plots", "--out", out.toString()).code())
                .isZero();
        assertThat(own).hasContent("the user's");
        assertThat(Results.in(out)).containsOnlyKeys(".notes.part", "history.csv", "summary.json");
    }
}
