package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.sensitivity.BandFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare} on folders of ours and files of others: what it says, how it ends, what it leaves. */
final class CompareTest {

    private static final String PLAN = "--train-size 60 --validation-size 40 --epochs 30";

    @TempDir
    private Path folder;

    @BeforeEach
    void trains() {
        train("own", "");
    }

    private void train(String name, String further) {
        assertThat(CommandRun.of(("train --no-plots --out " + folder.resolve(name) + " " + PLAN + " " + further).strip().split(" +"))
                .code()).isZero();
    }

    private CommandRun compare(String... names) {
        List<String> args = new ArrayList<>(List.of("compare", "--out", folder.resolve("compared").toString()));
        if (!List.of(names).contains("--neighbours")) {
            args.addAll(List.of("--neighbours", "8"));
        }
        Stream.of(names).map(name -> name.startsWith("-") || name.matches("[0-9]+|.*=.*") ? name : folder.resolve(name).toString())
                .forEach(args::add);
        return CommandRun.of(args);
    }

    /** Epoch and validation loss of the run of ours, changed line by line, under other names. */
    private void file(String name, UnaryOperator<String> line) throws IOException {
        Files.writeString(folder.resolve(name), Files.readString(folder.resolve("own/history.csv")).lines().skip(1)
                .map(row -> row.split(",")).map(fields -> line.apply(fields[0] + "," + fields[2]))
                .collect(Collectors.joining("\n", "step,val\n", "\n")));
    }

    @Test
    @DisplayName("the same run is identical, one that differs by rounding is within it, one of another rate is different, with a picture")
    void folders() throws IOException {
        train("rounded", "--neighbour 99");
        train("faster", "--lr 0.0101");

        CommandRun same = compare("own", "own");
        assertThat(same.code()).isZero();
        assertThat(same.out()).contains("31 epochs in common", "identical");
        assertThat(folder.resolve("compared")).doesNotExist();

        CommandRun rounding = compare("own", "rounded");
        assertThat(rounding.code()).isZero();
        assertThat(rounding.out()).contains("first difference: epoch 0,", "units in the last place of float32",
                "equals the plan's own run", "compare: rounding: it explains every difference");
        assertThat(folder.resolve("own").resolve(BandFile.NAME)).isRegularFile();

        CommandRun different = compare("own", "faster");
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out()).contains("the plans differ: ", "8 neighbours, as ", "than rounding explains from epoch 1 on",
                "with a probability of at most 11.1 %");
        assertThat(folder.resolve("compared/compare.png")).isNotEmptyFile();

        // As a program that computes otherwise would have kept it.
        Path band = folder.resolve("own").resolve(BandFile.NAME);
        String kept = Files.readString(band);
        List<String> lines = new ArrayList<>(kept.lines().toList());
        lines.set(20, lines.get(20).substring(0, lines.get(20).length() - 1));
        Files.write(band, lines);
        CommandRun anew = compare("own", "rounded");
        assertThat(anew.code()).isZero();
        assertThat(anew.out()).contains("rounding-band.csv keeps are not used: this program trains the plan's own run to other bits")
                .doesNotContain("8 neighbours, as ");
        assertThat(band).content().isEqualTo(kept);
    }

    @Test
    @DisplayName("a file of another program is held against the options of train: missing epochs are fine, one counted off is told")
    void files() throws IOException {
        file("sparse.csv", row -> Integer.parseInt(row.split(",")[0]) % 7 == 0 ? row : "");
        file("later.csv", row -> Integer.parseInt(row.split(",")[0]) + 1 + "," + row.split(",")[1]);

        List<String> plan = List.of(PLAN.split(" "));
        CommandRun sparse = compare(Stream.concat(Stream.of("sparse.csv"), plan.stream()).toArray(String[]::new));
        assertThat(sparse.code()).isZero();
        assertThat(sparse.out()).contains("sparse.csv: equals the plan's own run");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).extracting(file -> file.getFileName().toString())
                    .as("nothing is put beside files of others").containsExactlyInAnyOrder("compared", "later.csv", "own", "sparse.csv");
        }
        assertThat(compare(Stream.concat(Stream.of("later.csv"), plan.stream()).toArray(String[]::new)).out())
                .contains("8 neighbours, as " + folder.resolve("compared").resolve(BandFile.NAME));

        CommandRun later = compare("own", "later.csv");
        assertThat(later.code()).isEqualTo(1);
        assertThat(later.out()).contains("; counted one epoch earlier it would be within rounding");

        Files.writeString(folder.resolve("last.csv"), "step,val\n30,7.5\n");
        CommandRun last = compare("own", "last.csv");
        assertThat(last.code()).isEqualTo(1);
        assertThat(last.out()).contains("1 epochs in common", "than rounding explains from epoch 30 on").doesNotContain("counted one epoch");

        CommandRun undecided = compare("sparse.csv", "later.csv");
        assertThat(undecided.code()).isEqualTo(1);
        assertThat(undecided.out()).contains("first difference: epoch 7", "not decided: whether rounding explains it takes the plan");
    }

    @Test
    @DisplayName("nonsense ends with 2 and a line, and leaves nothing")
    void refuses() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("words.csv"), "epoch,val\n1,fast\n");
        file("run.csv", row -> row);
        Files.createDirectories(folder.resolve("old"));
        Files.copy(folder.resolve("own/history.csv"), folder.resolve("old/history.csv"));
        Files.writeString(folder.resolve("old/summary.json"), "{}");

        refused("wanted a folder with history.csv and summary.json", "own", "empty");
        refused("line 2: wanted a number for validation_loss, got \"fast\"", "own", "words.csv");
        refused("no such file", "own", "gone");
        refused("plan: wanted one to compare", "run.csv");
        refused("plan: wanted none of train's options", "own", "run.csv", "--lr", "1");
        refused("columns: wanted epoch=NAME", "own", "run.csv", "--columns", "time=step");
        refused("summary.json: wanted a plan and history_sha256", "old", "own");
        refused("neighbours: wanted at least 7, got 3", "own", "run.csv", "--neighbours", "3");
    }

    private void refused(String complaint, String... names) {
        CommandRun run = compare(names);
        assertThat(run.err()).contains(complaint).hasLineCount(1);
        assertThat(run.code()).isEqualTo(2);
        assertThat(folder.resolve("compared")).doesNotExist();
    }
}
