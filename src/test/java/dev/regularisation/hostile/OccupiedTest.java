package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regularisation.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders that cannot be written and names that are taken. Permissions would not hold a superuser, as containers have one;
 * what is tried here holds everybody.
 */
final class OccupiedTest {

    @TempDir
    private Path folder;

    private static CommandRun run(String command, Path out) {
        return CommandRun.of(Stream.concat(Stream.of(command.split(" ")), Stream.of("--no-plots", "--out", out.toString())).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "post", "study"})
    @DisplayName("a folder below a file, and one in /proc: each is refused in one line before training, and nothing is made")
    void folder(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("results"), "earlier");

        Results.assertOneLine(run(command, file), 2, "--out: wanted a folder that can be written, got " + file
                + " (a file of that name is in the way: " + file + "); name another folder");
        Results.assertOneLine(run(command, file.resolve("deeper")), 2, "--out: wanted a folder that can be written, got ");
        assertThat(Results.in(folder)).isEqualTo(Map.of("results", "earlier"));
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has no /proc, where nobody can make a folder");
        Results.assertOneLine(run(command, Path.of("/proc/results")), 2,
                "--out: wanted a folder that can be written, got /proc/results (no such file or folder); name another folder");
    }

    @Test
    @DisplayName("a file where post wants the folder of a run is found before training, not after it")
    void folderOfARun() throws IOException {
        Files.writeString(folder.resolve("mlp-l1"), "earlier");

        Results.assertOneLine(run("post --train-size 1000", folder), 2, "got " + folder.resolve("mlp-l1") + " (a file of that name");
        assertThat(folder.resolve("mlp-l1")).hasContent("earlier");
    }

    @ParameterizedTest(name = "{0} in the way of {1}")
    @CsvSource(delimiter = '|', value = {
        "history.csv        | train --epochs 1 --validation-size 9",
        "summary.json       | train --epochs 1 --validation-size 9",
        ".lock              | train --epochs 1 --validation-size 9",
        "linear/history.csv | post --experiment linear",
        "study.csv          | study --methods linear --seeds 1 --train-sizes 20",
        ".lock              | study --methods linear --seeds 1 --train-sizes 20",
    })
    @DisplayName("a folder in the way of a file: one line names it, and nothing half-written stays")
    void file(String name, String command) throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve(name).resolve("full")).getParent();

        CommandRun run = run(command, folder);

        Results.assertOneLine(run, run.err().contains("wanted a file") ? 2 : 1, inTheWay.toString());
        assertThat(inTheWay.resolve("full")).isDirectory();
        assertThat(Results.in(folder)).isEmpty();
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", " "})
    @DisplayName("no name for the folder, as a variable that is not set gives, is refused: the working directory stays clean")
    void noName(String out) {
        Results.assertOneLine(CommandRun.of("train", "--epochs", "1", "--out", out), 2,
                "'--out': wanted the name of a file or folder, got \"" + out + "\" (a name without a letter)");
        assertThat(List.of(Path.of("history.csv"), Path.of("summary.json"))).noneMatch(Files::exists);
    }

    @Test
    @DisplayName("a study.csv without end, such as a link to a device, is refused, not read for ever")
    void endless() throws IOException {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device), "this system has no device without end, /dev/zero");
        Path link = Files.createSymbolicLink(folder.resolve("study.csv"), device);

        Results.assertOneLine(run("study --methods linear --seeds 1", folder), 2, "study.csv: wanted a file, got a folder or device");
        Files.delete(link);
    }
}
