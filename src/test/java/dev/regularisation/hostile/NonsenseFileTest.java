package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.cli.CommandRun;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nonsense in the files that the program reads, {@code study.csv} and the lock: refused in one line and left alone. */
final class NonsenseFileTest {

    private static final String HEADER = String.join(",", StudyRow.COLUMNS);
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final List<String> ROWS = List.of(
            "linear,20,0.0,1,3,0.1,0.2,0.3,NaN,1.0E-300,3.141592653589793,0.5,0.1,,2," + SHA,
            "mlp-l1,20,0.021,1,0,0.1,0.2,0.3,Infinity,7.0,-0.0,0.0,,NaN,0," + SHA,
            "mlp-minibatch,33,32.0,-9223372036854775808,1000,0.1,0.2,0.3,0.4,7.0,1.0,1.0,0.05,0.06,," + SHA);
    private static final String WHOLE = HEADER + "\n" + String.join("\n", ROWS) + "\n";
    private static final Path OUT = Path.of("target", "nonsense", "study");
    private static final Path FILE = OUT.resolve("study.csv");

    private static CommandRun study(String... options) {
        List<String> args = new ArrayList<>(List.of("study", "--methods", "linear", "--seeds", "1", "--train-sizes", "20", "--out",
                OUT.toString()));
        args.addAll(List.of(options));
        return CommandRun.of(args);
    }

    @Property(tries = 100)
    @Label("any bytes as study.csv: refused in one line that names file and line, and not a byte of it is changed")
    void anyBytes(@ForAll("bytes") byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(OUT).resolve("study.csv"), bytes);

        CommandRun run = study("--no-plots");

        // A header that is cut off is what a killed study leaves; it goes on.
        boolean begun = HEADER.startsWith(new String(bytes, StandardCharsets.UTF_8));
        if (!begun) {
            Results.assertOneLine(run, 2, FILE + ", line 1: wanted the header " + HEADER + "; mend or move the file");
            assertThat(FILE).hasBinaryContent(bytes);
        }
        assertThat(run.code()).isEqualTo(begun ? 0 : 2);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Nonsense.bytes().filter(bytes -> bytes.length > 0);
    }

    @Property(tries = 300)
    @Label("a study.csv that an accident happened to: refused and left alone, or read, and then every whole line counts")
    void accidents(@ForAll("damaged") byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(OUT).resolve("study.csv"), bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        long wholeRows = text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).count();

        try (StudyLog log = StudyLog.open(OUT)) {
            assertThat(log.rows()).hasSize((int) wholeRows);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith(FILE + ", line ").hasMessageEndingWith("; mend or move the file, or name another "
                    + "folder");
            assertThat(FILE).hasBinaryContent(bytes);
        }
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Nonsense.damaged(WHOLE.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 200)
    @Label("any value in any column of study.csv: read, or refused in one line that names file, line and what was wanted")
    void anyValue(@ForAll("columns") int column, @ForAll("values") String value) throws IOException {
        String[] row = ROWS.get(2).split(",");
        row[column] = value;
        Files.write(Files.createDirectories(OUT).resolve("study.csv"),
                (HEADER + "\n" + String.join(",", row) + "\n").getBytes(StandardCharsets.UTF_8));

        try (StudyLog log = StudyLog.open(OUT)) {
            assertThat(log.rows()).hasSizeBetween(0, 1);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith(FILE + ", line 2: ");
        }
    }

    @Provide
    Arbitrary<Integer> columns() {
        return Arbitraries.integers().between(0, StudyRow.COLUMNS.size() - 1);
    }

    @Provide
    Arbitrary<String> values() {
        return Nonsense.value();
    }

    @Property(tries = 8)
    @Label("any numbers as the losses of study.csv are drawn or refused in one line, whatever is in the lock")
    void drawn(@ForAll("losses") List<Double> losses, @ForAll("bytes") byte[] lock) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int seed = 0; seed < losses.size(); seed++) {
            for (String method : List.of("linear", "mlp")) {
                lines.add(String.join(",", method, "20", "0.0", Integer.toString(seed), "3", "0.1", losses.get(seed).toString(),
                        "0.3", "0.4", "1.0", "1.0", "0.5", "", SHA));
            }
        }
        Files.write(Files.createDirectories(OUT).resolve("study.csv"), lines);
        Files.write(OUT.resolve(".lock"), lock);

        CommandRun run = study("--first-seed", "0");

        assertThat(run.err().lines()).hasSize(run.code() == 0 ? 0 : 1);
        assertThat(run.code()).isIn(0, 2);
        assertThat(FILE).content().contains(lines.get(1));
    }

    @Provide
    Arbitrary<List<Double>> losses() {
        return Arbitraries.oneOf(Arbitraries.doubles(), Arbitraries.of(0.0, -0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0.3)).list().ofMinSize(1).ofMaxSize(4);
    }
}
