package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.post.PublishedFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pages are documents: prose that cannot go stale. */
class DocumentTest {

    private static final Path RULES = Path.of("src", "test", "java", "dev", "regularisation", "spec", "rules");
    /** What is neither prose nor figure: code, formulas, names, links. */
    private static final Pattern NOT_PROSE = Pattern.compile("(?s)```.*?```|`[^`]*`|\\$\\$.*?\\$\\$|\\$[^$]*\\$|\\{\\{.*?}}|\\([a-z]+:[^)]*\\)");
    private static final Pattern DECIMAL = Pattern.compile("(?<![\\w.])\\d[\\d,]*\\.\\d+(?:e[-+]?\\d+)?|\\d+(?:e-?\\d+)\\b|\\d+ ?%");
    /**
     * Choices that the post or a rule makes: rates, strengths, scales, thresholds, levels of tests and the false alarms that follow
     * from them. Never what came out.
     */
    private static final Set<String> CHOSEN = Set.of("99.9", "0.01", "0.1", "0.2", "0.085", "0.021", "0.9", "0.999", "0.5", "0.001", "1e-4",
            "1e-3", "1e-8", "99 %", "95 %", "0.04", "3.3", "1 %", "2 %", "3 %", "0.6", "0.4", "0.02", "1.25", "1e-5", "3e-6", "5e-6",
            "1e-10", "1e-12", "1e-30", "1e30");

    @Test
    @DisplayName("every name on a page has a value and every value a name; a command must be one")
    void names() {
        Template template = new Template("some.page", "{{a}} of {{b}}");

        assertThat(template.filled(Map.of("a", "1", "b", "2"))).isEqualTo("1 of 2");
        assertThatThrownBy(() -> template.filled(Map.of("a", "1"))).hasMessageStartingWith("some.page: wanted a value for every name")
                .hasMessageContaining("b");
        assertThatThrownBy(() -> template.filled(Map.of("a", "1", "b", "2", "c", "3"))).hasMessage(
                "some.page: wanted a place on the page for everything that is given, got none for [c]");
        assertThatThrownBy(() -> new Template("x", "-Dexec.args=\"train --no-such-option\"").filled(Map.of()))
                .hasMessageContaining("--no-such-option");
        assertThatThrownBy(() -> Template.beside(DocumentTest.class, "none.at-all")).hasMessageContaining("wanted a page none.at-all.md");
    }

    @Test
    @DisplayName("Markdown, tables and LaTeX become HTML and MathML; what is no LaTeX is refused")
    void markup() {
        assertThat(Markup.html("**a** $\\lambda$ " + "x")).contains("<strong>a</strong>").contains("<mi>λ</mi>").endsWith("x</p>\n");
        assertThat(Markup.html("$$\\sum_i \\theta_i$$")).contains("display=\"block\"").contains("<mo>∑</mo>");
        assertThat(Markup.html("$L(\\theta, [x])$")).contains("<mo>(</mo><mi>θ</mi><mo>,</mo><mrow><mo>[</mo><mi>x</mi>"
                + "<mo>]</mo></mrow><mo>)</mo>");
        assertThat(Markup.html(Markup.table(List.of("a|b"), List.of(List.of("1"))))).contains("<th>a|b</th>").contains("<td>1</td>");
        assertThatThrownBy(() -> Markup.html("$\\frac{1$")).hasMessageStartingWith("formula: wanted LaTeX, got $\\frac{1$");
    }

    @Test
    @DisplayName("no page and no rule's sentence has a measured number typed into it, no page formulas and tables in what Markdown becomes")
    void nothingByHand() throws IOException {
        Set<String> published = PublishedFigures.all().stream().map(PublishedFigures.Figure::printed).collect(Collectors.toSet());
        Coverage.sentences().stream().flatMap(sentence -> DECIMAL.matcher(sentence.statement()).results())
                .forEach(number -> published.add(number.group()));
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(RULES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
                String text = Files.readString(file);
                measured(text, published).forEach(number -> found.add(file.getFileName() + ": " + number));
                if (text.contains("<m") || text.contains("<table")) {
                    found.add(file.getFileName() + ": what libraries make");
                }
            }
        }
        Rules.all().forEach(rule -> Stream.of(rule.statement(), rule.qualified(), rule.instead())
                .flatMap(sentence -> measured(sentence, published)).forEach(number -> found.add(rule.id() + ": " + number)));
        assertThat(found).as("figures that a class should give").isEmpty();
    }

    /** Numbers in prose that neither somebody chose nor the post prints. */
    private static Stream<String> measured(String text, Set<String> published) {
        return DECIMAL.matcher(NOT_PROSE.matcher(text).replaceAll(" ")).results().map(MatchResult::group)
                .filter(number -> !CHOSEN.contains(number) && !published.contains(number));
    }
}
