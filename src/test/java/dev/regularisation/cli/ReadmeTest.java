package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the README tells a reader to run is there to be run: options, profiles, properties, goals, files, pictures. The
 * commands themselves are run one by one by {@code ci/readme.sh}.
 */
final class ReadmeTest {

    private static final String README = read(Path.of("README.md"));
    private static final String POM = read(Path.of("pom.xml"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(String regex, String text) {
        return Pattern.compile(regex, Pattern.MULTILINE).matcher(text).results().map(MatchResult::group).distinct().toList();
    }

    private static List<String> groups(String regex, String text) {
        return Pattern.compile(regex, Pattern.MULTILINE).matcher(text).results().map(result -> result.group(1)).distinct()
                .toList();
    }

    static List<String> arguments() {
        return groups("-Dexec\\.args=\"([^\"]*)\"", README);
    }

    @ParameterizedTest
    @MethodSource("arguments")
    @DisplayName("README: the command line takes its options")
    void commandLine(String arguments) {
        assertThatCode(() -> CommandRun.parse(arguments)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"post --train-sizes 400", "training --l1 0.021", "train --epochs many"})
    @DisplayName("README: options that the command line does not know would be noticed")
    void wrongCommandLine(String arguments) {
        assertThatThrownBy(() -> CommandRun.parse(arguments)).isInstanceOf(picocli.CommandLine.ParameterException.class);
    }

    @Test
    @DisplayName("README: it shows commands, and every profile it names is in the build")
    void profiles() {
        List<String> profiles = groups("-P([a-z0-9,-]+)", README).stream().flatMap(names -> Stream.of(names.split(","))).toList();

        assertThat(all("mvn [^`\n]*", README)).hasSizeGreaterThan(10);
        assertThat(profiles).isNotEmpty().isSubsetOf(groups("<id>([a-z0-9-]+)</id>", POM));
    }

    @Test
    @DisplayName("README: every property it sets is one that the build reads")
    void properties() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).map(ReadmeTest::read).reduce("", String::concat);
        }

        // What the plugins of the build read themselves.
        List<String> plugins = List.of("exec.args", "exec.classpathScope", "test");
        assertThat(groups("-D([a-zA-Z0-9.]+)", README)).isNotEmpty().allMatch(property -> plugins.contains(property)
                || POM.contains("${" + property + "}") || sources.contains("(\"" + property + "\"")
                || sources.contains("= \"" + property + "\";")
                || sources.contains("@EnabledIfSystemProperty(named = \"" + property + "\""));
    }

    @Test
    @DisplayName("README: every file, folder and picture it points to exists")
    void files() {
        List<String> paths = groups("`((?:src|ci|golden|reports)/[A-Za-z0-9_./-]*)`", README);
        List<String> links = groups("\\]\\(([^)#]+)\\)", README).stream()
                // What begins so is a page of the forge beside the repository's files.
                .filter(link -> !link.startsWith("http") && !link.startsWith("../../")).toList();

        assertThat(paths).isNotEmpty();
        assertThat(Stream.concat(paths.stream().filter(path -> !path.startsWith("reports/")), links.stream()))
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
        assertThat(groups("!\\[([^]]*)]\\(", README)).as("pictures, each with a text that stands for it").hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(text -> assertThat(text.length()).isGreaterThan(40));
    }
}
