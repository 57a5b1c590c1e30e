package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.cli.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two runs at once in the same folder: the second is refused, whichever command it is, and the first goes on. */
final class TwoRunsTest {

    private static final String SHORT = "train --epochs 1 --validation-size 9";

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private static List<String> into(Path out, String command) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of("--no-plots", "--out", out.toString())).toList();
    }

    private boolean taken() {
        Path lock = out().resolve(".lock");
        try {
            return Files.exists(lock) && Files.size(lock) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "train --layers 50,1 --epochs 500000               | train --epochs 1",
        "post --experiment mlp-dropout --train-size 20000  | post --experiment linear",
        "study --methods mlp-dropout --train-sizes 20000   | study --methods linear --seeds 1",
    })
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build finds that another run has a folder, within one process")
    @DisplayName("a second run in the folder of a first is refused in one line that names the first, and leaves nothing; when the "
            + "first is killed, the folder is free")
    void second(String first, String second) throws Exception {
        try (Program program = Program.start(folder, into(out(), first))) {
            program.await("the folder is taken", this::taken);

            CommandRun refused = CommandRun.of(into(out(), second));

            Results.assertOneLine(refused, 1, "wanted " + out() + " for this run alone, but another run (process "
                    + program.pid() + ") is writing to it now; wait for it or name another folder");
            program.kill();
        }
        assertThat(CommandRun.of(into(out(), SHORT)).code()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build finds that another run has a folder, within one process")
    @DisplayName("the first of two runs in a folder ends with the results that it has alone")
    void first() throws Exception {
        String study = "study --methods linear --train-sizes 20 --seeds 10 --threads 1";
        try (Program program = Program.start(folder, into(out(), study))) {
            assertThat(program.line()).isEqualTo("study: 10 runs, 0 of them done before");
            Results.assertOneLine(CommandRun.of(into(out(), SHORT)), 1, "is writing to it now");
            assertThat(program.end()).isZero();
        }
        Path alone = folder.resolve("alone");
        assertThat(CommandRun.of(into(alone, study)).code()).isZero();
        assertThat(Results.in(out())).isEqualTo(Results.in(alone)).containsOnlyKeys("study.csv");
    }
}
