package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.cli.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a command left in a folder. */
final class Results {

    private static final List<String> FILES = List.of("history.csv", "summary.json");

    private Results() {
    }

    /** Every file by its path, but the lock's, with its bytes in Latin-1; nothing half-written has another name. */
    static Map<String, String> in(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(".lock")) {
                    files.put(folder.relativize(file).toString().replace('\\', '/'),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    /** Asserts that a folder has the whole files of one run and no others; the digest of its history. */
    static String whole(Path folder) throws IOException {
        assertThat(in(folder)).containsOnlyKeys(FILES);
        JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(Files.readAllLines(folder.resolve("history.csv"))).hasSize(summary.at("/plan/epochs").intValue() + 2)
                .last().asString().startsWith(summary.at("/final_model/epoch").asText() + ",")
                .satisfies(line -> requireSame(summary.at("/final_model/validation_loss"), line.split(",")[2]));
        return summary.get("history_sha256").textValue();
    }

    /** A loss in JSON, where it is null if it is none, is the one in the history, where it is NaN or infinite then. */
    private static void requireSame(JsonNode loss, String inHistory) {
        if (loss.isNull()) {
            assertThat(Double.parseDouble(inHistory)).isNotFinite();
        } else {
            assertThat(inHistory).isEqualTo(loss.asText());
        }
    }

    /** The digest that a golden file has. */
    static String golden(String name) {
        try (Stream<String> lines = Files.lines(Path.of("golden", "cpu", name + ".txt"))) {
            return lines.filter(line -> line.startsWith("history.sha256 ")).findFirst().orElseThrow().split(" ")[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that a command failed with one line. */
    static void assertOneLine(CommandRun run, int code, String complaint) {
        assertThat(run.err()).startsWith("regularisation").contains(complaint);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.code()).isEqualTo(code);
    }
}
