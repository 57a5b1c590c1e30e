package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regularisation.cli.Main;
import dev.regularisation.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk with no room for results is one line and exit code 1, and what was there stays. A disk is filled without any
 * privilege by a limit on the size of files, which the program meets in the middle of a write, as it meets a full disk.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of files to fill a disk by")
final class DiskFullTest {

    private static final String STUDY = "study --methods linear --train-sizes 20 --validation-size 50 --seeds 8";
    /** In blocks of 512 bytes, as POSIX has it. */
    private static final int SMALL = 2;
    /** Room for what a study's file begins with, and a few rows. */
    private static final int SOME_ROWS = 10;

    @TempDir
    private Path folder;

    private List<String> into(Path out, String command) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of("--no-plots", "--out", out.toString())).toList();
    }

    private void assertFull(int blocks, List<String> command, Path file) throws Exception {
        try (Program program = Program.start(folder, "ulimit -f " + blocks + " && exec \"$@\"", Main.class, command)) {
            assertThat(program.end()).isEqualTo(1);
            assertThat(program.complaints()).hasSize(1).first().asString()
                    .contains("results could not be written: " + file + " (File too large); earlier results")
                    .endsWith("make room or name another folder with --out");
        }
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(delimiter = '|', value = {
        "train --layers 50,1 --epochs 300 | history.csv        | train --layers 50,1 --epochs 20 --seed 1",
        "train --layers 50,1 --epochs 2   | summary.json       | train --layers 50,1 --epochs 1 --seed 1",
        "post --experiment linear         | linear/history.csv | post --experiment linear --seed 1",
    })
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has a study on a full disk, and files that fail in the middle of a write")
    @DisplayName("the disk is full in the middle of a file: one line names it, exit code 1, and every file of the earlier run is "
            + "as it was, those that had room too")
    void run(String command, String file, String before) throws Exception {
        Path out = folder.resolve("out");
        assertThat(CommandRun.of(into(out, before)).code()).isZero();
        Map<String, String> earlier = Results.in(out);

        assertFull(SMALL, into(out, command), out.resolve(file));

        assertThat(Results.in(out)).isEqualTo(earlier);
    }

    @Test
    @DisplayName("the disk is full in the middle of a study's row: the rows before it stay, no part of it does, and with room a "
            + "rerun leaves what a study leaves that always had room")
    void study() throws Exception {
        Path out = folder.resolve("out");
        Path alone = folder.resolve("alone");
        List<String> study = into(out, STUDY);

        assertFull(SOME_ROWS, study, out.resolve("study.csv"));
        String rows = Files.readString(out.resolve("study.csv"));

        long kept = rows.lines().filter(line -> line.startsWith("linear,")).count();
        assertThat(rows).endsWith("\n");
        assertThat(kept).isBetween(1L, 7L);
        assertThat(CommandRun.of(study).out()).contains("study: 8 runs, " + kept + " of them done before");
        assertThat(CommandRun.of(into(alone, STUDY)).code()).isZero();
        assertThat(Results.in(out)).isEqualTo(Results.in(alone));
        assertThat(Files.readAllLines(out.resolve("study.csv"))).containsAll(rows.lines().toList());
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has a study on a full disk")
    @DisplayName("standard output goes to a full device: exit code 1 and one line, where it once was 0 and silence")
    void standardOutput() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no device that is always full, /dev/full");

        try (Program program = Program.start(folder, "exec \"$@\" > /dev/full", Main.class, List.of("--version"))) {
            assertThat(program.end()).isEqualTo(1);
            assertThat(program.complaints()).containsExactly("regularisation: standard output: could not be written, its disk is "
                    + "full or its reader is gone; results in files are whole");
        }
    }
}
