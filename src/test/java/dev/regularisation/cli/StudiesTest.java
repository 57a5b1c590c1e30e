package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies in parts, put together, extended and audited from the command line. */
final class StudiesTest {

    private static final Path DIABETES = Path.of("src", "docs", "data", "diabetes.csv");

    @TempDir
    private Path folder;

    private CommandRun run(String command, String... names) {
        return CommandRun.of(Stream.of(String.format(command, Stream.of(names).map(folder::resolve).toArray()).split(" "))
                .map(word -> word.replace('_', ' ')).toList());
    }

    private Path file(String name) {
        return folder.resolve(name).resolve("study.csv");
    }

    @Test
    @DisplayName("three shards, merged, are the study to the byte; so is one that was made in two steps")
    void shards() {
        for (int shard = 1; shard <= 3; shard++) {
            assertThat(run("study --methods linear --seeds 3 --train-sizes 20,30 --validation-size 50 --no-plots --shard " + shard + "/3 --out %s",
                    "part" + shard).out()).contains("study: 2 runs, 0 of them done before");
        }
        run("study --methods linear --seeds 3 --train-sizes 20,30 --validation-size 50 --no-plots --out %s", "whole");
        run("study --methods linear --seeds 3 --train-sizes 30 --validation-size 50 --no-plots --out %s", "steps");
        run("study --methods linear --seeds 3 --train-sizes 20 --validation-size 50 --no-plots --out %s", "steps");

        assertThat(run("merge %s %s %s %s --out %s", "part1", "part2", "part3", "part2", "merged").out()).contains("merge: 6 rows\n");
        assertThat(file("merged")).hasSameTextualContentAs(file("whole"));
        assertThat(file("steps")).hasSameTextualContentAs(file("whole"));
    }

    @Test
    @DisplayName("an audit repeats rows and says what that proves; a file that was changed, or sealed anew over a change, is found")
    void audit() throws IOException {
        run("study --methods linear,mlp --seeds 2 --train-sizes 20 --validation-size 30 --no-plots --settings epochs=7 --precision "
                + "float64 --out %s", "study");

        CommandRun some = run("audit --study %s --rows 3 --audit-seed 5", "study");
        assertThat(some.code()).isZero();
        assertThat(some.out()).contains("audit: 3 of 4 rows of ", ", --audit-seed 5\n", "audit: 3 of 3 rows came out again to the last bit; "
                + "were more than 78 % of all rows wrong, such a sample would have shown one with probability 99 %");
        assertThat(run("audit --study %s --rows 9", "study").out()).contains("audit: 4 of 4 rows of ", "to the last bit; that is all");

        String text = Files.readString(file("study"));
        String loss = text.lines().filter(line -> line.startsWith("mlp,20,0.0,epochs=7,2,")).findFirst().orElseThrow().split(",")[7];
        String other = loss.substring(0, loss.length() - 1) + (loss.endsWith("3") ? "4" : "3");
        Files.writeString(file("study"), text.replace(loss, other));
        CommandRun changed = run("audit --study %s", "study");
        assertThat(changed.code()).isEqualTo(2);
        assertThat(changed.err()).contains("rows were changed, moved, lost or added after the study ended").hasLineCount(1);

        Files.writeString(file("study"), text.replace(loss, other).replaceFirst("# ended:.*\n", ""));
        CommandRun found = run("audit --study %s", "study");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out()).contains("audit: differs: mlp at 20 samples, epochs=7, seed 2: best_validation_loss " + other
                + " came out as " + loss + ", ", "audit: 3 of 4 rows came out again to the last bit\n");
        run("study --methods linear,mlp --seeds 2 --train-sizes 20 --validation-size 30 --no-plots --settings epochs=7 --precision "
                + "float64 --out %s", "again");
        CommandRun merged = run("merge %s %s --out %s", "study", "again", "both");
        assertThat(merged.code()).isEqualTo(2);
        assertThat(merged.err()).contains("wanted the same row of a run everywhere, got other best_validation_loss, ");
        assertThat(file("both")).content().doesNotContain("\nmlp,20");
    }

    @Test
    @DisplayName("a study of a table is audited with its file, and with no other")
    void table() throws IOException {
        run("study --data " + DIABETES + " --target progression --methods linear --train-sizes 50 --seeds 2 --no-plots --out %s", "t");

        assertThat(run("audit --study %s --data " + DIABETES, "t").out()).contains("2 of 2 rows came out again");
        assertThat(run("audit --study %s", "t").err()).contains("data: wanted diabetes.csv, on which the study ran, got none")
                .hasLineCount(1);
        Path other = Files.writeString(folder.resolve("other.csv"), Files.readString(DIABETES).replaceFirst("59,2,", "58,2,"));
        assertThat(run("audit --study %s --data " + other, "t").err()).contains("data: wanted the file on which the study ran, {")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("settings and sizes of minibatches of a study stand in its rows, and are its plans'")
    void settings() {
        assertThat(run("study --methods mlp --seeds 1 --train-sizes 40 --validation-size 30 --batch-size 5,7 --no-plots --settings "
                + "activation=tanh_epochs=7 --out %s", "s").err()).isEmpty();
        assertThat(file("s")).content().contains("\nmlp,40,0.0,activation=tanh epochs=7,1,7,", "\nmlp-minibatch,40,5.0,"
                + "activation=tanh epochs=7,1,7,", "\nmlp-minibatch,40,7.0,");
    }

    @Test
    @DisplayName("audit and merge refuse what they cannot use in one line")
    void refused() {
        assertThat(run("audit --study %s --rows 0", "nothing").err()).contains("rows: wanted at least 1, got 0").hasLineCount(1);
        List.of("audit --study %s", "merge %s --out %s").forEach(command -> {
            CommandRun run = run(command, "nothing", "out");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("study.csv: wanted a file").hasLineCount(1);
        });
    }
}
