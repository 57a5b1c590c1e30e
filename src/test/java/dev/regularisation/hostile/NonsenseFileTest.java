package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.cli.CommandRun;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nonsense in the files that the program reads, {@code study.csv} and the lock: refused in one line and left alone. */
final class NonsenseFileTest {

    private static final String SHA = "0123456789abcdef".repeat(4);
    /** What a study leaves that was killed before its first run ended. */
    private static final String HEADER = header();
    private static final List<String> ROWS = List.of(row("linear,20,0.0,,1", "NaN", "1.0E-300"),
            row("mlp-l1,20,0.021,activation=tanh,1", "Infinity", "-0.0"), row("mlp-minibatch,33,32.0,,-9223372036854775808", "0.4", ""));
    private static final String WHOLE = HEADER + String.join("\n", ROWS) + "\n";
    private static final Path OUT = Path.of("target", "nonsense", "study");
    private static final Path FILE = OUT.resolve("study.csv");

    private static String header() {
        Path folder = Path.of("target", "nonsense", "empty");
        try (StudyLog log = StudyLog.open(folder)) {
            return log.rows().isEmpty() ? Files.readString(folder.resolve(StudyLog.FILE)).replaceAll("# ended:.*\n", "") : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line with counts of 3 and two numbers by turns. */
    private static String row(String cell, String one, String other) {
        String[] cells = new StudyRow(StudyCell.parse(cell), Stream.of(Measure.values()).collect(Collectors.toMap(
                measure -> measure, measure -> 3.0)), SHA).line().split(",");
        for (int column = 0; column < cells.length; column++) {
            // A count has no point.
            cells[column] = !cells[column].equals("3.0") ? cells[column] : column % 2 == 1 ? one : other;
        }
        return String.join(",", cells);
    }

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
            Results.assertOneLine(run, 2, FILE + ", line 1: wanted \"" + HEADER.lines().findFirst().orElseThrow()
                    + "\"; mend or move the file");
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
        long wholeRows = Math.max(0, text.chars().filter(c -> c == '\n').count() - HEADER.lines().count());

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
        String[] row = ROWS.get(2).split(",", -1);
        row[column] = value;
        Files.write(Files.createDirectories(OUT).resolve("study.csv"),
                (HEADER + String.join(",", row) + "\n").getBytes(StandardCharsets.UTF_8));

        try (StudyLog log = StudyLog.open(OUT)) {
            assertThat(log.rows()).hasSizeBetween(0, 1);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith(FILE + ", line " + (HEADER.lines().count() + 1) + ": ");
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
        List<String> lines = new ArrayList<>(HEADER.lines().toList());
        for (int seed = 0; seed < losses.size(); seed++) {
            for (String method : List.of("linear", "mlp")) {
                lines.add(row(method + ",20,0.0,," + seed, losses.get(seed).toString(), losses.get(seed).toString()));
            }
        }
        Files.write(Files.createDirectories(OUT).resolve("study.csv"), lines);
        Files.write(OUT.resolve(".lock"), lock);

        CommandRun run = study("--first-seed", "0");

        assertThat(run.err().lines()).hasSize(run.code() == 0 ? 0 : 1);
        assertThat(run.code()).isIn(0, 2);
        assertThat(FILE).content().contains(lines.get(lines.size() - 1));
    }

    @Provide
    Arbitrary<List<Double>> losses() {
        return Arbitraries.oneOf(Arbitraries.doubles(), Arbitraries.of(0.0, -0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0.3)).list().ofMinSize(1).ofMaxSize(4);
    }
}
